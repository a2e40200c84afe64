import { createServer as createPlain } from 'node:http'
import { createServer, type Server } from 'node:https'
import type { AddressInfo } from 'node:net'
import { pino } from 'pino'
import { generate } from 'selfsigned'
import { buildConnector } from 'undici'
import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import { openSafeFetch } from '../../src/web/safe-fetch.js'

const HOST = 'lycee.example'
const DAY_MS = 24 * 60 * 60 * 1000
type Made = Awaited<ReturnType<typeof generate>>

let authority: Made
let server: Server | undefined
beforeAll(async () => {
  authority = await generate([{ name: 'commonName', value: 'Test authority' }], {
    keyType: 'ec',
    algorithm: 'sha256',
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', keyCertSign: true, critical: true },
    ],
  })
})
afterEach(() => new Promise((done) => (server ? server.close(done) : done(undefined))))

/** A certificate of the authority that the test trusts, unless it says otherwise. */
const certificate = (changes: object = {}, name = HOST) =>
  generate([{ name: 'commonName', value: name }], {
    keyType: 'ec',
    algorithm: 'sha256',
    ca: { key: authority.private, cert: authority.cert },
    extensions: [{ name: 'subjectAltName', altNames: [{ type: 2, value: name }] }],
    ...changes,
  })

/** Asks a server with this certificate, which stands at the end of every name. */
async function ask({ private: key, cert }: Pick<Made, 'private' | 'cert'>) {
  server = createServer({ key, cert }, (_req, res) => res.end('{}'))
  await new Promise<void>((ready) => server?.listen(0, '127.0.0.1', ready))
  return askAt((server.address() as AddressInfo).port)
}

function askAt(port: number) {
  const outside = openSafeFetch({
    log: pino({ level: 'silent' }),
    now: () => new Date('2026-06-15T09:00:00Z'),
    ports: [port],
    connect: buildConnector({
      ca: authority.cert,
      lookup: (_name, _options, done) => done(null, [{ address: '127.0.0.1', family: 4 }]),
    }),
  })
  return outside.fetchText(`https://${HOST}:${port}/did.json`, 'application/json')
}

describe('SS-14 a server that cannot prove who it is', () => {
  test('while one that can is read', async () => {
    expect(await ask(await certificate())).toMatchObject({ outcome: 'found' })
  })

  test.each<[string, () => Promise<Made>]>([
    [
      'whose certificate has expired',
      () =>
        certificate({
          notBeforeDate: new Date(Date.now() - 10 * DAY_MS),
          notAfterDate: new Date(Date.now() - 5 * DAY_MS),
        }),
    ],
    [
      'whose certificate is not valid yet',
      () => certificate({ notBeforeDate: new Date(Date.now() + 5 * DAY_MS) }),
    ],
    ['whose certificate names another', () => certificate({}, 'evil.example')],
    ['that vouches for itself', () => certificate({ ca: undefined })],
  ])('%s is not read', async (_, make) => {
    expect(await ask(await make())).toEqual({ outcome: 'unreachable', reason: 'tls' })
  })

  test('that speaks no TLS is not asked without it', async () => {
    const asked: string[] = []
    const plain = createPlain((req, res) => {
      asked.push(req.url ?? '')
      res.end('{}')
    })
    await new Promise<void>((ready) => plain.listen(0, '127.0.0.1', ready))
    const fetched = await askAt((plain.address() as AddressInfo).port)
    expect(fetched).toEqual({ outcome: 'unreachable', reason: 'tls' })
    expect(asked).toEqual([])
    await new Promise((done) => plain.close(done))
  })
})
