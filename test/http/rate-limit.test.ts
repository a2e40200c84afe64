import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import request from 'supertest'
import { beforeEach, describe, expect, test } from 'vitest'
import { createApp } from '../../src/app.js'
import { loadConfig } from '../../src/config.js'
import { DomainError } from '../../src/errors.js'
import { openWorld, type World } from '../support/world.js'

const LIMIT = 3
let world: World

beforeEach(async () => {
  world = await openWorld({
    config: loadConfig({
      NODE_ENV: 'test',
      PUBLIC_URL: 'https://sceau.example',
      VERIFICATIONS_PER_MINUTE: String(LIMIT),
      TRUST_PROXY: 'loopback',
    }),
  })
})

/** Asks as the clients of a proxy that is believed; 400 is what an empty question gets. */
async function statuses(addresses: readonly string[]): Promise<number[]> {
  const app = createApp(world)
  const found: number[] = []
  for (const address of addresses) {
    const asked = request(app).post('/verifications').set('X-Forwarded-For', address)
    found.push((await asked.send({})).status)
  }
  return found
}

const refused = (found: readonly number[], status = 429) =>
  found.filter((one) => one === status).length
const times = (count: number, address: (n: number) => string) =>
  Array.from({ length: count }, (_, n) => address(n))

describe('how much may be asked', () => {
  test('two a second of one address, unless the operator says otherwise', () => {
    expect(loadConfig({}).verificationsPerMinute).toBe(120)
    expect(() => loadConfig({ VERIFICATIONS_PER_MINUTE: '0' })).toThrow('VERIFICATIONS_PER_MINUTE')
  })

  test('too many from one address are told when to come back, a program and a person', async () => {
    const app = createApp(world)
    const post = (path: string) => request(app).post(path)
    for (let n = 0; n < LIMIT; n++) await post('/verifications').send({}).expect(400)
    const problem = await post('/verifications').send({}).expect(429)
    expect(problem.type).toBe('application/problem+json')
    expect(problem.body).toMatchObject({ type: '/problems/too-many-requests' })
    const page = await post('/verify').set('Accept', 'text/html').type('form').send({ badge: 'x' })
    expect(page).toMatchObject({ status: 429, type: 'text/html' })
    expect(page.text).toContain('Attendez une minute')
    for (const { headers } of [problem, page]) {
      expect(Number(headers['retry-after'])).toBeGreaterThan(0)
      expect(Number(headers['retry-after'])).toBeLessThanOrEqual(60)
    }
  })

  test('300 a minute to sign in, by whichever door: a school, and not who tries passwords', async () => {
    const app = createApp(world)
    const at = (address: string, path: string) =>
      request(app).post(path).set('X-Forwarded-For', address).type('form')
    for (let n = 0; n < 300; n++) {
      const { status } = await at('192.0.2.1', '/sign-in/code').send({})
      expect(status).not.toBe(429)
    }
    for (const path of ['/sign-in', '/sign-in/code', '/recover'])
      expect((await at('192.0.2.1', path).send({})).status).toBe(429)
    expect((await at('192.0.2.2', '/sign-in').send({})).status).not.toBe(429)
    // To look at the page takes nothing.
    expect((await request(app).get('/sign-in').set('X-Forwarded-For', '192.0.2.1')).status).toBe(
      200,
    )
  })

  test('TK-12 two IPv4 clients of a dual-stack socket are two; both spellings of one are one', async () => {
    const found = await statuses([
      ...times(LIMIT, () => '::ffff:192.0.2.1'),
      ...times(LIMIT, () => '::ffff:192.0.2.2'),
      '192.0.2.1',
      '::ffff:192.0.2.2',
    ])
    expect(found.slice(0, -2)).not.toContain(429)
    expect(found.slice(-2)).toEqual([429, 429])
  })

  test('TK-13 all addresses of one /64 are one', async () => {
    const found = await statuses(times(20, (n) => `2001:db8:1:2::${n.toString(16)}`))
    expect(refused(found)).toBe(20 - LIMIT)
  })

  test('TK-13 all networks of one /48 share a larger bucket, and another /48 has its own', async () => {
    const found = await statuses([
      ...times(20, (n) => `2001:db8:1:${n.toString(16)}::1`),
      '2001:db8:2::1',
    ])
    expect(refused(found)).toBe(20 - LIMIT * 5)
    expect(found.at(-1)).toBe(400)
  })

  test('all addresses together have a limit, which those that are refused do not use up', async () => {
    const found = await statuses([
      ...times(100, () => '198.51.100.1'),
      ...times(LIMIT * 25, (n) => `192.0.2.${n + 1}`),
    ])
    expect(refused(found)).toBe(100 - LIMIT)
    expect(refused(found, 503)).toBe(LIMIT)
  })

  test('TK-10 what a client says of its address counts only behind a known proxy', async () => {
    const config = loadConfig({ NODE_ENV: 'test', VERIFICATIONS_PER_MINUTE: String(LIMIT) })
    world = { ...world, config }
    expect(refused(await statuses(times(6, (n) => `192.0.2.${n + 1}`)))).toBe(6 - LIMIT)
  })
})

describe('more costly badges than there are threads', () => {
  test('TK-14 are sent away with a time to come back, and the service stays alive', async () => {
    const words = { fr: 'Plein.', en: 'Full.' }
    const apart = { run: () => Promise.reject(new DomainError('overloaded', words)) }
    world = { ...world, apart }
    const server = createServer(createApp(world)).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const svg = `<svg xmlns="http://www.w3.org/2000/svg">${'<g></g>'.repeat(10_000)}</svg>`
    const answer = await fetch(`${addressOf(server)}/verifications`, {
      method: 'POST',
      body: svg,
      headers: { 'content-type': 'image/svg+xml' },
    })
    expect(answer.status).toBe(503)
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0)
    expect((await fetch(`${addressOf(server)}/healthz`)).status).toBe(200)
    server.closeAllConnections()
    server.close()
  })
})

function addressOf(server: Server): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}
