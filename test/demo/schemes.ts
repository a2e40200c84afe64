import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import type { Actor } from '../../src/context.js'
import type { OpenDemo } from '../../src/demo/open-demo.js'
import { asPlayer } from '../../src/demo/stage.js'
import { seeCordee } from '../../src/mentoring/cordees/see-cordee.js'
import { seeSchemes } from '../../src/mentoring/groups/see-schemes.js'
import { countFigures } from '../../src/mentoring/indicators/count-figures.js'
import { seeIndicators } from '../../src/mentoring/indicators/see-indicators.js'
import { findPersonByEmail } from '../../src/people/store.js'
import { accountOf } from './accounts.js'

/** What the demo has of cordées and pairs, and the shares that were set; with the same filling. */
export function ofSchemes(demo: () => OpenDemo): void {
  const all = async <T>(query: ReturnType<typeof sql<T>>): Promise<T[]> =>
    (await query.execute(demo().ctx.db)).rows
  const count = async (query: ReturnType<typeof sql<{ n: number }>>): Promise<number> =>
    (await all(query))[0]!.n
  const staffOf = async (school: string): Promise<Actor> => {
    const [{ email }] = (await all(sql<any>`
      select p.email from persons p join role_assignments r on r.person_id = p.id
      join organisations o on o.id = r.organisation_id
      where r.role = 'school-staff' and o.name like ${`%${school}`}`)) as [any]
    return (await asPlayer(demo().ctx, (await findPersonByEmail(demo().ctx.db, email))!)).actor
  }

  describe('the cordées of the demo', () => {
    test('are three, with 40 collégiens of two collèges, one of which is in two of them', async () => {
      const cordees = await all(sql<any>`
        select c.name, count(distinct e.student_id) as students,
          (select count(*) from cohort_schools s where s.cohort_id = c.id) as schools
        from cohorts c join enrolments e on e.cohort_id = c.id
        where c.scheme = 'CORDEES' group by c.id order by c.id`)
      expect(cordees.map(({ students, schools }) => [students, schools])).toEqual([
        [16, 1],
        [14, 2],
        [10, 1],
      ])
      const levels = await all(sql<any>`
        select s.level, count(*) as n from students p join organisations o on o.id = p.school_id
        join schoolings s on s.student_id = p.id and s.until_day is null
        where o.kind = 'college' group by s.level order by s.level`)
      expect(levels.map(({ level, n }) => [level, n])).toEqual([
        ['3E', 19],
        ['4E', 21],
      ])
    })

    test('CO-04: each of them volunteered, before they entered', async () => {
      const late = sql<{ n: number }>`select count(*) as n from enrolments e
        join cohorts c on c.id = e.cohort_id where c.scheme = 'CORDEES'
        and (e.volunteered_on is null or e.volunteered_on > e.from_day)`
      expect(await count(late)).toBe(0)
    })

    test('CO-05, CO-07: who runs them sees how many are followed for years, and of which publics', async () => {
      const coordinator = await accountOf(demo(), 'scheme-coordinator')
      const cordees = (await seeSchemes(demo().ctx, coordinator)).flatMap(({ groups }) => groups)
      expect(cordees).toHaveLength(3)
      const seen = await Promise.all(
        cordees.map(({ publicId }) => seeCordee(demo().ctx, coordinator, publicId)),
      )
      expect(seen.map(({ severalYears }) => severalYears).sort()).toEqual([0, 6, 8])
      expect(seen.some(({ computed }) => computed.EDUCATION_PRIORITAIRE > 0)).toBe(true)
      expect(seen.some(({ counted }) => counted?.BOURSIER === 7)).toBe(true)
    })
  })

  describe('the sessions of the demo', () => {
    test('CO-06: those of cordées are one to one and collective', async () => {
      const kinds = await all(sql<any>`
        select kind, format = 'INDIVIDUEL' as alone, count(*) as n from mentoring_sessions
        where scheme = 'CORDEES' group by kind, alone order by kind`)
      expect(kinds.map(({ kind, alone, n }) => [kind, alone, n])).toEqual([
        ['AUTRE_ACTION', 0, 2],
        ['DECOUVERTE_LIEU_SECTEUR', 0, 7],
        ['MENTORAT_PROFESSIONNEL', 1, 5],
        ['MUSEE', 0, 5],
        ['PRISE_DE_PAROLE', 0, 2],
        ['TUTORAT_ETUDIANT', 1, 164],
      ])
    })

    test('of each scheme are confirmed by somebody else, but for those of the last days', async () => {
      const rows = await all(sql<any>`select scheme, count(*) as n, count(confirmed_at) as confirmed
        from mentoring_sessions group by scheme order by scheme`)
      expect(rows.map(({ scheme }) => scheme)).toEqual(['CORDEES', 'PTECH', 'UN_JEUNE_UN_MENTOR'])
      for (const { n, confirmed } of rows) expect(confirmed).toBeGreaterThan(n * 0.8)
    })

    test('each pair has had some', async () => {
      const pairs = await all(sql<any>`select c.id, count(s.id) as n from cohorts c
        left join mentoring_sessions s on s.cohort_id = c.id
        where c.scheme = 'UN_JEUNE_UN_MENTOR' group by c.id order by c.id`)
      expect(pairs.map(({ n }) => n)).toEqual([5, ...Array.from({ length: 14 }, () => 3)])
    })
  })

  describe('PT-24: the shares of the demo are those that were set', () => {
    test('40 % of the 300 are girls, 15 % in one filière', async () => {
      const tracks = await all(sql<any>`
        select p.track, count(*) as n, sum(case when s.sex = 'F' then 1 else 0 end) as girls
        from students s join enrolments e on e.student_id = s.id and e.until_day is null
        join cohorts c on c.id = e.cohort_id join ptech_classes p on p.id = c.class_id
        group by p.track order by n`)
      expect(tracks.map(({ n, girls }) => [n, girls])).toEqual([
        [40, 6],
        [260, 114],
      ])
    })

    test('one mentor in five is a woman, in each organisation', async () => {
      const mentors = await all(sql<any>`
        select o.kind, count(*) as n, sum(case when m.sex = 'F' then 1 else 0 end) as women
        from mentors m join organisations o on o.id = m.organisation_id group by o.id order by o.id`)
      expect(mentors.map(({ kind, n, women }) => [kind, n, women])).toEqual([
        ['higher-education', 10, 2],
        ['mentoring-structure', 15, 3],
        ...Array.from({ length: 4 }, () => ['company', 35, 7]),
      ])
    })

    test('the page of the academy shows them, and has figures of all three schemes', async () => {
      await countFigures(demo().ctx)
      const referent = await accountOf(demo(), 'academic-referent')
      const of = (scheme: string) => seeIndicators(demo().ctx, referent, { scheme })
      const [ptech, cordees, pairs] = [
        await of('PTECH'),
        await of('CORDEES'),
        await of('UN_JEUNE_UN_MENTOR'),
      ]
      expect([ptech, cordees, pairs].map(({ sections }) => sections.followed.whole?.count)).toEqual(
        [300, 40, 15],
      )
      for (const { sections } of [ptech, cordees, pairs]) {
        expect(sections.sessions.whole?.count).toBeGreaterThan(40)
      }
      expect(ptech.shares).toMatchObject({ girls_share: 40, female_mentors: 20 })
      expect(cordees.shares).toMatchObject({ girls_share: 50, female_mentors: 20 })
      // The class with few girls, and those who are there for their BTS: 8 of 56.
      const teacher = await staffOf('de la Verrière')
      expect((await seeIndicators(demo().ctx, teacher, {})).shares).toMatchObject({
        girls_share: 14,
      })
      // Fifteen mentors are too few for a share.
      expect(pairs.shares['female_mentors']).toBeUndefined()
    })
  })
}
