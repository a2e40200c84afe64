import { findLinkOf, saveLink } from '../../../src/people/private-contact/store.js'
import { beforeEach, describe, expect, test } from 'vitest'
import { refuseErasure } from '../../../src/issuer/rights/decide-erasure.js'
import { insertReadings } from '../../../src/mentoring/students/readings-store.js'
import { askErasure } from '../../../src/issuer/rights/ask-erasure.js'
import { applyRetention, lastForgottenDay, seeDue } from '../../../src/issuer/rights/retention.js'
import { seeOpenRequests } from '../../../src/issuer/rights/see-rights.js'
import { AGED } from '../../../src/issuer/rights/retention.data.js'
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
