import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { connect, type AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import { pino } from 'pino'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { freshSeconds } from '../../src/web/fetch-cache.js'
import { openSafeFetch } from '../../src/web/safe-fetch.js'

type Answer = (req: IncomingMessage, res: ServerResponse) => void

/** A real server, at the other end of a connection that the test makes in place of TLS. */
let answer: Answer
let asked: IncomingMessage[]
let closed = 0
const server = createServer((req, res) => {
  asked.push(req)
  req.socket.once('close', () => (closed += 1))
  answer(req, res)
})
let at: Date
let hosts: string[]

beforeAll(() => new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready)))
afterAll(() => {
  server.closeAllConnections()
  return new Promise((done) => server.close(done))
})
beforeEach(() => {
  at = new Date('2026-06-15T09:00:00Z')
  asked = []
  hosts = []
})

const open = () =>
  openSafeFetch({
    log: pino({ level: 'silent' }),
    now: () => at,
    connect: ({ hostname }, done) => {
      hosts.push(hostname)
      const socket = connect((server.address() as AddressInfo).port, '127.0.0.1', () =>
        done(null, socket),
      )
    },
  })
const json = (body: unknown, headers: Record<string, string> = {}): Answer => {
  return (_req, res) => {
    res.writeHead(200, { 'content-type': 'application/json', ...headers })
    res.end(Buffer.isBuffer(body) ? body : JSON.stringify(body))
  }
}
const redirecting =
  (location: string, status = 302): Answer =>
  (_req, res) => {
    res.writeHead(status, { location })
    res.end()
  }

const URL = 'https://lycee.example/did.json'

describe('what a request may cost', () => {
  test('an answer comes back with its bytes and its type', async () => {
    answer = json({ id: 'x' })
    const fetched = await open().fetchText(URL, 'application/json')
    expect(fetched).toMatchObject({ outcome: 'found', contentType: 'application/json' })
    expect(asked[0]).toMatchObject({ method: 'GET', url: '/did.json' })
  })

  test('SS-15 says who asks and what for, and nothing else', async () => {
    answer = json({}, { 'set-cookie': 'a=b' })
    const outside = open()
    await outside.fetchText(URL, 'application/json')
    await outside.fetchText(URL, 'application/json')
    const { headers } = asked[1]!
    expect(headers).toMatchObject({ 'user-agent': 'Sceau-verifier', accept: 'application/json' })
    for (const name of ['cookie', 'authorization', 'referer', 'origin', 'x-forwarded-for'])
      expect(headers).not.toHaveProperty(name)
  })

  test('DI-17 more than 1 MiB is not read to its end', async () => {
    answer = json(Buffer.alloc(5 << 20, 32))
    expect(await open().fetchText(URL, '*/*')).toMatchObject({ outcome: 'unreachable' })
  })

  test('SS-12 a small gzip of 64 MiB is not unpacked to its end', async () => {
    answer = json(gzipSync(Buffer.alloc(64 << 20, 32)), { 'content-encoding': 'gzip' })
    expect(await open().fetchText(URL, '*/*')).toEqual({
      outcome: 'unreachable',
      reason: 'too_large',
    })
  })

  test.each<[string, Answer]>([
    ['headers that never come', () => undefined],
    [
      'a body of one byte at a time',
      (_req, res) => {
        res.writeHead(200, { 'content-type': 'application/json' })
        const drip = setInterval(() => res.write(' '), 100)
        res.once('close', () => clearInterval(drip))
      },
    ],
    [
      'redirects that each take a second',
      (req, res) => {
        setTimeout(() => redirecting(`/${Number(req.url?.slice(1) || 0) + 1}`)(req, res), 1_100)
      },
    ],
  ])('SS-11 %s: given up after 3 seconds, connection closed', async (_, slow) => {
    answer = slow
    const before = closed
    const start = performance.now()
    const fetched = await open().fetchText('https://lycee.example/0', '*/*')
    expect(fetched).toMatchObject({ outcome: 'unreachable' })
    expect(performance.now() - start).toBeLessThan(3_600)
    await expect.poll(() => closed).toBeGreaterThan(before)
  })

  test.each([
    ['SS-06 the network inside', 'http://169.254.169.254/'],
    ['SS-06 this machine', 'https://localhost./'],
    ['SS-06 another protocol', 'gopher://lycee.example/'],
    ['DI-16 another host', 'https://other.example/did.json'],
    ['DI-16 no encryption', 'http://lycee.example/did.json'],
    ['DI-16 another port', 'https://lycee.example:8443/did.json'],
    ['nowhere', 'https://'],
  ])('a redirect to %s is not followed', async (_, location) => {
    answer = redirecting(location)
    expect(await open().fetchText(URL, '*/*')).toEqual({ outcome: 'refused', reason: 'redirect' })
    expect(asked).toHaveLength(1)
    expect(new Set(hosts)).toEqual(new Set(['lycee.example']))
  })

  test('DI-16 three redirects on one host are followed, a fourth is not', async () => {
    const hops =
      (last: number): Answer =>
      (req, res) => {
        const hop = Number(/\d+$/.exec(req.url ?? '')?.[0] ?? 0)
        if (hop < last) redirecting(`/hop/${hop + 1}`)(req, res)
        else json({ hop })(req, res)
      }
    answer = hops(3)
    expect(await open().fetchText(URL, '*/*')).toMatchObject({ outcome: 'found' })
    answer = hops(4)
    expect(await open().fetchText(URL, '*/*')).toMatchObject({ outcome: 'refused' })
  })

  test.each([
    [404, 'missing'],
    [410, 'missing'],
    [401, 'unreachable'],
    [500, 'unreachable'],
    [204, 'unreachable'],
    [304, 'unreachable'],
  ])('status %i is %s', async (status, outcome) => {
    answer = (_req, res) => res.writeHead(status).end()
    expect(await open().fetchText(URL, '*/*')).toMatchObject({ outcome })
  })

  test('RL-27 twenty requests at a time: one more is not made', async () => {
    const waiting: ServerResponse[] = []
    answer = (_req, res) => waiting.push(res)
    const outside = open()
    const first = Array.from({ length: 20 }, (_, n) =>
      outside.fetchText(`https://host-${n}.example/`, '*/*'),
    )
    await expect.poll(() => waiting.length).toBe(20)
    expect(await outside.fetchText(URL, '*/*')).toEqual({ outcome: 'unreachable', reason: 'busy' })
    for (const res of waiting) res.end()
    await Promise.all(first)
    answer = json({})
    expect(await outside.fetchText(URL, '*/*')).toMatchObject({ outcome: 'found' })
  })
})

