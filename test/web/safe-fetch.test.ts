import { createServer } from 'node:net'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  isPublic,
  openSafeFetch,
  openSignInServers,
  readAddress,
} from '../../src/web/safe-fetch.js'

const log = pino({ level: 'silent' })
const now = () => new Date('2026-06-15T09:00:00Z')

let seen = 0
const listener = createServer((socket) => {
  seen += 1
  socket.destroy()
})
let port = 0
beforeAll(async () => {
  await new Promise<void>((ready) => listener.listen(0, '127.0.0.1', ready))
  const address = listener.address()
  port = typeof address === 'object' && address ? address.port : 0
})
afterAll(() => new Promise((done) => listener.close(done)))

/** Every name resolves to these addresses. */
const resolvingTo = (...addresses: string[]) =>
  ((_name: string, _options: object, done: (error: null, all: object[]) => void) =>
    done(
      null,
      addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    )) as never

describe('the way out', () => {
  test.each([
    'https://127.0.0.1/',
    'https://[::1]/',
    'https://0.0.0.0/',
    'https://169.254.169.254/latest',
    'https://10.0.0.1/',
    'https://192.168.0.1/',
    'https://100.64.0.1/',
    'https://[fc00::1]/',
    'https://[fe80::1]/',
    'https://[::ffff:127.0.0.1]/',
    'https://[::7f00:1]/',
  ])('SS-01 refuses %s', (address) => {
    expect(readAddress(address)).toBeUndefined()
  })

  test.each([
    '0x7f.1',
    '2130706433',
    '017700000001',
    '127.1',
    '0251.0376.0251.0376',
    '①②⑦.⓪.⓪.①',
    '127。0。0。1',
    'localhost',
    'intranet',
    'localhost.',
  ])('SS-02 refuses the host %s', (host) => {
    expect(readAddress(`https://${host}/`)).toBeUndefined()
  })

  test.each([
    'http://badge.example/',
    'gopher://badge.example/',
    'https://user:pw@badge.example/',
    'nonsense',
  ])('SS-09 refuses %s', (address) => {
    expect(readAddress(address)).toBeUndefined()
  })

  test.each([22, 25, 5432, 6379, 8080])('SS-08 refuses port %i', (other) => {
    expect(readAddress(`https://badge.example:${other}/`)).toBeUndefined()
  })

  test('SS-09 takes what stands behind # or \\ for no host', () => {
    expect(readAddress('https://good.example/#@127.0.0.1')?.hostname).toBe('good.example')
  })

  test('a public address is let through', () => {
    expect(isPublic('93.184.216.34')).toBe(true)
    expect(isPublic('2606:2800:220:1::1')).toBe(true)
  })

  test.each([[['127.0.0.1']], [['93.184.216.34', '127.0.0.1']], [['::ffff:127.0.0.1']]])(
    'SS-04 a name that resolves to %j is not reached',
    async (addresses) => {
      const before = seen
      const outside = openSafeFetch({
        log,
        now,
        lookup: resolvingTo(...addresses),
        ports: [443, port],
      })
      const fetched = await outside.fetchText(
        `https://badge.example:${port}/did.json`,
        'application/json',
      )
      expect(fetched).toEqual({ outcome: 'unreachable', reason: 'EPRIVATE' })
      expect(seen).toBe(before)
    },
  )

  test('RL-27 a host that fails three times is left alone', async () => {
    const outside = openSafeFetch({ log, now, lookup: resolvingTo('127.0.0.1') })
    for (let tries = 0; tries < 3; tries++) await outside.fetchText('https://badge.example/', '*/*')
    expect(await outside.fetchText('https://badge.example/', '*/*')).toEqual({
      outcome: 'unreachable',
      reason: 'circuit_open',
    })
  })
})

describe('the way to servers that sign people in', () => {
  const ask = (url: string) => ({ url, method: 'GET', headers: {}, body: undefined })

  test.each([
    'http://idp.example/',
    'https://127.0.0.1/',
    'https://idp.example:8443/',
    'file:///x',
  ])('does not go to %s', async (url) => {
    await expect(openSignInServers().send(ask(url))).rejects.toThrow(/public internet/)
  })

  test('nor to a name with an address that is not public', async () => {
    const servers = openSignInServers({ lookup: resolvingTo('93.184.216.34', '10.0.0.1') })
    await expect(servers.send(ask('https://idp.example/'))).rejects.toThrow()
  })

  test('nor to this machine, which a test alone may say', async () => {
    const before = seen
    const url = `http://127.0.0.1:${port}/`
    await expect(openSignInServers().send(ask(url))).rejects.toThrow(/public internet/)
    expect(seen).toBe(before)
    await expect(openSignInServers({ loopback: true }).send(ask(url))).rejects.toThrow()
    expect(seen).toBe(before + 1)
  })
})
