import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import request from 'supertest'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { createApp } from '../../src/app.js'
import { demoConfig } from '../../src/cli/demo.js'
import { openDemo, type OpenDemo } from '../../src/demo/open-demo.js'
import { lookupsOf } from '../../src/issuer/own-lookups.js'
import { ageOn } from '../../src/mentoring/days.js'
import { companyYearsOf } from '../../src/mentoring/classes/person-days.js'
import { organisationsWith } from '../../src/people/authorize.js'
import { issueCredential } from '../../src/issuer/vc-api/issue-credential.js'
import { readToken } from '../../src/people/tokens.js'
import { readSession } from '../../src/people/sessions.js'
import { signIn } from '../../src/people/sign-in.js'
import { validateAudit } from '../../src/store/audit.js'
import { verifyBadge } from '../../src/verifier/verify-badge.js'
import { alertsByRule } from './planted.js'
import { ofSchemes } from './schemes.js'
import { ofSchoolLife } from './school-life.js'
import { accountOf } from './accounts.js'
import { generalApart } from '../support/general-apart.js'
import { otherVerifiers, servedFor } from '../support/other-verifiers.js'
import { storedBadges } from '../issuer/stored.js'

const now = () => new Date('2026-11-24T16:00:00Z')
const folder = mkdtempSync(join(tmpdir(), 'sceau-demo-test-'))
const api = ['mentoring:write', 'organisations:read', 'templates:read']
const scopes = [...api, 'vc-api:issue']
const config = demoConfig({ NODE_ENV: 'test', LOG_LEVEL: 'error' }, { dataDir: folder }, '3999')
const seen: number[] = []
let demo: OpenDemo

/** One filling for all tests: it takes seconds. */
beforeAll(async () => {
  demo = await openDemo(config, { now, scopes, progress: (done) => seen.push(done) })
}, 180_000)
afterAll(async () => {
  await demo.ctx.close()
  rmSync(folder, { recursive: true })
})

const all = async <T>(query: ReturnType<typeof sql<T>>): Promise<T[]> =>
  (await query.execute(demo.ctx.db)).rows
const count = async (query: ReturnType<typeof sql<{ n: number }>>): Promise<number> =>
  (await all(query))[0]!.n

describe('the academy of the demo', () => {
  test('has 15 lycées, two collèges, four companies, and a DÉMO in each of their names', async () => {
    const organisations = await all(sql<any>`select kind, name from organisations`)
    expect(organisations.filter(({ kind }) => kind === 'lycee')).toHaveLength(15)
    expect(organisations.filter(({ kind }) => kind === 'college')).toHaveLength(2)
    expect(organisations.filter(({ kind }) => kind === 'company')).toHaveLength(4)
    expect(organisations.every(({ name }) => name.includes('DÉMO'))).toBe(true)
    const mails = await all(sql<any>`select email from persons where email is not null`)
    expect(mails.every(({ email }) => email.endsWith('@example.org'))).toBe(true)
  })

  test('has 34 cohorts with 300 students, whose levels of today are those of the domain', async () => {
    expect(await count(sql`select count(*) as n from cohorts where scheme = 'PTECH'`)).toBe(34)
    const levels = await all(sql<any>`
      select s.level, count(distinct e.student_id) as n
      from enrolments e join schoolings s on s.student_id = e.student_id
      join cohorts c on c.id = e.cohort_id
      where e.until_day is null and s.until_day is null and c.scheme = 'PTECH' group by s.level`)
    expect(Object.fromEntries(levels.map(({ level, n }) => [level, n]))).toEqual({
      '2NDE_PRO': 126,
      '1RE_PRO': 96,
      TLE_PRO: 46,
      BTS1: 16,
      BTS2: 16,
    })
  })

  test('has one who repeated, one who left, and a BTS that takes place in another school', async () => {
    const ended = await all(
      sql<any>`select exit_reason from enrolments
        join cohorts on cohorts.id = enrolments.cohort_id
        where until_day is not null and scheme = 'PTECH'`,
    )
    expect(ended.map(({ exit_reason }) => exit_reason).sort()).toEqual(['AUTRE', 'DEMENAGEMENT'])
    const away = await count(sql`
      select count(*) as n from enrolments e join cohorts c on c.id = e.cohort_id
      join ptech_classes p on p.id = c.class_id
      join schoolings s on s.student_id = e.student_id and s.until_day is null
      where s.school_id <> p.school_id`)
    expect(away).toBe(16)
  })

  test('has facts that somebody else confirmed, some that wait, and some that are contested', async () => {
    for (const table of ['mentoring_sessions', 'placements']) {
      const [row] = await all(sql<any>`
        select count(*) as n, count(confirmed_at) as confirmed,
          sum(case when confirmed_by_id = recorded_by_id then 1 else 0 end) as alone
        from ${sql.table(table)}`)
      expect(row.n).toBeGreaterThan(table === 'placements' ? 400 : 1_600)
      expect(row.alone).toBe(0)
      expect(row.confirmed).toBeLessThan(row.n)
      expect(row.confirmed).toBeGreaterThan(row.n * 0.8)
    }
    for (const table of ['session_students', 'placements']) {
      const of = sql.table(table)
      expect(
        await count(sql`select count(*) as n from ${of} where contested_at is not null`),
      ).toBeGreaterThan(0)
    }
  })
})

