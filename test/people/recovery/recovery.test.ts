import { beforeEach, describe, expect, test } from 'vitest'
import { loadConfig } from '../../../src/config.js'
import type { Role } from '../../../src/context.js'
import { assignRole } from '../../../src/people/assign-role.js'
import { OPERATOR } from '../../../src/people/operator.js'
import {
  confirmRecovery,
  readRecovery,
  seeRecoveries,
  useRecovery,
} from '../../../src/people/recovery/recover.js'
import { askRecovery } from '../../../src/people/recovery/ask-recovery.js'
import { areEnough, mayBeOne, type Concerned } from '../../../src/people/recovery/rules.js'
import { listConcerned } from '../../../src/people/recovery/store.js'
import { readSession } from '../../../src/people/sessions.js'
import { signIn } from '../../../src/people/sign-in.js'
import type { Person } from '../../../src/people/store.js'
import { STORES } from '../../support/dialects.js'
import { HOUR, openWorld, SECOND, type World } from '../../support/world.js'
import { softAuthenticator } from '../passkeys/soft-authenticator.js'
import { registered } from '../passkeys/story.js'
import { askAndTake } from './story.js'
import { watched } from '../../support/queries.js'
import { aCompany, aLycee, asActor, auditOf, PASSWORD, refusalOf, somebody } from '../people.js'

const OTHER = 'Un-autre-mot-de-passe-2'
const LOST = 'lost@lycee.example'
let world: World
let lyceeId: number
let lost: Person
let approver: Person
let teacher: Person
let stranger: Person

async function open(changes: Parameters<typeof openWorld>[0] = {}) {
  const settings = { NODE_ENV: 'test', PUBLIC_URL: 'https://sceau.example' }
  world = await openWorld({ config: loadConfig(settings), ...changes })
  lyceeId = (await aLycee(world)).id
  const other = await aLycee(world, 'Lycée DÉMO', '9990002Y')
  const at = (role: Role, organisationId: number | null = lyceeId) => ({ role, organisationId })
  lost = await somebody(world, LOST, at('school-approver'))
  approver = await somebody(world, 'approver@lycee.example', at('school-approver'))
  teacher = await somebody(world, 'teacher@lycee.example', at('school-staff'))
  stranger = await somebody(world, 'head@demo.example', at('school-approver', other.id))
}
beforeEach(() => open())

const asked = async (email = LOST) => {
  await askAndTake(world, email)
  const rows = await world.db.selectFrom('recoveries').selectAll().orderBy('id').execute()
  return rows.at(-1)!.public_id
}
const confirm = async (person: Person, id: string) =>
  confirmRecovery(world, await asActor(world, person), id)
async function linked(): Promise<string> {
  const id = await asked()
  await confirm(teacher, id)
  return (await confirm(approver, id))!.split('/').at(-1)!
}
const mails = () => world.db.selectFrom('outbox_mails').select('to_person_id').execute()

describe.each(STORES)('on $name', (store) => {
  test('two people of the school let somebody in; all that let them in before is gone', async () => {
    await open({ db: await store.open() })
    const session = await registered(world, LOST, softAuthenticator())
    await world.db
      .insertInto('identities')
      .values({
        ...{ public_id: 'i', person_id: lost.id, issuer: 'https://idp.example', subject: 's' },
        created_at: '2026-11-01T00:00:00.000Z',
      })
      .execute()
    const id = await asked()
    expect(await confirm(teacher, id)).toBeUndefined()
    const link = await confirm(approver, id)
    expect(link).toMatch(/^https:\/\/sceau\.example\/recover\/[\w-]{43}$/)
    const token = link!.split('/').at(-1)!
    await useRecovery(world, token, OTHER)
    expect(await readSession(world, session)).toBeUndefined()
    expect(await world.db.selectFrom('passkeys').selectAll().execute()).toEqual([])
    expect(await world.db.selectFrom('identities').selectAll().execute()).toEqual([])
    await signIn(world, { email: LOST, password: OTHER })
    const old = signIn(world, { email: LOST, password: PASSWORD })
    expect((await refusalOf(old)).code).toBe('wrong-credentials')
    expect((await refusalOf(useRecovery(world, token, OTHER))).code).toBe('gone')
    expect((await auditOf(world)).filter((action) => action.startsWith('recovery.'))).toEqual([
      'recovery.asked',
      'recovery.confirmed',
      'recovery.seconded',
      'recovery.used',
    ])
    // Of the passkey, and three of the recovery.
    expect(await mails()).toEqual(Array(4).fill({ to_person_id: lost.id }))
    await world.db.destroy()
  })

  test('of two who second at once, one makes the link', async () => {
    await open({ db: await store.open() })
    const id = await asked()
    await confirm(teacher, id)
    const third = await somebody(world, 'c@lycee.example', {
      ...{ role: 'school-approver', organisationId: lyceeId },
    })
    const both = await Promise.allSettled([confirm(approver, id), confirm(third, id)])
    expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    await world.db.destroy()
  })
})