describe('a host that fails', () => {
  test('RL-27 is left alone for 30 seconds after the third time, and only it', async () => {
    answer = (_req, res) => res.writeHead(500).end()
    const outside = open()
    for (let n = 0; n < 3; n++) await outside.fetchText(URL, '*/*')
    answer = json({})
    expect(await outside.fetchText(URL, '*/*')).toMatchObject({ reason: 'circuit_open' })
    expect(await outside.fetchText('https://other.example/', '*/*')).toMatchObject({
      outcome: 'found',
    })
    expect(asked).toHaveLength(4)
    at = new Date(at.getTime() + 30_001)
    expect(await outside.fetchText(URL, '*/*')).toMatchObject({ outcome: 'found' })
  })

  test('is counted anew after one good answer', async () => {
    const outside = open()
    for (const status of [500, 500, 200, 500, 500, 200]) {
      answer = (_req, res) => res.writeHead(status).end('{}')
      await outside.fetchText(URL, '*/*')
    }
    expect(asked).toHaveLength(6)
  })
})

describe('an answer of a few minutes ago', () => {
  const ask = (outside: ReturnType<typeof open>, reuse = true) =>
    outside.fetchText(URL, 'application/json', { reuse })
  const later = (seconds: number) => (at = new Date(at.getTime() + seconds * 1_000))

  test('is used again as long as its server says, five minutes at most', async () => {
    for (const [maxAge, kept] of [
      [60, 60],
      [86_400, 300],
    ] as const) {
      asked = []
      answer = json({}, { 'cache-control': `public, max-age=${maxAge}` })
      const outside = open()
      await ask(outside)
      later(kept - 1)
      expect(await ask(outside)).toMatchObject({ outcome: 'found' })
      expect(asked).toHaveLength(1)
      later(1)
      await ask(outside)
      expect(asked).toHaveLength(2)
    }
  })

  test('is not used where an answer of now is wanted, and what is new replaces it', async () => {
    answer = json({ n: 1 }, { 'cache-control': 'max-age=300' })
    const outside = open()
    await ask(outside)
    answer = json({ n: 2 })
    expect(await ask(outside, false)).toMatchObject({ body: Buffer.from('{"n":2}') })
    expect(await ask(outside)).toMatchObject({ body: Buffer.from('{"n":2}') })
    expect(asked).toHaveLength(3)
  })

  test('that failed is never used again', async () => {
    const headers = { 'cache-control': 'max-age=300' }
    answer = (_req, res) => res.writeHead(404, headers).end()
    const outside = open()
    expect(await ask(outside)).toMatchObject({ outcome: 'missing' })
    answer = json({}, headers)
    expect(await ask(outside)).toMatchObject({ outcome: 'found' })
  })

  test('makes room when there are many, or large ones: the longest unused goes first', async () => {
    answer = json(Buffer.alloc(1000 * 1024, 32), { 'cache-control': 'max-age=300' })
    const outside = open()
    const at = (n: number) =>
      outside.fetchText(`https://lycee.example/${n}`, '*/*', { reuse: true })
    for (let n = 0; n < 16; n++) await at(n)
    await at(0)
    expect(asked).toHaveLength(16)
    await at(16)
    await at(0)
    expect(asked).toHaveLength(17)
    await at(1)
    expect(asked).toHaveLength(18)
  })

  test.each([
    [{ 'cache-control': 'max-age=60' }, 60],
    [{ 'cache-control': 'public, s-maxage=9, max-age=60', age: '20' }, 40],
    [{ 'cache-control': 'max-age=60', age: '90' }, 0],
    [{ 'cache-control': 'no-store, max-age=60' }, 0],
    [{ 'cache-control': 'private, max-age=60' }, 0],
    [{ 'cache-control': 'max-age=60, no-cache' }, 0],
    [{ 'cache-control': 'max-age=-5' }, 0],
    [{ expires: 'Thu, 01 Jan 2032 00:00:00 GMT' }, 0],
    [{}, 0],
  ])('with the headers %j is fresh for %i seconds', (headers, seconds) => {
    expect(freshSeconds(new Headers(headers as Record<string, string>))).toBe(seconds)
  })
})