describe('what is planted in the demo', () => {
  const lycee = (name: string) => `Lycée professionnel DÉMO ${name}`
  const academy = 'Académie de démonstration DÉMO'
  let alerts: Record<string, string[]>
  const starts = (rule: string) => alerts[rule]!.map((said) => said.split(':')[0]).sort()
  beforeAll(async () => {
    alerts = await alertsByRule(demo.ctx, '2026-11-24')
  })

  test('fires these rules, and no other one anywhere', () => {
    const planted = 'JM-05 PFMP-03 PFMP-04 PFMP-05 PFMP-10 PT-04 PT-10 PT-14 PT-15 PT-16 PT-21'
    // AL-6: mail is off in the demo, and the student whose badge is revoked is to be told.
    const others = ['AL-2', 'AL-3', 'AL-5', 'AL-6']
    expect(Object.keys(alerts).sort()).toEqual([...others, ...planted.split(' ')])
  })

  test('PT-04: eight students have no career session in November', () => {
    expect(alerts['PT-04']!.sort()).toEqual([
      `${lycee('des Tilleuls')}: 2 élèves sans séance Carrière en novembre`,
      `${lycee('des Trois-Moulins')}: 6 élèves sans séance Carrière en novembre`,
    ])
  })

  test('PT-10, PT-15, PT-16: one class each, for its school and for the academy', () => {
    expect(starts('PT-10')).toEqual([academy, lycee('du Vieux-Port')])
    expect(starts('PT-15')).toEqual([academy, lycee('du Mail')])
    expect(alerts['PT-15']![0]).toContain('Exploration avec le corps d’inspection')
    expect(starts('PT-16')).toEqual([academy, lycee('de la Plaine')])
  })

  test('PT-14: an agreement ends in five months, and the five cohorts of its class outlive it', () => {
    const six = (name: string) => Array.from({ length: 6 }, () => name)
    expect(starts('PT-14')).toEqual([...six(academy), ...six(lycee('de la Verrière'))])
    const ending = alerts['PT-14']!.filter((said) => said.includes('dans moins de 6 mois'))
    expect(ending).toHaveLength(2)
    expect(ending[0]).toContain('le 30 avril 2027')
  })

  test('PT-21: of 180, 158, 70 and 45 person-days the first is above the band, the last below its promise', async () => {
    expect(alerts['PT-21']!.sort()).toEqual([
      expect.stringMatching(/Pont-Neuf: Outillage et Mesure DÉMO a donné 180(,\d)? jours en 2025/),
      expect.stringMatching(
        /Pont-Neuf: Plastiform DÉMO a donné 4[45](,\d)? jours .* sur 70 promis/,
      ),
    ])
    const [row] = await all(sql<any>`select p.id from ptech_classes p
      join organisations o on o.id = p.school_id where o.name = ${lycee('du Pont-Neuf')}`)
    const years = await companyYearsOf(demo.ctx.db, { classIds: [row.id], year: 2025 })
    const days = years.map(({ personDays }) => Math.round(personDays)).sort((a, b) => a - b)
    expect(days).toEqual([45, 70, 158, 180])
  })

  test('PFMP: a tutor of four, a site with four, a long day under 16, an old declaration', async () => {
    const rules = ['PFMP-03', 'PFMP-04', 'PFMP-05', 'PFMP-10']
    const counts = rules.map((rule) => alerts[rule]!.map((said) => said.split(',')[0]))
    const own = lycee('des Tilleuls')
    const several = [`${own}: 4 périodes en entreprise`]
    const single = [`${own}: 1 période en entreprise`]
    expect(counts).toEqual([several, several, single, single])
    const kept = await all(sql<any>`select rule, count(*) as n from kept_warnings
      where subject_kind = 'placement' group by rule order by rule`)
    expect(kept.map(({ rule, n }) => [rule, n])).toEqual(rules.map((rule) => [rule, 1]))
  })

  test('PT-15: a second class is on its way in a school: asked for, the DRAFPIC contacted, not open', async () => {
    const openings = await all(sql<any>`
      select s.name, t.step from class_openings o join organisations s on s.id = o.school_id
      join opening_steps t on t.opening_id = o.id where o.class_id is null order by t.day`)
    expect(openings.map(({ name, step }) => [name, step])).toEqual([
      [lycee('de la Halle'), 'DEMANDE_ENTREPRISE'],
      [lycee('de la Halle'), 'CONTACT_DRAFPIC'],
    ])
  })

  test('JM-05: of fifteen pairs one ended after four months', async () => {
    expect(starts('JM-05')).toEqual(['Association DÉMO Passerelles', lycee('du Pont-Neuf')])
    expect(
      await count(sql`select count(*) as n from cohorts where scheme = 'UN_JEUNE_UN_MENTOR'`),
    ).toBe(15)
  })

  test('JM-04: two of them are thirteen, which was read, and kept', async () => {
    const kept = await all(sql<any>`
      select s.birth_date_sealed as sealed, e.from_day, o.kind from kept_warnings w
      join cohorts c on c.public_id = w.subject_id join enrolments e on e.cohort_id = c.id
      join students s on s.id = e.student_id join organisations o on o.id = s.school_id
      where w.rule = 'JM-04' and w.subject_kind = 'pair'`)
    expect(kept.map(({ kind }) => kind)).toEqual(['college', 'college'])
    for (const { sealed, from_day } of kept) {
      expect(ageOn(demo.ctx.vault.open(sealed), from_day)).toBe(13)
    }
  })

  test('warnings that were kept are of the session rules, the placements, the class and the pairs', async () => {
    const kept = await all(sql<any>`select distinct rule from kept_warnings order by rule`)
    const rules = 'JM-04 PFMP-03 PFMP-04 PFMP-05 PFMP-10 PT-06 PT-07 PT-15 PT-16'
    expect(kept.map(({ rule }) => rule)).toEqual(rules.split(' '))
  })

  test('AL-2, AL-3: what waits and what is contested is of the school whose accounts are handed out', () => {
    const companies = ['Composites du Lac DÉMO', 'Outillage et Mesure DÉMO', 'Plastiform DÉMO']
    expect(new Set(starts('AL-2'))).toEqual(new Set([...companies, lycee('des Tilleuls')]))
    expect(starts('AL-3')).toEqual([lycee('des Tilleuls'), lycee('des Tilleuls')])
  })

  test('AL-5: the holidays that nobody verified are told to who keeps them', () => {
    expect(starts('AL-5')).toEqual([academy, 'platform'])
  })
})