describe('a confirmation is refused', () => {
  test('to one person twice', async () => {
    const id = await asked()
    await confirm(approver, id)
    expect((await refusalOf(confirm(approver, id))).code).toBe('rule-refused')
  })

  test('to whoever asked', async () => {
    const id = await asked()
    expect((await refusalOf(confirm(lost, id))).code).toBe('rule-refused')
    await confirm(teacher, id)
    expect((await refusalOf(confirm(lost, id))).code).toBe('rule-refused')
  })

  test('without a passkey shown lately, to the first as to the second', async () => {
    const id = await asked()
    const idle = async (person: Person) => ({
      ...(await asActor(world, person)),
      mustStepUp: true as const,
    })
    const tried = confirmRecovery(world, await idle(teacher), id)
    expect((await refusalOf(tried)).code).toBe('step-up-required')
    await confirm(teacher, id)
    const second = confirmRecovery(world, await idle(approver), id)
    expect((await refusalOf(second)).code).toBe('step-up-required')
  })

  test('to a program, and to another school, for which it is not there', async () => {
    const id = await asked()
    const token = { ...(await asActor(world, approver)), via: 'token' as const }
    expect((await refusalOf(confirmRecovery(world, token, id))).code).toBe('not-found')
    expect((await refusalOf(confirm(stranger, id))).code).toBe('not-found')
    expect(await seeRecoveries(world, await asActor(world, stranger))).toEqual([])
  })

  test('to two of whom none approves', async () => {
    const id = await asked()
    const colleague = await somebody(world, 'd@lycee.example', {
      ...{ role: 'school-staff', organisationId: lyceeId },
    })
    await confirm(teacher, id)
    expect((await refusalOf(confirm(colleague, id))).code).toBe('rule-refused')
    expect(await confirm(approver, id)).toBeDefined()
  })

  test('to a second, when the first has their function no more', async () => {
    const id = await asked()
    await confirm(teacher, id)
    await world.db
      .updateTable('role_assignments')
      .set({ until_day: '2026-11-23' })
      .where('person_id', '=', teacher.id)
      .execute()
    expect((await refusalOf(confirm(approver, id))).code).toBe('rule-refused')
  })

  test('after 48 hours, and not a second before', async () => {
    const id = await asked()
    world.clock.advance(48 * HOUR - SECOND)
    await confirm(teacher, id)
    world.clock.advance(SECOND)
    expect((await refusalOf(confirm(approver, id))).code).toBe('not-found')
  })
})

describe('the link', () => {
  test('lives 24 hours', async () => {
    const token = await linked()
    world.clock.advance(24 * HOUR - SECOND)
    expect((await readRecovery(world, token)).person.id).toBe(lost.id)
    world.clock.advance(SECOND)
    expect((await refusalOf(useRecovery(world, token, OTHER))).code).toBe('gone')
  })

  test('is not used up by a weak password, nor by being looked at; the store has its hash', async () => {
    const token = await linked()
    await readRecovery(world, token)
    expect((await refusalOf(useRecovery(world, token, 'azerty'))).code).toBe('invalid-request')
    const kept = await world.db.selectFrom('recoveries').selectAll().execute()
    expect(JSON.stringify(kept)).not.toContain(token)
    await useRecovery(world, token, OTHER)
  })
})

