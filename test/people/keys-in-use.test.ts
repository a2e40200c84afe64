import fc from 'fast-check'
import request from 'supertest'
import { beforeEach, describe, expect, test } from 'vitest'
import { createApp } from '../../src/app.js'
import type { KeyHandle } from '../../src/context.js'
import { instantOf } from '../../src/people/days.js'
import { activeSigner, ANNOUNCED_MS, KEY_CACHE_SECONDS } from '../../src/people/keys.js'
import { OPERATOR } from '../../src/people/operator.js'
import { destroyKey } from '../../src/people/destroy-key.js'
import { revokeKey } from '../../src/people/revoke-key.js'
import { activateKey, rotateKey } from '../../src/people/rotate-key.js'
import { seeKeys } from '../../src/people/see-keys.js'
import type { Organisation } from '../../src/people/store.js'
import { runNextJob } from '../../src/worker.js'
import { HOUR, MINUTE, openWorld, SECOND, type World } from '../support/world.js'
import { browser } from './browser.js'
import { aCompany, aLycee, asActor, auditOf, PASSWORD, refusalOf, somebody } from './people.js'

let world: World
let lycee: Organisation
beforeEach(async () => {
  world = await openWorld()
  lycee = await aLycee(world)
})

const rotate = async () => (await rotateKey(world, OPERATOR, lycee)).publicKeyMultibase
const signing = async () => (await activeSigner(world, lycee.id)).publicKeyMultibase
const stages = async () => (await seeKeys(world, OPERATOR)).map(({ state }) => state)
const didJson = () => request(createApp(world)).get(`/orgs/${lycee.slug}/did.json`).expect(200)
const published = async () => (await didJson()).body.assertionMethod as string[]

describe('a rotation', () => {
  test('publishes the next key, waits until no copy without it is left, and changes in one step', async () => {
    const old = await signing()
    const next = await rotate()
    expect(await stages()).toEqual(['active', 'announced'])
    const { headers } = await didJson()
    expect(headers['cache-control']).toBe(`public, max-age=${KEY_CACHE_SECONDS}`)
    expect(ANNOUNCED_MS).toBeGreaterThan(KEY_CACHE_SECONDS * SECOND)
    expect((await published()).at(-1)).toContain(next)
    world.clock.advance(ANNOUNCED_MS - 1)
    expect(await runNextJob(world)).toBe(false)
    await expect(activateKey(world, { key: next })).rejects.toThrow('not known everywhere')
    expect(await signing()).toBe(old)
    world.clock.advance(1)
    expect(await runNextJob(world)).toBe(true)
    expect(await stages()).toEqual(['retired', 'active'])
    expect(await signing()).toBe(next)
    expect(await published()).toHaveLength(2)
    expect((await auditOf(world)).slice(-2)).toEqual(['key.announced', 'key.activated'])
  })

  test('is done once, however often its job runs, and one waits at a time', async () => {
    const next = await rotate()
    expect((await refusalOf(rotate())).code).toBe('conflict')
    world.clock.advance(ANNOUNCED_MS)
    await Promise.all(
      [activateKey(world, { key: next }), activateKey(world, { key: next })].map(quiet),
    )
    await activateKey(world, { key: next })
    expect(await stages()).toEqual(['retired', 'active'])
    expect(
      await auditOf(world).then((all) => all.filter((one) => one === 'key.activated')),
    ).toHaveLength(1)
    await rotate()
  })

  test('does not happen with a key whose file is not there', async () => {
    const next = await rotate()
    world.clock.advance(ANNOUNCED_MS)
    const keys = { ...world.keys, has: async (key: KeyHandle) => key.name !== next }
    await expect(activateKey({ ...world, keys }, { key: next })).rejects.toThrow('restore its file')
    expect(await stages()).toEqual(['active', 'announced'])
  })

  test('ends the old key a minute later than it signed last: another node’s clock may be ahead', async () => {
    await rotate()
    world.clock.advance(ANNOUNCED_MS + 500)
    await runNextJob(world)
    const [old] = (await didJson()).body.verificationMethod
    const ahead = Date.parse(old.expires) - world.now().getTime()
    expect(ahead).toBeGreaterThanOrEqual(MINUTE)
    expect(ahead).toBeLessThan(MINUTE + SECOND)
  })

  test('touches no other organisation', async () => {
    const other = await aCompany(world)
    const before = (await activeSigner(world, other.id)).publicKeyMultibase
    await rotate()
    world.clock.advance(ANNOUNCED_MS)
    await runNextJob(world)
    expect((await activeSigner(world, other.id)).publicKeyMultibase).toBe(before)
  })

  test('the store itself lets one key sign and one wait', async () => {
    const insert = (key: string, more = {}) =>
      world.db
        .insertInto('organisation_keys')
        .values({ organisation_id: lycee.id, public_key_multibase: key, created_at: 'x', ...more })
        .execute()
    await expect(insert('second', { activated_at: 'x' })).rejects.toThrow(/unique/i)
    await insert('waits')
    await expect(insert('waits too')).rejects.toThrow(/unique/i)
  })
})

