import { beforeEach, describe, expect, test } from 'vitest'
import { loadConfig } from '../../../src/config.js'
import { askToRegister, askToSignIn } from '../../../src/people/passkeys/ask-passkey.js'
import { removePasskey, renamePasskey } from '../../../src/people/passkeys/change-passkeys.js'
import { wentBack } from '../../../src/people/passkeys/check-passkey.js'
import { assertMayRemove, toPasskeyName } from '../../../src/people/passkeys/rules.js'
import { signInByPasskey } from '../../../src/people/passkeys/sign-in-by-passkey.js'
import { stepUp } from '../../../src/people/passkeys/step-up.js'
import { readSession } from '../../../src/people/sessions.js'
import { signIn } from '../../../src/people/sign-in.js'
import type { Person } from '../../../src/people/store.js'
import { watched } from '../../support/queries.js'
import { MINUTE, openWorld, SECOND, type World } from '../../support/world.js'
import { aLycee, PASSWORD, refusalOf, somebody } from '../people.js'
import { softAuthenticator, type Wrong } from './soft-authenticator.js'
import { actorIn, confirmWith, enterWith, register, registered, type Device } from './story.js'

const EMAIL = 'camille@lycee.example'
let world: World
let person: Person
let device: Device

beforeEach(async () => {
  world = await openWorld({
    config: loadConfig({ NODE_ENV: 'test', PUBLIC_URL: 'https://sceau.example' }),
  })
  const { id } = await aLycee(world)
  person = await somebody(world, EMAIL, { role: 'school-approver', organisationId: id })
  device = softAuthenticator()
})

const lines = (action: string) =>
  world.db.selectFrom('audit').selectAll().where('action', '=', action).execute()
const passkeysOf = () => world.db.selectFrom('passkeys').selectAll().orderBy('id').execute()

describe('registering a passkey', () => {
  test('asks for user verification, a discoverable credential and known algorithms, at our own name', async () => {
    const token = await signIn(world, { email: EMAIL, password: PASSWORD })
    const options = await askToRegister(world, await actorIn(world, token), token)
    expect(options.rp.id).toBe('sceau.example')
    expect(options.authenticatorSelection).toMatchObject({
      userVerification: 'required',
      residentKey: 'preferred',
    })
    expect(options.pubKeyCredParams.map(({ alg }) => alg)).toEqual([-8, -7, -257])
    expect(Buffer.from(options.user.id, 'base64url').toString()).toBe(person.publicId)
  })

  test('keeps its public key, tells its owner by mail, and counts as shown', async () => {
    const token = await registered(world, EMAIL, device)
    expect(await passkeysOf()).toMatchObject([
      { name: 'Téléphone', credential_id: device.credentialId, person_id: person.id },
    ])
    expect(await lines('passkey.registered')).toHaveLength(1)
    const mails = await world.db.selectFrom('outbox_mails').selectAll().execute()
    expect(mails).toMatchObject([{ to_person_id: person.id }])
    expect((await actorIn(world, token)).mustStepUp).toBeUndefined()
  })

  test('AU-12 holds its person before it writes, so that no recovery ends every way in but this one', async () => {
    const { ctx, queries } = watched(world)
    await registered(ctx, EMAIL, device)
    const written = queries.indexOf('InsertQuery passkeys')
    expect(written).toBeGreaterThan(0)
    expect(queries[written - 1]).toBe('SelectQuery persons')
  })

  test.each<[string, Wrong]>([
    ['another origin', { origin: 'https://sceau.example.evil.test' }],
    ['another RP id', { rpId: 'evil.test' }],
    ['a user who was not verified', { verified: false }],
    ['a page of another site around it', { crossOrigin: true }],
    ['another challenge', { challenge: 'AAAA' }],
  ])('AU-12 is refused with %s', async (_, wrong) => {
    const error = await refusalOf(registered(world, EMAIL, device, wrong))
    expect(error.code).toBe('invalid-request')
    expect(await passkeysOf()).toEqual([])
  })

  test('is refused for a credential that somebody has', async () => {
    await registered(world, EMAIL, device)
    await somebody(world, 'b@lycee.example', { role: 'platform-admin', organisationId: null })
    expect((await refusalOf(registered(world, 'b@lycee.example', device))).code).toBe('conflict')
  })

  test('waits for the password, once it was typed five minutes ago', async () => {
    const token = await signIn(world, { email: EMAIL, password: PASSWORD })
    world.clock.advance(5 * MINUTE - SECOND)
    const fresh = await register(world, token, device)
    expect(fresh).not.toBe(token)
    const again = await signIn(world, { email: EMAIL, password: PASSWORD })
    world.clock.advance(5 * MINUTE)
    expect((await refusalOf(register(world, again, softAuthenticator()))).code).toBe(
      'step-up-required',
    )
  })

  test('of a second one waits for the first: a password alone adds none', async () => {
    await registered(world, EMAIL, device)
    const token = await signIn(world, { email: EMAIL, password: PASSWORD })
    const second = softAuthenticator()
    expect((await refusalOf(register(world, token, second))).code).toBe('step-up-required')
    await register(world, await confirmWith(world, token, device), second)
    expect(await passkeysOf()).toHaveLength(2)
  })
})