describe('the other schemes and the shares', () => ofSchemes(() => demo))
describe('the life of the own school', () => ofSchoolLife(() => demo))

describe('the badges of the demo', () => {
  test('are defined by their companies: seven and their renewal published, one a draft', async () => {
    const versions = await all(sql<any>`select number, published_at from template_versions`)
    expect(versions.filter(({ published_at }) => published_at !== null)).toHaveLength(8)
    expect(versions.filter(({ published_at }) => published_at === null)).toHaveLength(1)
    expect(versions.filter(({ number }) => number === 2)).toHaveLength(1)
  })

  test('come of dossiers, which are there in every state', async () => {
    const states = await all(sql<any>`select state, count(*) as n from dossiers group by state`)
    expect(Object.fromEntries(states.map(({ state, n }) => [state, n]))).toEqual({
      open: 15,
      proposed: 5,
      assessed: 5,
      endorsed: 5,
      issued: 60,
      refused: 3,
    })
    expect(await count(sql`select count(*) as n from jobs where finished_at is null`)).toBe(0)
  })

  test('are sixty: all valid for our own verifier but the revoked one and the expired one', async () => {
    const badges = await storedBadges(demo.ctx.db)
    expect(badges).toHaveLength(60)
    const { ctx } = demo
    const wrong: string[] = []
    for (const { badge_document } of badges) {
      const around = { lookups: lookupsOf(ctx), now: now(), language: 'en' } as const
      const report = await verifyBadge(Buffer.from(badge_document ?? ''), around)
      if (report.verdict !== 'valid') {
        const failed = report.checks.filter(({ result }) => result === 'fail')
        wrong.push(failed.map(({ name }) => name).join())
      }
    }
    expect(wrong.sort()).toEqual(['status', 'validity'])
    expect(badges.filter(({ revoked_at }) => revoked_at !== null)).toHaveLength(1)
  })

  test('are shown by their links, and say what became of them', async () => {
    const { shared, revoked, expired } = demo.facts.examples
    const app = request(createApp(demo.ctx))
    const page = async (url: string | null) =>
      (await app.get(new URL(url!).pathname).set('Accept-Language', 'fr').expect(200)).text
    expect(await page(shared)).toContain('class="verdict valid"')
    expect(await page(revoked)).toContain('Révoqué le')
    expect(await page(expired)).toMatch(/class="verdict invalid"[^]*[Ee]xpir/)
  })
})

