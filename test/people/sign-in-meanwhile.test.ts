import { beforeEach, describe, expect, test } from 'vitest'
import type { Actor } from '../../src/context.js'
import { acceptInvitation, invite } from '../../src/people/accept-invitation.js'
import { savePassword } from '../../src/people/access-store.js'
import { OPERATOR } from '../../src/people/operator.js'
import { stepUp } from '../../src/people/passkeys/step-up.js'
import { hashPassword, isPassword } from '../../src/people/passwords.js'
import { contactHash } from '../../src/people/private-contact/rules.js'
import { deleteContact, saveContact } from '../../src/people/private-contact/store.js'
import { endRole } from '../../src/people/assign-role.js'
import { signIn } from '../../src/people/sign-in.js'
import type { Person } from '../../src/people/store.js'
import { openWorld, type World } from '../support/world.js'
import { aLycee, asActor, auditOf, PASSWORD, refusalOf, somebody } from './people.js'

const EMAIL = 'camille@lycee.example'
const OTHER = 'Un-autre-mot-de-passe-2'
let world: World
let person: Person
let schoolId: number
let actor: Actor

beforeEach(async () => {
  world = await openWorld()
  schoolId = (await aLycee(world)).id
  person = await somebody(world, EMAIL, { role: 'school-staff', organisationId: schoolId })
  actor = await asActor(world, person)
})

/** A world in which something happens just before a transaction: the try is counted in the first, the act is the next. */
function changed(meanwhile: () => Promise<unknown>, before = 2): World {
  let begun = 0
  const transaction = () => {
    const builder = world.db.transaction()
    const execute: typeof builder.execute = async (act) => {
      begun += 1
      if (begun === before) await meanwhile()
      return builder.execute(act)
    }
    return { execute }
  }
  const db = new Proxy(world.db, {
    get(target, key) {
      if (key === 'transaction') return transaction
      const value: unknown = Reflect.get(target, key, target)
      return typeof value === 'function' ? (value.bind(target) as unknown) : value
    },
  })
  return { ...world, db }
}

const close = () =>
  world.db
    .updateTable('persons')
    .set({ disabled_at: world.now().toISOString() })
    .where('id', '=', person.id)
    .execute()
const choose = async (password: string) =>
  savePassword(world.db, person.id, await hashPassword(password))
const move = () =>
  world.db
    .updateTable('persons')
    .set({ email: 'other@lycee.example' })
    .where('id', '=', person.id)
    .execute()
const sessions = () => world.db.selectFrom('web_sessions').select('id').execute()

describe('AU-07 between the look at a password and the session', () => {
  test.each([
    ['the account is closed', close],
    ['another password is chosen', () => choose(OTHER)],
    ['the same password is chosen anew', () => choose(PASSWORD)],
    ['the address becomes another’s', move],
  ])('%s: nobody comes in, and the audit says that a sign-in was refused', async (_, meanwhile) => {
    const entered = signIn(changed(meanwhile), { email: EMAIL, password: PASSWORD })
    expect((await refusalOf(entered)).code).toBe('wrong-credentials')
    expect(await sessions()).toEqual([])
    const audit = await auditOf(world)
    expect(audit).toContain('sign-in.refused')
    expect(audit).not.toContain('sign-in.done')
    // The try stays counted.
    expect(await world.db.selectFrom('sign_in_attempts').select('at').execute()).toHaveLength(1)
  })

  test('nothing happens: they come in', async () => {
    const meanwhile = async () => undefined
    await signIn(changed(meanwhile), { email: EMAIL, password: PASSWORD })
    expect(await sessions()).toHaveLength(1)
  })

  test('a private address is taken away: it opens nothing any more', async () => {
    const address = 'camille@home.example'
    const given = {
      address_hash: contactHash(world, address),
      address_sealed: world.vault.seal(address),
      confirmed_at: world.now().toISOString(),
    }
    const role = { role: 'school-staff', organisationId: schoolId } as const
    await endRole(world, OPERATOR, { personId: person.id, ...role })
    await saveContact(world.db, person.id, given)
    const by = { email: address, password: PASSWORD }
    await signIn(world, by)
    const meanwhile = () => deleteContact(world.db, person.id)
    expect((await refusalOf(signIn(changed(meanwhile), by))).code).toBe('wrong-credentials')
    expect(await sessions()).toHaveLength(1)
  })
})

test.each([
  ['another password is chosen', () => choose(OTHER)],
  ['the account is closed', close],
])('in a step-up, %s: nothing is proven', async (_, meanwhile) => {
  const token = await signIn(world, { email: EMAIL, password: PASSWORD })
  const shown = { password: PASSWORD }
  expect((await refusalOf(stepUp(changed(meanwhile), actor, token, shown))).code).toBe(
    'wrong-credentials',
  )
  expect(await auditOf(world)).not.toContain('step-up.done')
})

test('EM-03 a link whose account is closed while its password is hashed chooses none', async () => {
  const url = await invite(world, OPERATOR, person.id)
  const token = url.split('/set-up/')[1]!
  const chosen = acceptInvitation(changed(close, 1), token, OTHER)
  expect((await refusalOf(chosen)).code).toBe('gone')
  const { password_hash } = await world.db
    .selectFrom('persons')
    .select('password_hash')
    .where('id', '=', person.id)
    .executeTakeFirstOrThrow()
  expect(await isPassword(password_hash, PASSWORD)).toBe(true)
})
