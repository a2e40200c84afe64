import { findLinkOf, saveLink } from '../../../src/people/private-contact/store.js'
import { beforeEach, describe, expect, test } from 'vitest'
import { refuseErasure } from '../../../src/issuer/rights/decide-erasure.js'
import { insertReadings } from '../../../src/mentoring/students/readings-store.js'
import { askErasure } from '../../../src/issuer/rights/ask-erasure.js'
import { sql } from 'kysely'
import { pino } from 'pino'
import { seeHealth } from '../../../src/administration/see-health.js'
import type { Actor } from '../../../src/context.js'
import { lastForgottenDay, studentsWhoLeft } from '../../../src/issuer/rights/forget-students.js'
import {
  applyRetention,
  RETENTION_JOB,
  retentionOnSchedule,
  seeDue,
} from '../../../src/issuer/rights/retention.js'
import { seeOpenRequests } from '../../../src/issuer/rights/see-rights.js'
import { AGED } from '../../../src/issuer/rights/retention.data.js'
import { lookupsOf } from '../../../src/issuer/own-lookups.js'
import { verifyBadge } from '../../../src/verifier/verify-badge.js'
import { validateAudit } from '../../../src/store/audit.js'
import { openSession } from '../../../src/people/sessions.js'
import { browserOf, textOf } from '../../mentoring/browser.js'
import { issue, type Issued } from '../share-story.js'
import { DAY, openWorld, type World } from '../../support/world.js'

let world: World
let story: Issued
beforeEach(async () => {
  world = await openWorld()
  story = await issue(world)
})
const leave = (day: string) => world.db.updateTable('schoolings').set({ until_day: day }).execute()
const found = async (code: string) => (await seeDue(world)).find((one) => one.code === code)?.found
const row = () => world.db.selectFrom('students').selectAll().executeTakeFirstOrThrow()

describe('students who left', () => {
  test.each([
    ['2026-08-31', '2027-08-31', 0],
    ['2026-08-31', '2027-09-01', 1],
    ['2026-09-01', '2027-09-01', 0],
    ['2026-09-01', '2028-08-31', 0],
    ['2026-09-01', '2028-09-01', 1],
  ])('on %s are forgotten on %s: %i', async (left, now, forgotten) => {
    await leave(left)
    world.clock.at = new Date(`${now}T10:00:00Z`)
    expect(await found('STUDENTS')).toBe(forgotten)
  })

  test('the border is the first day of a school year, in Paris', () => {
    expect(lastForgottenDay('2028-08-31')).toBe('2026-09-01')
    expect(lastForgottenDay('2028-09-01')).toBe('2027-09-01')
  })

  test('lose what tells who they are, keep what figures need, once', async () => {
    const { sex } = await row()
    const days = await world.db.selectFrom('placements').select('days_done').execute()
    await leave('2027-06-30')
    world.clock.at = new Date('2028-09-01T10:00:00Z')
    expect(await seeDue(world)).toContainEqual({ code: 'STUDENTS', found: 1 })
    expect(await row()).toMatchObject({ family_name: 'Kerguélen' })
    await applyRetention(world)
    expect(await row()).toMatchObject({ given_name: 'Élève', family_name: 'effacé', sex })
    expect(await world.db.selectFrom('badges').select('id').execute()).toEqual([])
    expect(await world.db.selectFrom('placements').select('days_done').execute()).toEqual(days)
    const kept = world.db.selectFrom('schoolings').select(['level', 'division'])
    expect(await kept.execute()).toEqual([{ level: '2NDE_PRO', division: '' }])
    expect(await found('STUDENTS')).toBe(0)
    expect(await validateAudit(world.db)).toMatchObject({ sound: true })
  })

  test('take an undecided request about them along: the school’s list of requests goes on without it', async () => {
    await askErasure(world, story.student, { badges: 'keep' })
    expect(await seeOpenRequests(world, story.head)).toHaveLength(1)
    await leave('2027-06-30')
    world.clock.at = new Date('2028-09-01T10:00:00Z')
    await applyRetention(world)
    expect(await seeOpenRequests(world, story.head)).toEqual([])
    const requests = world.db.selectFrom('erasure_requests').select(['student_id', 'ended_as'])
    expect(await requests.execute()).toEqual([{ student_id: null, ended_as: 'ERASED' }])
  })

  test.each([
    ['revoke', 'invalid'],
    ['keep', 'valid'],
  ] as const)(
    'who has asked to %s their badges, and was not answered yet, has badges that are %s',
    async (badges, verdict) => {
      await askErasure(world, story.student, { badges })
      await leave('2027-06-30')
      world.clock.at = new Date('2028-09-01T10:00:00Z')
      await applyRetention(world)
      const around = { lookups: lookupsOf(world), now: world.now(), language: 'fr' as const }
      expect((await verifyBadge(Buffer.from(story.document), around)).verdict).toBe(verdict)
    },
  )

  test('stay as they are while the law holds them, or while they are at school', async () => {
    world.clock.at = new Date('2030-09-01T10:00:00Z')
    expect(await found('STUDENTS')).toBe(0)
    await leave('2027-06-30')
    expect(await found('STUDENTS')).toBe(1)
    const id = await askErasure(world, story.student, { badges: 'keep' })
    const why = { code: 'LEGAL_HOLD', reason: 'Une procédure est en cours.' } as const
    await refuseErasure(world, story.head, { id, ...why })
    expect(await found('STUDENTS')).toBe(0)
  })
})

