import type { RequestListener, ServerResponse } from 'node:http'
import { gzipSync } from 'node:zlib'
import { afterEach, describe, expect, test } from 'vitest'
import { outsideLookups } from '../../../src/verifier/outside-lookups.js'
import {
  checkOf,
  faultsOf,
  freshSigner,
  growth,
  reportOn,
  unsignedOf,
  type Fresh,
} from '../../support/fresh.js'
import { signAnything } from '../../support/raw-signature.js'
import {
  certificate,
  HOST,
  openTlsServer,
  outsideAt,
  type TlsServer,
} from '../../support/tls-server.js'

// The issuer's server is a real one here, asked over TLS by the guarded way out.

const BOMB = gzipSync(Buffer.alloc(64 << 20, ' '))

let server: TlsServer | undefined
afterEach(() => server?.close())

const documentOf = (key: Fresh) => ({
  id: key.did,
  verificationMethod: [
    {
      id: key.id,
      type: 'Multikey',
      controller: key.did,
      publicKeyMultibase: key.publicKeyMultibase,
    },
  ],
  assertionMethod: [key.id],
})
const json = (res: ServerResponse, value: unknown) => {
  res.setHeader('content-type', 'application/did+json')
  res.end(JSON.stringify(value))
}

/** The report on a badge whose issuer's document this server gives. */
async function verifyBehind(
  handle: (key: Fresh, ...rest: Parameters<RequestListener>) => void,
  made = certificate(),
) {
  const signers: Fresh[] = []
  server = await openTlsServer(
    (req, res) => {
      for (const signer of signers) handle(signer, req, res)
    },
    await made,
  )
  const key = freshSigner(`did:web:${HOST}%3A${server.port}`)
  signers.push(key)
  const badge = await signAnything(
    unsignedOf(key.did, (one) => delete one.credentialStatus),
    key,
  )
  return reportOn(badge, outsideLookups(await outsideAt(server.port)))
}

function expectOpen(report: Awaited<ReturnType<typeof reportOn>>, code = 'issuer_unreachable') {
  expect(report).toMatchObject({ verdict: 'indeterminate' })
  expect(faultsOf(report)).toEqual([])
  expect(checkOf(report, 'issuer_binding')).toMatchObject({ result: 'unknown', code })
}

describe('the DID document behind a server', () => {
  test('that answers makes a badge valid', async () => {
    expect(await verifyBehind((key, _req, res) => json(res, documentOf(key)))).toMatchObject({
      verdict: 'valid',
    })
  })

  test.each<[string, (hop: number) => string]>([
    ['to another host', () => `https://other.example:${server?.port}/did.json`],
    ['to http', () => `http://${HOST}:${server?.port}/did.json`],
    ['six times', (hop) => `/did.json?hop=${hop}`],
  ])('DI-16 that redirects %s', async (_, target) => {
    let hops = 0
    const report = await verifyBehind((key, _req, res) => {
      if (hops === 6) return json(res, documentOf(key))
      hops += 1
      res.writeHead(302, { location: target(hops) }).end()
    })
    expectOpen(report)
    expect(server?.asked.every((asked) => asked.startsWith(HOST))).toBe(true)
    expect(server?.asked.length).toBeLessThanOrEqual(4)
  })

  test('that redirects twice on its own host is followed', async () => {
    let hops = 0
    const report = await verifyBehind((key, _req, res) => {
      if (hops === 2) return json(res, documentOf(key))
      hops += 1
      res.writeHead(302, { location: `/did.json?hop=${hops}` }).end()
    })
    expect(report).toMatchObject({ verdict: 'valid' })
  })

  test.each<[string, (key: Fresh, res: ServerResponse) => void]>([
    [
      'a page',
      (key, res) => {
        res.setHeader('content-type', 'text/html')
        res.end(JSON.stringify(documentOf(key)))
      },
    ],
    ['5 MB', (key, res) => json(res, { ...documentOf(key), padding: 'x'.repeat(5 << 20) })],
    [
      'a gzip of 64 MiB',
      (_key, res) => {
        res.writeHead(200, { 'content-type': 'application/did+json', 'content-encoding': 'gzip' })
        res.end(BOMB)
      },
    ],
  ])('DI-17 that gives %s', async (_, give) => {
    const grown = await growth(async () =>
      expectOpen(await verifyBehind((key, _req, res) => give(key, res))),
    )
    // The server is in this process too.
    expect(grown).toBeLessThan(64 << 20)
  })

  test('DI-17 that gives a byte at a time is left after three seconds', async () => {
    let timer: NodeJS.Timeout | undefined
    const started = performance.now()
    const report = await verifyBehind((_key, _req, res) => {
      res.setHeader('content-type', 'application/did+json')
      timer = setInterval(() => res.write(' '), 50)
      res.on('close', () => clearInterval(timer))
    })
    expectOpen(report)
    expect(performance.now() - started).toBeLessThan(5_000)
  }, 10_000)

  test('SS-14 that can’t prove to be that host: the report says why', async () => {
    const report = await verifyBehind(
      (key, _req, res) => json(res, documentOf(key)),
      certificate({}, 'other.example'),
    )
    expectOpen(report, 'tls')
    expect(checkOf(report, 'issuer_binding')?.message).toContain('certificate')
    expect(server?.asked).toEqual([])
  })
})

test('SS-14 a status list behind a server that can’t prove to be that host', async () => {
  const signer = freshSigner()
  server = await openTlsServer((_req, res) => res.end('{}'), await certificate({ ca: undefined }))
  const url = `https://${HOST}:${server.port}/list`
  const badge = await signAnything(
    unsignedOf(signer.did, (one) => (one.credentialStatus.statusListCredential = url)),
    signer,
  )
  const report = await reportOn(badge, outsideLookups(await outsideAt(server.port)))
  expect(report.verdict).toBe('indeterminate')
  expect(checkOf(report, 'status')).toMatchObject({ result: 'unknown', code: 'tls' })
})