describe('a revocation', () => {
  const revoke = async (key: string, since = world.now()) =>
    revokeKey(world, OPERATOR, { key, since })

  test('of the key that signs gives another at once, the announced one if there is one', async () => {
    const old = await signing()
    const first = await revoke(old)
    expect(await signing()).toBe(first)
    const announced = await rotate()
    expect(await revoke(first!)).toBe(announced)
    expect(await stages()).toEqual(['revoked', 'revoked', 'active'])
    world.clock.advance(ANNOUNCED_MS)
    await runNextJob(world)
    expect(await signing()).toBe(announced)
  })

  test('of one that waits or is retired leaves the other signing', async () => {
    const old = await signing()
    const waiting = await rotate()
    expect(await revoke(waiting)).toBeUndefined()
    world.clock.advance(ANNOUNCED_MS)
    await runNextJob(world)
    expect(await signing()).toBe(old)
    const next = await rotate()
    world.clock.advance(ANNOUNCED_MS)
    await runNextJob(world)
    expect(await revoke(old)).toBeUndefined()
    expect(await signing()).toBe(next)
  })

  test('is published with its instant, and leaves the JWK set', async () => {
    const since = new Date(world.now().getTime() - HOUR)
    await revoke(await signing(), since)
    const [old] = (await didJson()).body.verificationMethod
    expect(old.revoked).toBe(since.toISOString())
    const { body } = await request(createApp(world)).get(`/orgs/${lycee.slug}/jwks.json`)
    expect(body.keys).toHaveLength(1)
  })

  test('is refused twice, for a day to come, and for a key of nobody', async () => {
    const old = await signing()
    const later = new Date(world.now().getTime() + SECOND)
    expect((await refusalOf(revoke(old, later))).fields[0]?.pointer).toBe('/since')
    expect((await refusalOf(revoke(old, new Date(NaN)))).code).toBe('invalid-request')
    expect((await refusalOf(revoke('z6MkNobody'))).code).toBe('not-found')
    await revoke(old)
    expect((await refusalOf(revoke(old))).code).toBe('conflict')
  })

  test('two at once give one next key', async () => {
    const old = await signing()
    await Promise.all([revoke(old), revoke(old)].map(quiet))
    expect(await stages()).toEqual(['revoked', 'active'])
  })
})

