import { beforeEach, describe, expect, test } from 'vitest'
import { refuseErasure } from '../../../src/issuer/rights/decide-erasure.js'
import { askErasure } from '../../../src/issuer/rights/ask-erasure.js'
import { sql } from 'kysely'
import { pino } from 'pino'
import { seeHealth } from '../../../src/administration/see-health.js'
import type { Actor } from '../../../src/context.js'
import {
  forgetStudents,
  lastForgottenDay,
  studentsWhoLeft,
} from '../../../src/issuer/rights/forget-students.js'
import {
  applyRetention,
  RETENTION_JOB,
  retentionOnSchedule,
  seeDue,
} from '../../../src/issuer/rights/retention.js'
import { seeOpenRequests } from '../../../src/issuer/rights/see-rights.js'
import { lookupsOf } from '../../../src/issuer/own-lookups.js'
import { verifyBadge } from '../../../src/verifier/verify-badge.js'
import { validateAudit } from '../../../src/store/audit.js'
import { openSession } from '../../../src/people/sessions.js'
import { browserOf, textOf } from '../../mentoring/browser.js'
import { issue, type Issued } from '../share-story.js'
import { openWorld, type World } from '../../support/world.js'

let world: World
let story: Issued
beforeEach(async () => {
  world = await openWorld()
  story = await issue(world)
})
/** Without an address: nobody is to be warned first. */
async function leave(day: string): Promise<void> {
  const account = world.db.updateTable('persons').set({ email: null })
  await account.where('id', '=', story.student.personId!).execute()
  await world.db.updateTable('schoolings').set({ until_day: day }).execute()
}
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

describe('an erasure that began, of which there is no note', () => {
  test('has not begun: a list that takes no note leaves no mark', async () => {
    await leave('2027-06-30')
    world.clock.at = new Date('2028-09-01T02:00:00Z')
    const keep = () => {
      throw new Error('full')
    }
    expect(await forgetStudents({ ...world, erased: { keep, all: () => [] } }, 10)).toBe(0)
    expect(await row()).toMatchObject({ family_name: 'Kerguélen', erasure_began_at: null })
    expect((await row()).erasure_failed_at).not.toBeNull()
  })

  test('takes nobody along who is at school again, and its mark is taken back', async () => {
    const began = { erasure_began_at: '2026-11-20T02:00:00.000Z' }
    await world.db.updateTable('students').set(began).execute()
    await world.db.updateTable('schoolings').set({ until_day: null }).execute()
    expect(await studentsWhoLeft(world)).toEqual([])
    expect(await forgetStudents(world, 10)).toBe(0)
    expect(await row()).toMatchObject({ family_name: 'Kerguélen', erasure_began_at: null })
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
    // Without an address: nobody is to be warned first.
    const account = world.db.updateTable('persons').set({ email: null })
    await account.where('id', '=', story.tutor.personId!).execute()
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
    const warned = { email: 'tutor@example.org', forgetting_told_on: '2027-11-01' }
    const account = world.db.updateTable('persons').set(warned)
    await account.where('id', '=', story.tutor.personId!).execute()
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