describe('adults of whom no part is left', () => {
  const tutor = () =>
    world.db
      .selectFrom('persons')
      .selectAll()
      .where('id', '=', story.tutor.personId!)
      .executeTakeFirstOrThrow()
  /** The placement of the story ended on 13 November 2026. */
  async function leftOn(day: string): Promise<void> {
    const roles = world.db.updateTable('role_assignments').set({ until_day: day })
    await roles.where('person_id', '=', story.tutor.personId!).execute()
  }

  test.each([
    ['2026-11-20', '2027-11-20', 0],
    ['2026-11-20', '2027-11-21', 1],
    // The placement ends after the function.
    ['2026-11-01', '2027-11-13', 0],
    ['2026-11-01', '2027-11-14', 1],
  ])('who left on %s is forgotten on %s: %i', async (left, now, forgotten) => {
    await leftOn(left)
    world.clock.at = new Date(`${now}T11:00:00Z`)
    expect(await found('ADULTS')).toBe(forgotten)
  })

  test('lose name, address and account; what they did is there, by somebody; once', async () => {
    await openSession(world, world.db, story.tutor.personId!)
    const { public_id } = await tutor()
    await leftOn('2026-11-20')
    world.clock.at = new Date('2027-12-01T11:00:00Z')
    await applyRetention(world)
    expect(await tutor()).toMatchObject({
      ...{ given_name: 'Personne', family_name: 'effacée', email: null, password_hash: null },
      forgotten_at: '2027-12-01T11:00:00.000Z',
    })
    expect((await tutor()).public_id).not.toBe(public_id)
    expect(await world.db.selectFrom('web_sessions').select('id').execute()).toEqual([])
    expect(await world.db.selectFrom('placements').select('tutor_id').execute()).toEqual([
      { tutor_id: story.tutor.personId },
    ])
    expect((await row()).family_name).toBe('Kerguélen')
    expect(await found('ADULTS')).toBe(0)
    expect(await validateAudit(world.db)).toMatchObject({ sound: true })
    const staff = await browserOf(world, 'teacher@example.org')
    expect(textOf(await staff.get(`/students/${story.studentId}`))).not.toContain('Error')
  })

  test('stay while a function, a commitment as a mentor, or a record of theirs goes on', async () => {
    world.clock.at = new Date('2030-12-01T11:00:00Z')
    expect(await found('ADULTS')).toBe(0)
    await leftOn('2026-11-20')
    expect(await found('ADULTS')).toBe(1)
    const mentor = { person_id: story.tutor.personId!, organisation_id: story.schoolId }
    const since = { from_day: '2026-09-01', vetting: 'A_VERIFIER', created_at: 'x' }
    await world.db
      .insertInto('mentors')
      .values({ public_id: 'm', ...mentor, ...since })
      .execute()
    expect(await found('ADULTS')).toBe(0)
    await world.db.updateTable('mentors').set({ until_day: '2027-01-01' }).execute()
    expect(await found('ADULTS')).toBe(1)
    await world.db.updateTable('students').set({ person_id: story.tutor.personId! }).execute()
    expect(await found('ADULTS')).toBe(0)
  })
})