describe('the people of the demo', () => {
  test('sign in by what is printed, one or two for each role', async () => {
    const { accounts } = demo.facts
    expect(accounts.map(({ role }) => role)).toEqual([
      'platform-admin',
      'school-staff',
      'school-approver',
      'liaison-officer',
      'company-admin',
      'company-endorser',
      'company-endorser',
      'scheme-coordinator',
      'scheme-coordinator',
      'academic-referent',
      'student',
    ])
    for (const { email, password, role } of accounts) {
      const session = await readSession(demo.ctx, await signIn(demo.ctx, { email, password }))
      expect(session?.actor.assignments.map((held) => held.role)).toEqual([role])
    }
  })

  test('can be chosen from at the sign-in', async () => {
    const { text } = await request(createApp(demo.ctx)).get('/sign-in').expect(200)
    for (const { email } of demo.facts.accounts) expect(text).toContain(`value="${email}"`)
  })

  test('find work that waits: to propose, to assess, to endorse, to approve, to confirm', async () => {
    const waiting = async (state: string, column: string, of: readonly number[]) =>
      count(
        sql`select count(*) as n from dossiers where state = ${state} and ${sql.ref(column)} = ${of[0]}`,
      )
    const school = organisationsWith(await accountOf(demo, 'school-approver'), 'approve-dossier')
    const boss = await accountOf(demo, 'company-endorser', 1)
    const company = organisationsWith(boss, 'endorse-dossier')
    expect(await waiting('open', 'school_id', school)).toBeGreaterThanOrEqual(2)
    expect(await waiting('proposed', 'company_id', company)).toBeGreaterThanOrEqual(2)
    expect(await waiting('assessed', 'company_id', company)).toBeGreaterThanOrEqual(2)
    expect(await waiting('endorsed', 'school_id', school)).toBeGreaterThanOrEqual(2)
    const ofBoss = sql`select count(*) as n from dossiers where assessed_by_id = ${boss.personId}`
    expect(await count(ofBoss as never)).toBe(0)
    const unconfirmed = sql<{ n: number }>`select count(*) as n from mentoring_sessions
      where confirmed_at is null and company_id = ${company[0]}`
    expect(await count(unconfirmed)).toBeGreaterThan(0)
    const student = await accountOf(demo, 'student')
    const own = sql<{ n: number }>`select count(*) as n from badges b
      join dossiers d on d.id = b.dossier_id join students s on s.id = d.student_id
      where s.person_id = ${student.personId}
        and b.id not in (select badge_id from share_links)`
    expect(await count(own)).toBeGreaterThan(0)
  })

  test('have tokens with the scopes of the API', async () => {
    const { admin, school, company, reader, vcApi } = demo.facts.tokens
    expect((await readToken(demo.ctx, admin!))?.scopes).toEqual(api)
    expect((await readToken(demo.ctx, reader!))?.scopes).toEqual([
      'organisations:read',
      'templates:read',
    ])
    for (const token of [school, company]) {
      expect((await readToken(demo.ctx, token!))?.assignments).toHaveLength(1)
    }
    const actor = await readToken(demo.ctx, vcApi!)
    expect(actor).toMatchObject({ scopes: ['vc-api:issue'], assignments: [] })
    const { dids } = demo.facts.vcApi
    expect(Object.keys(dids)).toEqual(['Ed25519', 'P-256', 'P-384'])
    const signed = await issueCredential({ ...demo.ctx, generalApart }, actor!, {
      credential: {
        '@context': ['https://www.w3.org/ns/credentials/v2'],
        type: ['VerifiableCredential'],
        issuer: dids['P-256'],
        credentialSubject: { id: 'did:example:subject' },
      },
      options: {},
    })
    expect(signed.issuer).toBe(dids['P-256'])
  })
})

