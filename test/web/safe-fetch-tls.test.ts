import { createServer as createPlain } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import {
  certificate,
  HOST,
  openTlsServer,
  outsideAt,
  type TlsServer,
} from '../support/tls-server.js'

const DAY_MS = 24 * 60 * 60 * 1000
type Made = Awaited<ReturnType<typeof certificate>>

let server: TlsServer | undefined
afterEach(() => server?.close())

/** Asks a server with this certificate, which stands at the end of every name. */
async function ask(made: Pick<Made, 'private' | 'cert'>) {
  server = await openTlsServer((_req, res) => res.end('{}'), made)
  return askAt(server.port)
}

const askAt = async (port: number) =>
  (await outsideAt(port)).fetchText(`https://${HOST}:${port}/did.json`, 'application/json')

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

test('a server with a page that it refuses, or a huge one, is still asked for its others', async () => {
  server = await openTlsServer(
    (req, res) => {
      if (req.url === '/refused') res.writeHead(403)
      res.end(req.url === '/huge' ? 'x'.repeat(2 << 20) : '{}')
    },
    await certificate(),
  )
  const { port } = server
  const outside = await outsideAt(port)
  const get = (path: string) => outside.fetchText(`https://${HOST}:${port}${path}`, '*/*')
  for (const path of ['/refused', '/huge', '/refused', '/huge', '/refused'])
    expect(await get(path)).toMatchObject({ outcome: 'unreachable' })
  expect(await get('/did.json')).toMatchObject({ outcome: 'found' })
})
