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
    READINGS: async (at) => {
      const { id } = await world.db.selectFrom('students').select('id').executeTakeFirstOrThrow()
      await insertReadings(world.db, [{ student_id: id, reader: 'x', kind: 'page', day: at }])
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

  test('a mail that waits is kept, however old', async () => {
    await ROWS.MAILS!('2020-01-01T00:00:00.000Z')
    await world.db.updateTable('outbox_mails').set({ sent_at: null }).execute()
    expect(await found('MAILS')).toBe(0)
  })
})