describe('asking', () => {
  test('for an address that nobody has says and makes nothing; twice is once', async () => {
    await askAndTake(world, 'nobody@lycee.example')
    expect(await world.db.selectFrom('recoveries').selectAll().execute()).toEqual([])
    await askAndTake(world, LOST)
    await askAndTake(world, ` ${LOST.toUpperCase()}`)
    expect(await world.db.selectFrom('recoveries').selectAll().execute()).toHaveLength(1)
    expect(await mails()).toHaveLength(1)
  })

  test('EM-05 does the same work for an address with an account, one whose owner has asked, and one without', async () => {
    const workFor = async (email: string) => {
      const { ctx, queries } = watched(world)
      await askRecovery(ctx, email)
      return queries
    }
    const known = await workFor(LOST)
    expect(known.length).toBeGreaterThan(3)
    expect(await workFor('nobody@lycee.example')).toEqual(known)
    await askAndTake(world, LOST)
    expect(await workFor(LOST)).toEqual(known)
    // The job says whose it is by a random id, and nothing of who has no account.
    const jobs = world.db.selectFrom('jobs').select('payload').where('kind', '=', 'take-recovery')
    expect((await jobs.execute()).map(({ payload }) => JSON.parse(payload))).toContainEqual({
      person: null,
    })
    expect(JSON.stringify(await jobs.execute())).not.toContain('@')
  })

  test('is seen by those who may confirm, without what they have done', async () => {
    await asked()
    const seen = async (person: Person) =>
      (await seeRecoveries(world, await asActor(world, person))).map(({ firstDone }) => firstDone)
    expect([await seen(teacher), await seen(approver), await seen(lost)]).toEqual([
      [false],
      [false],
      [],
    ])
    const [one] = await seeRecoveries(world, await asActor(world, teacher))
    await confirm(teacher, one!.id)
    expect([await seen(teacher), await seen(approver)]).toEqual([[], [true]])
  })

  test('is seen however many others wait that somebody else confirms', async () => {
    const schools = world.db.selectFrom('organisations').select('id').where('uai', '=', '9990002Y')
    const other = await schools.executeTakeFirstOrThrow()
    const at = { asked_at: '2026-11-24', expires_at: '2026-11-27' }
    for (let one = 0; one < 201; one += 1) {
      const person = { public_id: `x${one}`, given_name: 'A', family_name: 'B', created_at: 'x' }
      const inserted = world.db.insertInto('persons').values(person).returning('id')
      const { id: person_id } = await inserted.executeTakeFirstOrThrow()
      const held = { person_id, role: 'school-staff', organisation_id: other.id }
      await world.db
        .insertInto('role_assignments')
        .values({ ...held, from_day: '2026-09-01' })
        .execute()
      await world.db
        .insertInto('recoveries')
        .values({ ...at, public_id: `x${one}`, person_id })
        .execute()
    }
    const waits = await asked()
    const held = { role: 'platform-admin', organisationId: null } as const
    const platform = await somebody(world, 'p@sceau.example', held)
    const another = await somebody(world, 'q@sceau.example', held)
    const platforms = await asked('q@sceau.example')
    const seenBy = async (person: Person) =>
      (await seeRecoveries(world, await asActor(world, person))).map(({ id }) => id)
    expect(await seenBy(teacher)).toEqual([waits])
    expect(await seenBy(platform)).toEqual([platforms])
    expect(await seenBy(another)).toEqual([])
  })

  test('of a person of a company is confirmed by its administrator and the platform’s', async () => {
    const company = await aCompany(world)
    const at = (role: Role) => ({ role, organisationId: company.id })
    await somebody(world, 'tutor@c.example', at('company-endorser'))
    const admin = await somebody(world, 'admin@c.example', at('company-admin'))
    const second = await somebody(world, 'admin2@c.example', at('company-admin'))
    const held = { role: 'platform-admin', organisationId: null } as const
    const platform = await somebody(world, 'p@sceau.example', held)
    const id = await asked('tutor@c.example')
    expect((await refusalOf(confirm(approver, id))).code).toBe('not-found')
    await confirm(admin, id)
    expect((await refusalOf(confirm(second, id))).code).toBe('rule-refused')
    expect(await confirm(platform, id)).toBeDefined()
  })

  test('of the last person of a company is confirmed from outside; not while another one of it can sign in', async () => {
    const company = await aCompany(world)
    const at = (role: Role) => ({ role, organisationId: company.id })
    const admin = await somebody(world, 'admin@c.example', at('company-admin'))
    const other = await somebody(world, 'tutor@c.example', at('company-endorser'))
    const held = { role: 'platform-admin', organisationId: null } as const
    const platform = await somebody(world, 'p@sceau.example', held)
    const id = await asked('admin@c.example')
    const concerned = () => listConcerned(world.db, admin.id, '2026-11-24')
    expect(await concerned()).toMatchObject([{ kind: 'company', others: ['company-endorser'] }])
    await confirm(platform, id)
    expect(await confirm(other, id)).toBeDefined()
    await world.db
      .updateTable('persons')
      .set({ disabled_at: 'x' })
      .where('id', '=', other.id)
      .execute()
    expect(await concerned()).toMatchObject([{ others: [] }])
    await world.db
      .updateTable('persons')
      .set({ disabled_at: null, password_hash: null })
      .where('id', '=', other.id)
      .execute()
    expect(await concerned()).toMatchObject([{ others: [] }])
  })

  test('of a person of two organisations takes a function in each', async () => {
    const company = await aCompany(world)
    const role = { role: 'company-admin', organisationId: company.id } as const
    await assignRole(world, OPERATOR, { personId: lost.id, ...role })
    const id = await asked()
    expect((await refusalOf(confirm(approver, id))).code).toBe('not-found')
  })
})