describe('signing in with a passkey', () => {
  beforeEach(async () => {
    await registered(world, EMAIL, device)
  })

  test('needs no address: the passkey says whose it is', async () => {
    const { options } = await askToSignIn(world)
    expect(options.allowCredentials).toEqual([])
    const session = await readSession(world, await enterWith(world, device))
    expect(session?.actor.personId).toBe(person.id)
    expect(session?.actor.mustStepUp).toBeUndefined()
    expect((await passkeysOf())[0]).toMatchObject({ sign_count: 1 })
    expect((await lines('sign-in.done')).at(-1)?.details).toBe('{"by":"passkey"}')
  })

  test.each<[string, Wrong]>([
    ['wrong origin', { origin: 'https://evil.test' }],
    ['wrong scheme', { origin: 'http://sceau.example' }],
    ['wrong RP id', { rpId: 'evil.test' }],
    ['UV flag off', { verified: false }],
    ['foreign challenge', { challenge: 'AAAA' }],
    ['signature of another key', { forged: true }],
    ['page of another site around it', { crossOrigin: true }],
    ['user handle of somebody else', { userHandle: 'somebody-else' }],
  ])('AU-12 is refused: %s', async (_, wrong) => {
    expect((await refusalOf(enterWith(world, device, wrong))).code).toBe('wrong-credentials')
    expect(await lines('passkey.refused')).toHaveLength(1)
    // The same device, with nothing wrong, gets in.
    expect(await enterWith(world, device)).toMatch(/^[\w-]{43}$/)
  })

  test('AU-12 is refused: foreign credential id', async () => {
    const error = await refusalOf(enterWith(world, softAuthenticator()))
    expect(error.code).toBe('wrong-credentials')
    expect((await lines('passkey.refused'))[0]?.details).toBe('{"fault":"unknown"}')
  })

  test('AU-12 is refused: replayed challenge', async () => {
    const { token: half, options } = await askToSignIn(world)
    const answer = device.assert(options)
    await signInByPasskey(world, { answer, half })
    expect((await refusalOf(signInByPasskey(world, { answer, half }))).code).toBe(
      'wrong-credentials',
    )
    const signedAnew = device.assert(options)
    expect((await refusalOf(signInByPasskey(world, { answer: signedAnew, half }))).code).toBe(
      'wrong-credentials',
    )
  })

  test('AU-12 is refused: counter going back, or standing still; the audit tells of whose passkey', async () => {
    await enterWith(world, device, { counter: 7 })
    for (const counter of [6, 7]) {
      const error = await refusalOf(enterWith(world, device, { counter }))
      expect(error.code).toBe('wrong-credentials')
    }
    const [first] = await lines('passkey.refused')
    expect(first).toMatchObject({ subject: person.publicId })
    expect(first?.details).toContain('counter-back')
    expect(await enterWith(world, device, { counter: 8 })).toMatch(/^[\w-]{43}$/)
  })

  test('AU-12 a forged signature does not make the audit speak of a copy', async () => {
    await enterWith(world, device, { counter: 7 })
    await refusalOf(enterWith(world, device, { counter: 1, forged: true }))
    expect((await lines('passkey.refused'))[0]?.details).not.toContain('counter-back')
  })

  test('a challenge is answered within five minutes, by the browser that it was given to', async () => {
    const asked = await askToSignIn(world)
    const elsewhere = await askToSignIn(world)
    const answer = device.assert(asked.options)
    const swapped = signInByPasskey(world, { answer, half: elsewhere.token })
    expect((await refusalOf(swapped)).code).toBe('wrong-credentials')
    world.clock.advance(5 * MINUTE - SECOND)
    expect(await signInByPasskey(world, { answer, half: asked.token })).toMatch(/^[\w-]{43}$/)
    const late = await askToSignIn(world)
    world.clock.advance(5 * MINUTE)
    const tooLate = signInByPasskey(world, {
      answer: device.assert(late.options),
      half: late.token,
    })
    expect((await refusalOf(tooLate)).code).toBe('wrong-credentials')
  })

  test('challenges that nobody answered are forgotten', async () => {
    await askToSignIn(world)
    world.clock.advance(5 * MINUTE)
    await askToSignIn(world)
    expect(await world.db.selectFrom('passkey_challenges').selectAll().execute()).toHaveLength(1)
  })

  test('AU-07 its owner gets in after ten wrong passwords of others', async () => {
    for (let tried = 0; tried < 10; tried++)
      await refusalOf(signIn(world, { email: EMAIL, password: 'wrong' }))
    const late = signIn(world, { email: EMAIL, password: PASSWORD })
    expect((await refusalOf(late)).code).toBe('too-many-requests')
    expect(await enterWith(world, device)).toMatch(/^[\w-]{43}$/)
  })

  test('is refused to a disabled person', async () => {
    await world.db.updateTable('persons').set({ disabled_at: world.now().toISOString() }).execute()
    expect((await refusalOf(enterWith(world, device))).code).toBe('wrong-credentials')
  })

  test('AU-02 who is half signed in has no session', async () => {
    const { token: half } = await askToSignIn(world)
    expect(await readSession(world, half)).toBeUndefined()
  })

  test('what is no answer of a browser is refused', async () => {
    const { token: half } = await askToSignIn(world)
    for (const answer of ['', '{}', '[]', 'null', '{"id":1}', '"', 'é'.repeat(30_000)]) {
      const error = await refusalOf(signInByPasskey(world, { answer, half }))
      expect(error.code).toBe('wrong-credentials')
    }
  })
})

