import { beforeEach, describe, expect, test } from 'vitest'
import { assignRole } from '../../../src/people/assign-role.js'
import { createPerson } from '../../../src/people/create-person.js'
import { enterByCode } from '../../../src/people/codes/enter-by-code.js'
import { makeCode, type Card } from '../../../src/people/codes/make-code.js'
import { newPrinted, readPrinted } from '../../../src/people/codes/rules.js'
import { OPERATOR } from '../../../src/people/operator.js'
import { readSession } from '../../../src/people/sessions.js'
import { signIn } from '../../../src/people/sign-in.js'
import { stepUp } from '../../../src/people/passkeys/step-up.js'
import type { Person } from '../../../src/people/store.js'
import { STORES } from '../../support/dialects.js'
import { DAY, openWorld, SECOND, type World } from '../../support/world.js'
import { browser } from '../browser.js'
import { aLycee, auditOf, PASSWORD, refusalOf } from '../people.js'

let world: World
let person: Person
let card: Card

async function open(changes: Parameters<typeof openWorld>[0] = {}) {
  world = await openWorld(changes)
  const { id } = await aLycee(world)
  const held = { role: 'student', organisationId: id } as const
  person = await createPerson(world, OPERATOR, { givenName: 'Ana', familyName: 'Roux', ...held })
  card = await newCard()
}
beforeEach(() => open())

const newCard = () => world.db.transaction().execute((trx) => makeCode(world, trx, person.id))
const enter = (changes: Partial<Card & { password: string }> = {}) =>
  enterByCode(world, { ...card, password: PASSWORD, ...changes })
const WRONG = '2222-2222'

describe('what is printed', () => {
  test('is eight random letters without vowels or look-alikes, each of them as likely', () => {
    const made = Array.from({ length: 500 }, () => newPrinted(world))
    for (const one of made)
      expect(one).toMatch(/^[2-9bcdfghjkmnpqrstvwxz]{4}-[2-9bcdfghjkmnpqrstvwxz]{4}$/)
    expect(new Set(made.join('').replaceAll('-', '')).size).toBe(27)
    expect(new Set(made).size).toBe(500)
    expect(made).not.toContain('aaaa-aaaa')
  })

  test.each([
    ['b3kf-7m2q', 'b3kf-7m2q'],
    [' B3KF 7M2Q ', 'b3kf-7m2q'],
    ['b3kf–7m2q', 'b3kf-7m2q'],
    ['b3kf7m2', undefined],
    ['b3kf7m2qq', undefined],
    ['b3kf-7m2a', undefined],
    ['b3kf7m2q@x.example', undefined],
  ])('%s is read as %s', (typed, read) => {
    expect(readPrinted(typed)).toBe(read)
  })
})