describe('the page of an organisation’s keys', () => {
  const path = () => `/organisations/${lycee.publicId}/keys`
  const open = async (role: 'platform-admin' | 'school-approver') => {
    const organisationId = role === 'platform-admin' ? null : lycee.id
    await somebody(world, 'a@x.example', { role, organisationId })
    const tab = browser(world)
    await tab.send('/sign-in', { email: 'a@x.example', password: PASSWORD })
    return tab
  }

  test('announces the next one, then says when it signs', async () => {
    const tab = await open('platform-admin')
    expect((await tab.get('/organisations')).text).toContain(`href="${path()}"`)
    expect((await tab.send(path(), { act: 'rotate' })).status).toBe(303)
    const { text } = await tab.get(path())
    expect(text).toContain('annoncée')
    expect(text).toContain('signera à partir du 24 novembre 2026 à 12:06')
    expect(text).not.toContain('Annoncer une nouvelle clé')
    expect(await stages()).toEqual(['active', 'announced'])
  })

  test('revokes a key as of a time on the clocks of the service', async () => {
    const tab = await open('platform-admin')
    const key = await signing()
    const form = { act: 'revoke', key, day: '2026-11-24', time: '08:30' }
    const wrong = await tab.send(path(), { ...form, time: '8h30' })
    expect(wrong.status).toBe(400)
    expect(wrong.text).toContain('id="error-time"')
    expect((await tab.send(path(), form)).status).toBe(303)
    expect((await didJson()).body.verificationMethod[0].revoked).toBe('2026-11-24T07:30:00.000Z')
    expect((await tab.get(path())).text).toContain('révoquée')
  })

  test('is not there for a school’s approver, whose acts are refused too', async () => {
    const tab = await open('school-approver')
    expect((await tab.get(path())).status).toBe(404)
    const person = await somebody(world, 'b@x.example', {
      role: 'school-approver',
      organisationId: lycee.id,
    })
    const actor = await asActor(world, person)
    await refusalOf(rotateKey(world, actor, lycee))
    await refusalOf(revokeKey(world, actor, { key: await signing(), since: world.now() }))
    expect(await stages()).toEqual(['active'])
  })
})

test('an instant is found by the clock of the service, in summer, in winter and between', () => {
  const paris = (day: string, time: string) => instantOf(day, time, 'Europe/Paris').toISOString()
  expect(paris('2026-07-01', '08:30')).toBe('2026-07-01T06:30:00.000Z')
  expect(paris('2026-10-25', '00:30')).toBe('2026-10-24T22:30:00.000Z')
  expect(paris('2026-10-25', '02:30')).toBe('2026-10-25T00:30:00.000Z')
  expect(paris('2026-10-25', '03:30')).toBe('2026-10-25T02:30:00.000Z')
  expect(paris('2026-03-29', '03:30')).toBe('2026-03-29T01:30:00.000Z')
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 4_000_000 }), (minutes) => {
      const at = new Date(minutes * MINUTE + Date.UTC(2024, 0, 1))
      const shown = new Intl.DateTimeFormat('sv-SE', {
        timeZone: 'Europe/Paris',
        dateStyle: 'short',
        timeStyle: 'short',
      }).format(at)
      const [day, time] = shown.split(' ') as [string, string]
      const found = instantOf(day, time, 'Europe/Paris').getTime()
      expect([at.getTime(), at.getTime() - HOUR]).toContain(found)
    }),
  )
})

function quiet(act: Promise<unknown>): Promise<unknown> {
  return act.catch(() => undefined)
}

describe('the destruction of a private half', () => {
  test('is for keys that sign no more, once, with a line of audit; what they signed stays', async () => {
    const old = await signing()
    expect((await refusalOf(destroyKey(world, OPERATOR, old))).code).toBe('conflict')
    const next = await rotate()
    expect((await refusalOf(destroyKey(world, OPERATOR, next))).code).toBe('conflict')
    world.clock.advance(ANNOUNCED_MS)
    await runNextJob(world)
    await destroyKey(world, OPERATOR, old)
    const handle = { name: old, provider: 'files' }
    expect(await world.keys.has(handle)).toBe(false)
    expect((await didJson()).body.verificationMethod).toHaveLength(2)
    expect(await auditOf(world)).toContain('key.destroyed')
    expect((await refusalOf(destroyKey(world, OPERATOR, old))).code).toBe('conflict')
    expect((await refusalOf(destroyKey(world, OPERATOR, 'z6MkNobody'))).code).toBe('not-found')
    const stranger = await asActor(
      world,
      await somebody(world, 'somebody@example.org', {
        role: 'school-staff',
        organisationId: lycee.id,
      }),
    )
    expect((await refusalOf(destroyKey(world, stranger, old))).code).toBe('not-found')
  })
})
