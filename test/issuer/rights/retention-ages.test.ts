import { findLinkOf, saveLink } from '../../../src/people/private-contact/store.js'
import { beforeEach, describe, expect, test } from 'vitest'
import { insertReadings } from '../../../src/mentoring/students/readings-store.js'
import { applyRetention, seeDue } from '../../../src/issuer/rights/retention.js'
import { AGED } from '../../../src/issuer/rights/retention.data.js'
import { issue, type Issued } from '../share-story.js'
import { DAY, openWorld, type World } from '../../support/world.js'

let world: World
let story: Issued
beforeEach(async () => {
  world = await openWorld()
  story = await issue(world)
})
const row = () => world.db.selectFrom('students').selectAll().executeTakeFirstOrThrow()
const found = async (code: string) => (await seeDue(world)).find((one) => one.code === code)?.found

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