describe('the rule of two', () => {
  const school: Concerned = { id: 1, kind: 'lycee' }
  const company: Concerned = {
    id: 2,
    kind: 'company',
    others: ['company-endorser', 'company-admin'],
  }
  const tutors: Concerned = { ...company, others: ['company-endorser'] }
  const alone: Concerned = { ...company, others: [] }
  const other: Concerned = { id: 3, kind: 'other' }
  const who = (role: Role, organisationId: number | null, liaisonOf: number[] = []) => ({
    ...{ assignments: [{ role, organisationId }], liaisonOf },
  })
  const platform = who('platform-admin', null)
  const officer = who('liaison-officer', 1, [2])

  test.each([
    [[school], who('school-approver', 1), who('school-approver', 1), true],
    [[school], who('school-staff', 1), who('school-approver', 1), true],
    [[school], officer, who('school-approver', 1), true],
    [[school], who('school-staff', 1), officer, false],
    [[school], platform, who('school-approver', 1), false],
    [[school], who('school-approver', 9), who('school-approver', 1), false],
    [[company], who('company-admin', 2), officer, true],
    [[company], who('company-admin', 2), platform, true],
    [[company], officer, platform, false],
    [[company], who('company-endorser', 2), platform, false],
    [[tutors], officer, platform, false],
    [[tutors], who('company-endorser', 2), platform, true],
    [[tutors], who('company-endorser', 2), officer, true],
    [[tutors], who('company-endorser', 9), officer, false],
    [[alone], officer, platform, true],
    [[alone], officer, officer, false],
    [[alone], platform, platform, false],
    [[company], who('company-admin', 2), who('company-admin', 2), false],
    [[company], who('company-admin', 2), who('liaison-officer', 1), false],
    [[company], who('company-admin', 2), who('company-endorser', 2), false],
    [[other], platform, platform, true],
    [[other], platform, who('scheme-coordinator', 3), false],
    [[school, company], who('school-approver', 1), who('school-staff', 1), false],
  ])('%j: %j and %j: %s', (concerned, first, second, enough) => {
    expect(areEnough(concerned, first, second)).toBe(enough)
    expect(areEnough(concerned, second, first)).toBe(enough)
    if (enough)
      expect([mayBeOne(concerned, first), mayBeOne(concerned, second)]).toEqual([true, true])
  })
})