describe('stepping up', () => {
  test('AU-01 gives the session a new id; the old one is dead, its age stays', async () => {
    await registered(world, EMAIL, device)
    const token = await signIn(world, { email: EMAIL, password: PASSWORD })
    expect((await actorIn(world, token)).mustStepUp).toBe(true)
    world.clock.advance(20 * MINUTE)
    const fresh = await confirmWith(world, token, device)
    expect(await readSession(world, token)).toBeUndefined()
    expect((await actorIn(world, fresh)).mustStepUp).toBeUndefined()
    world.clock.advance(5 * MINUTE - SECOND)
    expect((await actorIn(world, fresh)).mustStepUp).toBeUndefined()
    world.clock.advance(SECOND)
    expect((await actorIn(world, fresh)).mustStepUp).toBe(true)
    const all = await world.db.selectFrom('web_sessions').select('created_at').execute()
    expect(all.at(-1)?.created_at).toBe('2026-11-24T11:00:00.000Z')
  })

  test('is refused with the passkey of somebody else', async () => {
    await registered(world, EMAIL, device)
    await somebody(world, 'b@lycee.example', { role: 'platform-admin', organisationId: null })
    const others = softAuthenticator()
    await registered(world, 'b@lycee.example', others)
    const token = await signIn(world, { email: EMAIL, password: PASSWORD })
    expect((await refusalOf(confirmWith(world, token, others))).code).toBe('wrong-credentials')
  })

  test('a password does not serve whoever has a passkey, where passkeys are required', async () => {
    await registered(world, EMAIL, device)
    const token = await signIn(world, { email: EMAIL, password: PASSWORD })
    const actor = await actorIn(world, token)
    const tried = stepUp(world, actor, token, { password: PASSWORD })
    expect((await refusalOf(tried)).code).toBe('rule-refused')
  })

  test('a password serves whoever has none, to register the first, and for nothing else', async () => {
    const token = await signIn(world, { email: EMAIL, password: PASSWORD })
    world.clock.advance(5 * MINUTE)
    const actor = await actorIn(world, token)
    const fresh = await stepUp(world, actor, token, { password: PASSWORD })
    expect((await actorIn(world, fresh)).mustStepUp).toBe(true)
    await register(world, fresh, device)
    expect(await passkeysOf()).toHaveLength(1)
  })

  test('a wrong password is counted like one at the door', async () => {
    world = await openWorld({ db: world.db })
    const token = await signIn(world, { email: EMAIL, password: PASSWORD })
    const actor = await actorIn(world, token)
    const wrong = () => refusalOf(stepUp(world, actor, token, { password: 'wrong' }))
    for (let tried = 0; tried < 10; tried++) expect((await wrong()).code).toBe('wrong-credentials')
    expect((await wrong()).code).toBe('too-many-requests')
  })

  test('where passkeys are not required, a password that was just typed is enough', async () => {
    world = await openWorld({ db: world.db })
    const token = await signIn(world, { email: EMAIL, password: PASSWORD })
    expect((await actorIn(world, token)).mustStepUp).toBeUndefined()
    world.clock.advance(5 * MINUTE)
    const actor = await actorIn(world, token)
    expect(actor.mustStepUp).toBe(true)
    const fresh = await stepUp(world, actor, token, { password: PASSWORD })
    expect((await actorIn(world, fresh)).mustStepUp).toBeUndefined()
  })
})