describe('the folder of the demo', () => {
  test('holds a store of which everything is promised, and an audit that is sound and in order', async () => {
    expect((await sql<any>`pragma synchronous`.execute(demo.ctx.db)).rows[0].synchronous).toBe(2)
    expect(await validateAudit(demo.ctx.db)).toMatchObject({ sound: true })
    const days = await all(sql<any>`select at from audit order by id`)
    expect(days.map(({ at }) => at)).toEqual(days.map(({ at }) => at).toSorted())
    expect(seen.at(-1)).toBe(1)
  })

  test('starts as it is the second time', async () => {
    await demo.ctx.close()
    const made = statSync(join(folder, 'demo.json')).mtimeMs
    const filled = seen.length
    const { facts } = demo
    demo = await openDemo(config, { now, scopes, progress: (done) => seen.push(done) })
    expect(demo.facts).toEqual(facts)
    expect(seen).toHaveLength(filled)
    expect(statSync(join(folder, 'demo.json')).mtimeMs).toBe(made)
  })

  test('is left alone when it holds anything that no demo made', async () => {
    const other = mkdtempSync(join(tmpdir(), 'sceau-not-a-demo-'))
    writeFileSync(join(other, 'sceau.sqlite'), 'precious')
    const settings = demoConfig({ NODE_ENV: 'test' }, { dataDir: other }, '3999')
    const opening = openDemo(settings, { now, scopes, progress: () => {} })
    await expect(opening).rejects.toThrow("no demo's")
    expect(readdirSync(other)).toEqual(['sceau.sqlite'])
    rmSync(other, { recursive: true })
  })

  test('is not emptied under a demo that runs, whatever its port', async () => {
    const settings = demoConfig({ NODE_ENV: 'test' }, { dataDir: folder }, '3998')
    await expect(openDemo(settings, { now, scopes, progress: () => {} })).rejects.toThrow('running')
  })
})

describe('a badge that the demo issued', () => {
  afterEach(() => vi.unstubAllGlobals())

  test('verifies with the libraries of others, without network', async () => {
    const { ctx, facts } = demo
    const app = createApp(ctx)
    const shared = new URL(facts.examples.shared ?? '').pathname
    const { body } = await request(app).get(`${shared}.json`).responseType('blob')
    const badge = JSON.parse(String(body))
    const { bazaar, dcc, core } = otherVerifiers(await servedFor(app, badge), now())
    expect(await bazaar(badge)).toMatchObject({ verified: true })
    expect(await dcc(badge)).toMatchObject({ verified: true })
    expect(await core(badge)).toEqual({ signature: true, revoked: true })
    badge.name = 'Un autre badge'
    expect(await bazaar(badge)).toMatchObject({ verified: false })
    expect(await dcc(badge)).toMatchObject({ verified: false })
    expect((await core(badge)).signature).not.toBe(true)
  })
})