describe('an erasure that fails', () => {
  /** Somebody else who left, after the first by id. */
  async function another(): Promise<void> {
    const { id, ...first } = await row()
    const keys = { public_id: 'other', ine_fingerprint: 'other', erasure_failed_at: null }
    const other = world.db.insertInto('students').values({ ...first, ...keys })
    const student_id = (await other.returning('id').executeTakeFirstOrThrow()).id
    const { id: _, ...schooling } = await world.db
      .selectFrom('schoolings')
      .selectAll()
      .where('student_id', '=', id)
      .executeTakeFirstOrThrow()
    await world.db
      .insertInto('schoolings')
      .values({ ...schooling, student_id })
      .execute()
  }
  const names = async () => {
    const rows = world.db.selectFrom('students').select('family_name').orderBy('id')
    return (await rows.execute()).map(({ family_name }) => family_name)
  }
  const operator: Actor = {
    ...{ publicId: 'operator', personId: null, via: 'session', scopes: [] },
    assignments: [{ role: 'platform-admin', organisationId: null }],
  }
  const failing = async () => {
    const { parts, state } = await seeHealth(world, operator)
    return { ...parts.find(({ name }) => name === 'erasures'), whole: state }
  }

  test('stops nobody else’s, is counted by health, comes last the next night, and is done once it can be', async () => {
    await another()
    await leave('2027-06-30')
    world.clock.at = new Date('2028-09-01T02:00:00Z')
    expect(await failing()).toMatchObject({ state: 'well', found: { failed: 0 } })
    await sql`create trigger stuck before update of erased_at on students when old.id = 1
      begin select raise(abort, 'kept: Kerguélen'); end`.execute(world.db)
    const written: string[] = []
    const log = pino({}, { write: (line: string) => void written.push(line) })
    await retentionOnSchedule({ ...world, log })
    expect(await names()).toEqual(['Kerguélen', 'effacé'])
    expect(written.filter((line) => line.includes('erasure-failed'))).toHaveLength(1)
    expect(written.join()).not.toContain('Kerguélen')
    expect(await failing()).toMatchObject({ state: 'not-well', found: { failed: 1 } })
    expect(await failing()).toMatchObject({ whole: 'not-well' })
    // The next night is ordered all the same.
    const jobs = world.db.selectFrom('jobs').select('key').where('kind', '=', RETENTION_JOB)
    expect((await jobs.execute()).map(({ key }) => key)).toContain('2028-09-02')

    await another()
    expect(await studentsWhoLeft(world)).toEqual([3, 1])
    await sql`drop trigger stuck`.execute(world.db)
    await applyRetention(world)
    expect(await names()).toEqual(['effacé', 'effacé', 'effacé'])
    expect(await failing()).toMatchObject({ state: 'well', found: { failed: 0 } })
  })
})