describe('one’s own passkeys', () => {
  test('have names, and nobody changes those of others', async () => {
    const token = await registered(world, EMAIL, device)
    const actor = await actorIn(world, token)
    const [{ public_id: passkey } = { public_id: '' }] = await passkeysOf()
    await renamePasskey(world, actor, { passkey, name: ' Clé\n du tiroir ' })
    expect((await passkeysOf())[0]?.name).toBe('Clé du tiroir')
    const other = { ...actor, personId: person.id + 1 }
    const tried = renamePasskey(world, other, { passkey, name: 'Mienne' })
    expect((await refusalOf(tried)).code).toBe('not-found')
  })

  test('are removed, but for the last one of a role that must have one', async () => {
    let token = await registered(world, EMAIL, device)
    token = await register(world, token, softAuthenticator())
    const actor = await actorIn(world, token)
    const [first, second] = await passkeysOf()
    await removePasskey(world, actor, token, first!.public_id)
    expect((await refusalOf(enterWith(world, device))).code).toBe('wrong-credentials')
    const last = removePasskey(world, actor, token, second!.public_id)
    expect((await refusalOf(last)).code).toBe('rule-refused')
    expect(await passkeysOf()).toHaveLength(1)
  })

  test.each([
    { left: 1, hasAnother: false, mustHaveOne: true, may: true },
    { left: 0, hasAnother: true, mustHaveOne: false, may: true },
    { left: 0, hasAnother: true, mustHaveOne: true, may: false },
    { left: 0, hasAnother: false, mustHaveOne: false, may: false },
  ])('leave a way in: $left left, another way $hasAnother, needed $mustHaveOne', (one) => {
    const tried = expect(() => assertMayRemove(one.left, one))
    if (one.may) tried.not.toThrow()
    else tried.toThrow(/last passkey/)
  })

  test('have names of 1 to 60 characters', () => {
    expect(toPasskeyName('é'.repeat(60))).toHaveLength(60)
    expect(() => toPasskeyName('é'.repeat(61))).toThrow(/1 to 60/)
    expect(() => toPasskeyName(' \n')).toThrow(/1 to 60/)
  })

  test('AU-12 a counter counts on, unless its authenticator does not count', () => {
    expect([wentBack(0, 0), wentBack(0, 1), wentBack(4, 5)]).toEqual([false, false, false])
    expect([wentBack(4, 4), wentBack(4, 3), wentBack(4, 0)]).toEqual([true, true, true])
  })
})

test('passkeys are required, but in a demo and where it is said', () => {
  expect(loadConfig({}).requirePasskeys).toBe(true)
  expect(loadConfig({ REQUIRE_PASSKEYS: 'off' }).requirePasskeys).toBe(false)
  expect(loadConfig({}, true).requirePasskeys).toBe(false)
  expect(loadConfig({ REQUIRE_PASSKEYS: 'on' }, true).requirePasskeys).toBe(true)
})
