import type { RequestListener } from 'node:http'
import { createServer, type Server } from 'node:https'
import type { AddressInfo } from 'node:net'
import { pino } from 'pino'
import { generate } from 'selfsigned'
import { buildConnector } from 'undici'
import type { Outside } from '../../src/context.js'
import { openSafeFetch } from '../../src/web/safe-fetch.js'

export const HOST = 'lycee.example'
type Made = Awaited<ReturnType<typeof generate>>

const makeAuthority = () =>
  generate([{ name: 'commonName', value: 'Test authority' }], {
    keyType: 'ec',
    algorithm: 'sha256',
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', keyCertSign: true, critical: true },
    ],
  })
let authority: Promise<Made> | undefined

/** A certificate of the authority that these tests trust, unless it says otherwise. */
export async function certificate(changes: object = {}, name = HOST): Promise<Made> {
  const { private: key, cert } = await (authority ??= makeAuthority())
  return generate([{ name: 'commonName', value: name }], {
    keyType: 'ec',
    algorithm: 'sha256',
    ca: { key, cert },
    extensions: [{ name: 'subjectAltName', altNames: [{ type: 2, value: name }] }],
    ...changes,
  })
}

export type TlsServer = Readonly<{ port: number; asked: string[]; close(): Promise<void> }>

/** A server with this certificate; what it was asked for is kept. */
export async function openTlsServer(
  handle: RequestListener,
  { private: key, cert }: Pick<Made, 'private' | 'cert'>,
): Promise<TlsServer> {
  const asked: string[] = []
  const server: Server = createServer({ key, cert }, (req, res) => {
    asked.push(`${req.headers.host}${req.url}`)
    handle(req, res)
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  return {
    port: (server.address() as AddressInfo).port,
    asked,
    close: () =>
      new Promise((done) => {
        server.close(() => done())
        server.closeAllConnections()
      }),
  }
}

/** The guarded way out, for which this port of this machine stands at the end of every name. */
export async function outsideAt(port: number): Promise<Outside> {
  const { cert } = await (authority ??= makeAuthority())
  return openSafeFetch({
    log: pino({ level: 'silent' }),
    now: () => new Date('2026-06-15T09:00:00Z'),
    ports: [port],
    connect: buildConnector({
      ca: cert,
      lookup: (_name, _options, done) => done(null, [{ address: '127.0.0.1', family: 4 }]),
    }),
  })
}