describe('what is past its age', () => {
  const person = () => story.student.personId!
  const anAnnouncement = async (at: string) => {
    const { id } = await world.db
      .insertInto('announcements')
      .values({
        ...{ public_id: at, audience: '*', text_fr: 'f', text_en: 'e', made_at: at },
        ...{ from_day: at, until_day: at },
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    return id
  }
  /** A row of each rule, from an instant. */
  const ROWS: Record<string, (at: string) => Promise<unknown>> = {
    SIGN_IN_ATTEMPTS: (at) =>
      world.db.insertInto('sign_in_attempts').values({ email_hash: 'x', at }).execute(),
    SESSIONS: (at) =>
      world.db
        .insertInto('web_sessions')
        .values({
          public_id: at,
          token_hash: at,
          person_id: person(),
          roles: '',
          csrf_token: 'x',
          created_at: at,
          last_seen_at: at,
        })
        .execute(),
    INVITATIONS: (at) =>
      world.db
        .insertInto('invitations')
        .values({
          token_hash: at,
          person_id: person(),
          purpose: 'invite',
          created_at: at,
          expires_at: at,
        })
        .execute(),
    CONTACT_LINKS: async (at) => {
      // One a person.
      const of = (await findLinkOf(world.db, person())) ? story.head.personId! : person()
      await saveLink(world.db, of, { token_hash: at, address_sealed: null, expires_at: at })
    },
    MAILS: (at) =>
      world.db
        .insertInto('outbox_mails')
        .values({
          ...{ public_id: at, key: at, to_person_id: person(), language: 'fr' },
          ...{ subject: 's', body: 'b', created_at: at, sent_at: at },
        })
        .execute(),
    ANSWER_LINKS: (at) =>
      world.db
        .insertInto('answer_links')
        .values({
          ...{ public_id: at, token_hash: at, purpose: 'confirm-session', person_id: person() },
          ...{ made_at: at, expires_at: at },
        })
        .execute(),
    IDENTITY_STARTS: (at) =>
      world.db
        .insertInto('identity_starts')
        .values({
          ...{ state_hash: at, holder_hash: at, provider: 'p', purpose: 'sign-in', next: '/' },
          expires_at: at,
        })
        .execute(),
    IDENTITY_OFFERS: (at) =>
      world.db
        .insertInto('identity_offers')
        .values({
          ...{ holder_hash: at, provider: 'p', issuer: 'i', subject: at, person_id: person() },
          expires_at: at,
        })
        .execute(),
    PASSKEY_CHALLENGES: (at) =>
      world.db
        .insertInto('passkey_challenges')
        .values({ challenge: at, purpose: 'sign-in', holder_hash: at, expires_at: at })
        .execute(),
    ENDORSER_LINKS: async (at) => {
      const dossier = await world.db.selectFrom('dossiers').select('id').executeTakeFirstOrThrow()
      const asked = { step: 'assess', digest: 'd', function: 'Tuteur', made_at: at, expires_at: at }
      const who = { person_id: person(), made_by_id: person(), dossier_id: dossier.id }
      const row = { public_id: at, token_hash: at, ...asked, ...who }
      await world.db.insertInto('endorser_links').values(row).execute()
    },
    GUARDIAN_LINKS: async (at) => {
      const { id: student_id } = await row()
      const guardian = await world.db
        .insertInto('guardians')
        .values({ ...{ public_id: at, student_id, language: 'fr', added_at: at }, ended_on: at })
        .returning('id')
        .executeTakeFirstOrThrow()
      const asked = { purpose: 'public-page', token_hash: at, code_fingerprint: 'x' }
      await world.db
        .insertInto('guardian_links')
        .values({ public_id: at, guardian_id: guardian.id, ...asked, made_at: at, expires_at: at })
        .execute()
    },
    RECOVERIES: (at) =>
      world.db
        .insertInto('recoveries')
        .values({ public_id: at, person_id: person(), asked_at: at, expires_at: at })
        .execute(),
    DOMAIN_QUESTIONS: (at) =>
      world.db
        .insertInto('domain_questions')
        .values({
          ...{ organisation_id: story.schoolId, domain: 'example.org', token_hash: at },
          ...{ made_by_id: person(), made_at: at, expires_at: at },
        })
        .execute(),
    API_TOKENS: (at) =>
      world.db
        .insertInto('api_tokens')
        .values({
          ...{ public_id: at, secret_hash: at, name: 'n', scopes: '' },
          ...{ created_at: at, expires_at: at },
        })
        .execute(),
    AUDIT_READINGS: (at) =>
      world.db.insertInto('audit_readings').values({ reader: 'x', day: at }).execute(),
    IDENTITY_CHANGES: async (at) => {
      const change = { field: 'sex', before_sealed: 's', reason_sealed: 's', changed_at: at }
      const { id: student_id } = await row()
      await world.db
        .insertInto('identity_changes')
        .values({ student_id, ...change })
        .execute()
    },
    CORRECTION_REQUESTS: async (at) => {
      const said = { field: 'sex', said_sealed: 's', made_at: at, due_on: at, answered_at: at }
      const { id: student_id } = await row()
      await world.db
        .insertInto('correction_requests')
        .values({ public_id: at, student_id, school_id: story.schoolId, ...said })
        .execute()
    },
    AGREEMENT_PARTIES: async (at) => {
      const dates = { start_day: at, end_day: at, created_at: at }
      const { id: agreement_id } = await world.db
        .insertInto('agreements')
        .values({
          ...{ public_id: at, school_id: story.schoolId, type: 'CHARTE', title: 't' },
          ...dates,
        })
        .returning('id')
        .executeTakeFirstOrThrow()
      const party = { agreement_id, name: 'Un recteur', capacity: 'recteur' }
      await world.db.insertInto('agreement_parties').values(party).execute()
    },
    READINGS: async (at) => {
      const { id } = await world.db.selectFrom('students').select('id').executeTakeFirstOrThrow()
      await insertReadings(world.db, [{ student_id: id, reader: 'x', kind: 'page', day: at }])
    },
    DISMISSALS: async (at) => {
      const announcement_id = await anAnnouncement(at)
      const row = { announcement_id, person_id: person(), at }
      await world.db.insertInto('announcement_dismissals').values(row).execute()
    },
    ANNOUNCEMENTS: (at) => anAnnouncement(at),
    INVITED_TOGETHER: async (at) => {
      const { id: run_id } = await world.db
        .insertInto('invitation_runs')
        .values({ public_id: at, key: at, made_at: at })
        .returning('id')
        .executeTakeFirstOrThrow()
      const row = { run_id, person_id: person(), role: 'school-staff' }
      await world.db.insertInto('invited_people').values(row).execute()
    },
  }

  test.each(AGED.map(({ code, days }) => [code, days] as const))(
    '%s goes after %i days, and not a millisecond before',
    async (code, days) => {
      expect(Object.keys(ROWS).toSorted()).toEqual(AGED.map((one) => one.code).toSorted())
      const { table } = AGED.find((one) => one.code === code)!
      await world.db.deleteFrom(table as 'web_sessions').execute()
      const limit = world.now().getTime() - days * DAY
      await ROWS[code]!(new Date(limit).toISOString())
      expect(await found(code)).toBe(0)
      await ROWS[code]!(new Date(limit - 1).toISOString())
      expect(await found(code)).toBe(1)
      await applyRetention(world)
      expect(await found(code)).toBe(0)
      expect(
        await world.db
          .selectFrom(table as 'web_sessions')
          .select('id')
          .execute(),
      ).toHaveLength(1)
    },
  )

  test('in one night at most so many rows go, the rest in the next', async () => {
    for (const day of ['01', '02', '03']) await ROWS.SESSIONS!(`2020-01-${day}T00:00:00.000Z`)
    const most = { students: 1, adults: 1, rows: 2 }
    expect(await applyRetention(world, most)).toContainEqual({ code: 'SESSIONS', found: 2 })
    expect(await found('SESSIONS')).toBe(1)
    await applyRetention(world, most)
    expect(await found('SESSIONS')).toBe(0)
  })

  test('an invitation goes although somebody began to accept it elsewhere', async () => {
    await ROWS.INVITATIONS!('2020-01-01T00:00:00.000Z')
    await ROWS.IDENTITY_STARTS!('2020-01-01T00:00:00.000Z')
    const { id } = await world.db.selectFrom('invitations').select('id').executeTakeFirstOrThrow()
    await world.db.updateTable('identity_starts').set({ invitation_id: id }).execute()
    await applyRetention(world)
    expect(await world.db.selectFrom('invitations').select('id').execute()).toEqual([])
  })

  test('the link of a guardian serves to withdraw for as long as they are one', async () => {
    await ROWS.GUARDIAN_LINKS!('2020-01-01T00:00:00.000Z')
    await world.db.updateTable('guardians').set({ ended_on: null }).execute()
    expect(await found('GUARDIAN_LINKS')).toBe(0)
  })

  test('a request for correction stays with what was corrected, and while it waits', async () => {
    await ROWS.CORRECTION_REQUESTS!('2020-01-01T00:00:00.000Z')
    await ROWS.IDENTITY_CHANGES!(world.now().toISOString())
    const asked = await world.db.selectFrom('correction_requests').select('id').executeTakeFirst()
    await world.db.updateTable('identity_changes').set({ request_id: asked!.id }).execute()
    expect(await found('CORRECTION_REQUESTS')).toBe(0)
    await world.db.updateTable('identity_changes').set({ request_id: null }).execute()
    expect(await found('CORRECTION_REQUESTS')).toBe(1)
    await world.db.updateTable('correction_requests').set({ answered_at: null }).execute()
    expect(await found('CORRECTION_REQUESTS')).toBe(0)
  })

  test('a mail that waits is kept, however old', async () => {
    await ROWS.MAILS!('2020-01-01T00:00:00.000Z')
    await world.db.updateTable('outbox_mails').set({ sent_at: null }).execute()
    expect(await found('MAILS')).toBe(0)
  })
})
