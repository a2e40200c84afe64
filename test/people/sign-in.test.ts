import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { endRole } from '../../src/people/assign-role.js'
import { OPERATOR } from '../../src/people/operator.js'
import { assertStrongPassword, hashPassword, isPassword } from '../../src/people/passwords.js'
import { readSession, sessionCookie } from '../../src/people/sessions.js'
import { pauseBefore, signIn } from '../../src/people/sign-in.js'
import { signOut } from '../../src/people/sign-out.js'
import type { Organisation, Person } from '../../src/people/store.js'
import { HOUR, MINUTE, openWorld, SECOND, type World } from '../support/world.js'
import { aLycee, auditOf, PASSWORD, refusalOf, somebody } from './people.js'

const EMAIL = 'camille@lycee.example'
let world: World
let lycee: Organisation
let person: Person

beforeEach(async () => {
  world = await openWorld()
  lycee = await aLycee(world)
  person = await somebody(world, EMAIL, { role: 'school-staff', organisationId: lycee.id })
})

const enter = (password = PASSWORD, email = EMAIL) => signIn(world, { email, password })

describe('signing in', () => {
  test('opens a session for the person, with their roles', async () => {
    const session = await readSession(world, await enter())
    expect(session).toMatchObject({
      actor: {
        personId: person.id,
        via: 'session',
        assignments: [{ role: 'school-staff', organisationId: lycee.id }],
      },
      name: 'Camille Martin',
    })
    expect(await auditOf(world)).toContain('sign-in.done')
  })

  test('reads the address whatever its capitals', async () => {
    expect(await enter(PASSWORD, ' Camille@Lycee.example ')).toMatch(/^[\w-]{43}$/)
  })

  test('keeps of the session’s secret only its hash', async () => {
    const token = await enter()
    expect(JSON.stringify(await world.db.selectFrom('web_sessions').selectAll().execute()))
      .not //
      .toContain(token)
  })

  test('AU-01 makes a new session, and the one before is dead', async () => {
    const before = await enter()
    const after = await signIn(world, { email: EMAIL, password: PASSWORD, oldToken: before })
    expect(after).not.toBe(before)
    expect(await readSession(world, before)).toBeUndefined()
    expect(await readSession(world, after)).toBeDefined()
  })

  test('EM-05 is refused in the same words for a wrong password and for an unknown address', async () => {
    const wrong = await refusalOf(enter('wrong'))
    const unknown = await refusalOf(enter(PASSWORD, 'nobody@lycee.example'))
    expect(wrong.code).toBe('wrong-credentials')
    expect(unknown.code).toBe('wrong-credentials')
    expect(unknown.words).toEqual(wrong.words)
  })

  test('does the same hashing for an unknown address, for nobody’s hash is never right', async () => {
    expect(await isPassword(undefined, 'the password of nobody')).toBe(false)
    expect(await isPassword(null, '')).toBe(false)
  })

  test('is told to come back where hundreds wait for a password to be looked at, and all others are let in', async () => {
    const tries = Array.from({ length: 220 }, () => isPassword(null, 'x'))
    const ends = await Promise.allSettled(tries)
    const sent = ends.filter(({ status }) => status === 'rejected')
    expect(sent.length).toBeGreaterThan(0)
    expect(sent.length).toBeLessThan(20)
    expect(sent[0]).toMatchObject({ reason: { code: 'overloaded' } })
    expect(await isPassword(await hashPassword(PASSWORD), PASSWORD)).toBe(true)
  })

  test('is refused to a disabled person, whose sessions are dead', async () => {
    const token = await enter()
    await world.db.updateTable('persons').set({ disabled_at: world.now().toISOString() }).execute()
    expect(await readSession(world, token)).toBeUndefined()
    expect((await refusalOf(enter())).code).toBe('wrong-credentials')
  })
})

describe('AU-07 after ten wrong passwords', () => {
  beforeEach(async () => {
    for (let tried = 0; tried < 10; tried++) await refusalOf(enter('wrong'))
  })

  test('the eleventh try waits, even with the right password, and says how long', async () => {
    const error = await refusalOf(enter())
    expect(error.code).toBe('too-many-requests')
    expect(error.words.fr).toContain('30 secondes')
  })

  test('the owner gets in after the pause, however much others knocked meanwhile', async () => {
    for (let second = 0; second < 29; second++) {
      world.clock.advance(SECOND)
      await refusalOf(enter('wrong'))
    }
    world.clock.advance(SECOND)
    expect(await enter()).toMatch(/^[\w-]{43}$/)
  })

  test('another account is not slowed down', async () => {
    await somebody(world, 'b@lycee.example', { role: 'school-staff', organisationId: lycee.id })
    expect(await enter(PASSWORD, 'b@lycee.example')).toMatch(/^[\w-]{43}$/)
  })

  test('everything is forgotten after a quarter of an hour', async () => {
    world.clock.advance(15 * MINUTE)
    expect((await refusalOf(enter('wrong'))).code).toBe('wrong-credentials')
    expect((await refusalOf(enter('wrong'))).code).toBe('wrong-credentials')
  })

  test('no try is kept longer than it counts', async () => {
    world.clock.advance(15 * MINUTE)
    await refusalOf(enter('wrong', 'other@lycee.example'))
    const kept = await world.db.selectFrom('sign_in_attempts').selectAll().execute()
    expect(kept).toHaveLength(1)
    expect(JSON.stringify(kept)).not.toContain('lycee.example')
  })

  test('ten tries sent at once count as ten', async () => {
    world.clock.advance(15 * MINUTE)
    const codes = await Promise.all(
      Array.from({ length: 12 }, async () => (await refusalOf(enter('wrong'))).code),
    )
    expect(codes.filter((code) => code === 'wrong-credentials')).toHaveLength(10)
  })
})

