import { expect, test } from 'vitest'
import { alertsFor } from '../../../src/mentoring/alerts/see-alerts.js'
import { STORES } from '../../support/dialects.js'
import { DAY, openWorld, type World } from '../../support/world.js'
import { aMember, aSession, aStudent, openAcademy, type Academy } from '../academy.js'

let world: World
let academy: Academy

/** Classes of the school, each with a cohort of two and a session. */
async function moreClasses(count: number): Promise<void> {
  const created_at = world.now().toISOString()
  const { id: school_id } = academy.school
  for (let at = 0; at < count; at += 1) {
    const insert = <T extends 'ptech_classes' | 'cohorts' | 'mentoring_sessions'>(
      table: T,
      row: object,
    ) =>
      world.db
        .insertInto(table)
        .values({ public_id: `${table}-${at}`, ...row } as never)
        .returning('id')
        .executeTakeFirstOrThrow() as unknown as Promise<{ id: number }>
    const track = { mef: '2472250331', track: 'Plastiques et composites', created_at }
    const of = await insert('ptech_classes', { school_id, name: `P${at}`, ...track })
    const cohort = { class_id: of.id, owner_id: school_id, entry_year: 2025, created_at }
    const { id: cohort_id } = await insert('cohorts', cohort)
    const from_day = '2026-09-01'
    await world.db.insertInto('cohort_schools').values({ cohort_id, school_id, from_day }).execute()
    const session = await insert('mentoring_sessions', {
      ...{ cohort_id, company_id: academy.company.id, scheme: 'PTECH', kind: 'PROJET' },
      ...{ format: 'PETIT_GROUPE', day: '2026-09-10', minutes: 60, topic: 'Moule' },
      ...{ recorded_by_id: academy.teacher.personId, recorded_at: '2026-09-10T10:00:00.000Z' },
    })
    for (const name of ['ana', 'bilal']) {
      const id = await aStudent(world, academy, { id: `${name}-${at}`, level: '1RE_PRO' })
      const student = await world.db
        .selectFrom('students')
        .select('id')
        .where('public_id', '=', id)
        .executeTakeFirstOrThrow()
      const student_id = student.id
      await world.db.insertInto('enrolments').values({ student_id, cohort_id, from_day }).execute()
      await world.db
        .insertInto('session_students')
        .values({ session_id: session.id, student_id })
        .execute()
    }
  }
}

test('50 cohorts cost as many queries as 5', async () => {
  const count = async () => {
    let queries = 0
    const db = world.db.withPlugin({
      transformQuery: ({ node }) => {
        queries += 1
        return node
      },
      transformResult: async ({ result }) => result,
    })
    const found = await alertsFor({ ...world, db }, academy.teacher)
    return { queries, found: found.length }
  }
  world = await openWorld()
  academy = await openAcademy(world, 2025)
  await moreClasses(5)
  const few = await count()
  world = await openWorld()
  academy = await openAcademy(world, 2025)
  await moreClasses(50)
  const many = await count()
  expect(many.found).toBeGreaterThan(4 * few.found)
  expect(many.queries).toBe(few.queries)
  expect(many.queries).toBeLessThan(45)
}, 60_000)

test.each(STORES)(
  'on $name the same is told',
  async ({ open }) => {
    world = await openWorld({ db: await open() })
    academy = await openAcademy(world, 2025)
    await aMember(world, academy, { id: 'ana', level: '1RE_PRO' })
    await aSession(world, academy, { studentIds: ['ana'], day: '2026-09-10' })
    world.clock.advance(20 * DAY)
    const rules = (await alertsFor(world, academy.teacher)).map(({ rule }) => rule)
    expect(rules).toEqual(expect.arrayContaining(['PT-04', 'AL-1', 'AL-2', 'AL-4', 'PT-10']))
    expect((await alertsFor(world, academy.tutor)).map(({ rule }) => rule)).toEqual(['AL-2'])
    await world.db.destroy()
  },
  120_000,
)