describe.each(STORES)('on $name', (store) => {
  test('a code lets in once, and chooses the password of next time', async () => {
    await open({ db: await store.open() })
    const token = await enter()
    expect((await readSession(world, token))?.name).toBe('Ana Roux')
    expect((await refusalOf(enter())).code).toBe('wrong-credentials')
    await signIn(world, { email: card.identifier.toUpperCase(), password: PASSWORD })
    const again = await newCard()
    expect(again.identifier).toBe(card.identifier)
    expect(again.code).not.toBe(card.code)
    await world.db.destroy()
  })

  test('of several who use one code at once, one gets in', async () => {
    await open({ db: await store.open() })
    const all = await Promise.allSettled([enter(), enter(), enter()])
    expect(all.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    await world.db.destroy()
  })
})

describe('a code', () => {
  test('dies after five wrong tries: the fifth right one gets in, the sixth does not', async () => {
    for (let tries = 1; tries <= 4; tries++) await refusalOf(enter({ code: WRONG }))
    await enter()
    card = await newCard()
    for (let tries = 1; tries <= 5; tries++) await refusalOf(enter({ code: WRONG }))
    expect((await refusalOf(enter())).code).toBe('wrong-credentials')
    expect((await auditOf(world)).filter((one) => one === 'code.refused')).toHaveLength(10)
  })

  test('opens nothing once its holder has another role, and their own record once their school has closed the account', async () => {
    const { id } = await aLycee(world, 'Lycée DÉMO des Érables', '9990002Y')
    const staff = { personId: person.id, role: 'school-staff', organisationId: id } as const
    await assignRole(world, OPERATOR, staff)
    expect((await refusalOf(enter())).code).toBe('wrong-credentials')
    const roles = () => world.db.updateTable('role_assignments')
    await roles().set({ until_day: '2026-11-23' }).where('role', '=', 'school-staff').execute()
    await enter()
    card = await newCard()
    await roles().set({ until_day: '2026-11-23' }).execute()
    await enter()
    card = await newCard()
    await world.db.deleteFrom('role_assignments').where('person_id', '=', person.id).execute()
    expect((await refusalOf(enter())).code).toBe('wrong-credentials')
  })

  test('lives 14 days', async () => {
    world.clock.advance(14 * DAY)
    expect((await refusalOf(enter())).code).toBe('wrong-credentials')
    card = await newCard()
    world.clock.advance(14 * DAY - SECOND)
    expect(await enter()).toMatch(/^[\w-]{43}$/)
  })

  test('dies when there is a newer one', async () => {
    const newer = await newCard()
    expect((await refusalOf(enter())).code).toBe('wrong-credentials')
    expect(await enter({ code: newer.code })).toMatch(/^[\w-]{43}$/)
  })

  test('of somebody else, or of who is disabled, lets nobody in', async () => {
    const other = await createPerson(world, OPERATOR, {
      ...{ givenName: 'Noé', familyName: 'Petit', role: 'student' },
      organisationId: 1,
    })
    const theirs = await world.db.transaction().execute((trx) => makeCode(world, trx, other.id))
    expect((await refusalOf(enter({ code: theirs.code }))).code).toBe('wrong-credentials')
    await world.db.updateTable('persons').set({ disabled_at: '2026-11-01' }).execute()
    expect((await refusalOf(enter())).code).toBe('wrong-credentials')
  })

  test('is not used up, nor counted, by a password that is too weak', async () => {
    for (let tries = 1; tries <= 6; tries++) {
      expect((await refusalOf(enter({ password: 'azerty' }))).code).toBe('invalid-request')
    }
    expect(await enter()).toMatch(/^[\w-]{43}$/)
  })

  test('AU-07 slows who guesses down as a password does', async () => {
    for (let tries = 1; tries <= 10; tries++) await refusalOf(enter({ code: WRONG }))
    expect((await refusalOf(enter({ code: WRONG }))).code).toBe('too-many-requests')
  })

  test('ends the other sessions, and the password that was forgotten', async () => {
    const token = await enter()
    card = await newCard()
    await enter({ password: 'Un-autre-mot-de-passe-2' })
    expect(await readSession(world, token)).toBeUndefined()
    const old = signIn(world, { email: card.identifier, password: PASSWORD })
    expect((await refusalOf(old)).code).toBe('wrong-credentials')
  })

  test('is nowhere in the store, nor in the audit', async () => {
    const kept = await world.db.selectFrom('school_identifiers').selectAll().execute()
    const audit = await world.db.selectFrom('audit').selectAll().execute()
    expect(JSON.stringify(kept)).not.toContain(card.code)
    expect(JSON.stringify(audit)).not.toMatch(new RegExp(`${card.code}|${card.identifier}|Roux`))
  })

  test('who has an identifier confirms with their password as others do', async () => {
    const token = await enter()
    const { actor } = (await readSession(world, token))!
    expect(await stepUp(world, actor, token, { password: PASSWORD })).toMatch(/^[\w-]{43}$/)
  })

  test('has a page: what was typed stays but the password, and one form signs out', async () => {
    const tab = browser(world)
    const wrong = await tab.send('/sign-in/code', { ...card, code: WRONG, password: PASSWORD })
    expect(wrong.status).toBe(401)
    expect(wrong.text).toContain(`value="${card.identifier}"`)
    expect(wrong.text).not.toContain(PASSWORD)
    const done = await tab.send('/sign-in/code', { ...card, password: PASSWORD })
    expect([done.status, done.headers.location]).toEqual([303, '/'])
    const page = await tab.get('/account')
    expect(page.text).toContain('action="/sign-out"')
    await tab.send('/sign-out', {})
    expect((await tab.get('/account')).status).toBe(401)
  })

  test('an identifier without a password signs nobody in', async () => {
    const tried = signIn(world, { email: card.identifier, password: card.code })
    expect((await refusalOf(tried)).code).toBe('wrong-credentials')
  })
})