test('nine tries cost no pause', () => {
  const now = new Date('2026-11-24T11:00:00Z')
  const tries = (count: number) => Array<string>(count).fill(now.toISOString())
  expect(pauseBefore(tries(9), now)).toBe(0)
  expect(pauseBefore(tries(10), now)).toBe(30_000)
})

describe('a session', () => {
  test('AU-04 loses a role at the next request', async () => {
    const token = await enter()
    await endRole(world, OPERATOR, {
      personId: person.id,
      role: 'school-staff',
      organisationId: lycee.id,
    })
    expect((await readSession(world, token))?.actor.assignments).toEqual([])
  })

  test('of staff ends after half an hour without a request, not sooner', async () => {
    const token = await enter()
    for (let request = 0; request < 4; request++) {
      world.clock.advance(29 * MINUTE)
      expect(await readSession(world, token)).toBeDefined()
    }
    world.clock.advance(30 * MINUTE)
    expect(await readSession(world, token)).toBeUndefined()
  })

  test('of a student ends after two hours without a request', async () => {
    await somebody(world, 'e@lycee.example', { role: 'student', organisationId: lycee.id })
    const token = await enter(PASSWORD, 'e@lycee.example')
    world.clock.advance(119 * MINUTE)
    expect(await readSession(world, token)).toBeDefined()
    world.clock.advance(2 * HOUR)
    expect(await readSession(world, token)).toBeUndefined()
  })

  test.each([
    ['school-staff', 30 * MINUTE],
    ['student', 2 * HOUR],
  ] as const)('of %s lies idle to the second of its limit', async (role, limit) => {
    await somebody(world, 'i@lycee.example', { role, organisationId: lycee.id })
    const [one, other] = [
      await enter(PASSWORD, 'i@lycee.example'),
      await enter(PASSWORD, 'i@lycee.example'),
    ]
    world.clock.advance(limit - SECOND)
    expect(await readSession(world, one)).toBeDefined()
    world.clock.advance(SECOND)
    expect(await readSession(world, other)).toBeUndefined()
  })

  test('ends twelve hours after it began to the second, however much it is used', async () => {
    const token = await enter()
    for (let elapsed = 0; elapsed < 12 * HOUR - 20 * MINUTE; elapsed += 20 * MINUTE) {
      world.clock.advance(20 * MINUTE)
      await readSession(world, token)
    }
    world.clock.advance(20 * MINUTE - SECOND)
    expect(await readSession(world, token)).toBeDefined()
    world.clock.advance(SECOND)
    expect(await readSession(world, token)).toBeUndefined()
  })

  test('RL-11 that a clock which was ahead has opened does not last until then', async () => {
    world.clock.advance(365 * 24 * HOUR)
    const token = await enter()
    world.clock.advance(-365 * 24 * HOUR)
    expect(await readSession(world, token)).toBeUndefined()
    const now = await enter()
    world.clock.advance(-5 * MINUTE)
    expect(await readSession(world, now)).toBeDefined()
  })

  test('is dead after signing out, and signing out twice is no error', async () => {
    const token = await enter()
    const { actor } = (await readSession(world, token))!
    await signOut(world, actor, token)
    await signOut(world, actor, token)
    expect(await readSession(world, token)).toBeUndefined()
    expect((await auditOf(world)).filter((action) => action === 'sign-out.done')).toHaveLength(1)
  })

  test('AU-03 has a cookie that no other host can set and no script can read', () => {
    expect(sessionCookie('https://sceau.example')).toEqual({
      name: '__Host-s',
      options: { httpOnly: true, sameSite: 'lax', path: '/', secure: true },
    })
    expect(sessionCookie('http://localhost:3000').name).toBe('s')
  })
})

describe('a password', () => {
  test.each(['Onze-signes1', 'QuatorzeSignes1', 'la petite brouette verte monte la colline'])(
    '“%s” is strong enough',
    (password) => {
      expect(() => assertStrongPassword(password)).not.toThrow()
    },
  )

  test.each([
    'Court-1a',
    'toutenminuscules1',
    'SansChiffreNiSigne',
    'Douzesignes1',
    'a b c d e f g',
  ])('“%s” is too weak', (password) => {
    expect(() => assertStrongPassword(password)).toThrow(/too easy/)
  })

  test('longer than 256 characters is refused before it costs anything', () => {
    expect(() => assertStrongPassword('Aa1-'.repeat(65))).toThrow(/256/)
  })

  let hash: string
  beforeAll(async () => {
    hash = await hashPassword(PASSWORD)
  })

  test('is kept as Argon2id with 19 MiB, two passes and one lane', () => {
    expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
  })

  test('is the same however its accents were typed', async () => {
    const composed = await hashPassword('Été-à-la-plage-1'.normalize('NFC'))
    expect(await isPassword(composed, 'Été-à-la-plage-1'.normalize('NFD'))).toBe(true)
    expect(await isPassword(hash, `${PASSWORD} `)).toBe(false)
  })
})
