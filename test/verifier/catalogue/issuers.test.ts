import { describe, expect, test } from 'vitest'
import type { Fetched, Outside } from '../../../src/context.js'
import { outsideLookups } from '../../../src/verifier/outside-lookups.js'
import {
  checkOf,
  faultsOf,
  freshBadge,
  freshSigner,
  reportOn,
  unsignedOf,
  type Fresh,
} from '../../support/fresh.js'
import { lookupsOf } from '../../support/lookups.js'
import { signAnything } from '../../support/raw-signature.js'

type Json = Record<string, any>

const WEB = 'did:web:lycee.example'
const URL_OF_WEB = 'https://lycee.example/.well-known/did.json'

/** A server at the other end of the one way out; what it was asked for is kept. */
function serving(pages: Record<string, unknown>): Outside & { asked: string[] } {
  const asked: string[] = []
  const fetchText = async (url: string): Promise<Fetched> => {
    asked.push(url)
    const page = pages[url]
    if (page === undefined) return { outcome: 'missing', reason: '404' }
    if (typeof page === 'object' && page !== null && 'outcome' in page) return page as Fetched
    const body = Buffer.from(JSON.stringify(page))
    return { outcome: 'found', body, contentType: 'application/did+json' }
  }
  return { asked, fetchText }
}

const issued = (by: Fresh, id: string = by.did) =>
  signAnything(
    unsignedOf(id, (one) => delete one.credentialStatus),
    by,
  )
const methodOf = ({ id, publicKeyMultibase }: Fresh, changes: Json = {}) => ({
  id,
  type: 'Multikey',
  controller: WEB,
  publicKeyMultibase,
  ...changes,
})
const documentOf = (key: Fresh, changes: Json = {}, ofMethod: Json = {}) => ({
  '@context': ['https://www.w3.org/ns/did/v1'],
  id: WEB,
  verificationMethod: [methodOf(key, ofMethod)],
  assertionMethod: [key.id],
  ...changes,
})
const resolvedBy = async (badge: unknown, page: unknown) => {
  const outside = serving({ [URL_OF_WEB]: page })
  const report = await reportOn(badge, outsideLookups(outside))
  return { report, asked: outside.asked }
}

describe('the document of a did:web', () => {
  test('that lists the key makes a badge valid', async () => {
    const signer = freshSigner(WEB)
    const { report, asked } = await resolvedBy(await issued(signer), documentOf(signer))
    expect(report).toMatchObject({ verdict: 'valid', trusted: false })
    expect(asked).toEqual([URL_OF_WEB])
  })

  test('DI-01 does not list the key of an attacker, named as if it did', async () => {
    const [honest, attacker] = [freshSigner(WEB), freshSigner(WEB)]
    const { report } = await resolvedBy(await issued(attacker), documentOf(honest))
    expect(report.verdict).toBe('invalid')
    expect(faultsOf(report)).toEqual(['issuer_binding:issuer_binding'])
  })

  test.each<[string, (key: Fresh) => unknown]>([
    ['DI-03 lists it as a method only', (key) => documentOf(key, { assertionMethod: [] })],
    [
      'DI-03 lists it as a method, and nothing else at all',
      (key) => documentOf(key, { assertionMethod: undefined }),
    ],
    [
      'DI-04 lists it for authentication',
      (key) => documentOf(key, { assertionMethod: undefined, authentication: [key.id] }),
    ],
    [
      'DI-05 says that another DID controls it',
      (key) => documentOf(key, {}, { controller: 'did:web:other.example' }),
    ],
    ['DI-06 is that of another DID', (key) => documentOf(key, { id: 'did:web:other.example' })],
  ])('%s: invalid', async (_, document) => {
    const signer = freshSigner(WEB)
    const { report } = await resolvedBy(await issued(signer), document(signer))
    expect(report.verdict).toBe('invalid')
    expect(checkOf(report, 'proof')).toMatchObject({ result: 'pass' })
    expect(faultsOf(report)).toEqual(['issuer_binding:issuer_binding'])
  })

  test.each<[string, Fetched]>([
    ['DI-16 redirects to another host', { outcome: 'refused', reason: 'redirect' }],
    ['DI-16 redirects to http', { outcome: 'refused', reason: 'redirect' }],
    ['DI-16 redirects six times', { outcome: 'refused', reason: 'redirect' }],
    [
      'DI-17 is a page',
      { outcome: 'found', body: Buffer.from('<html></html>'), contentType: 'text/html' },
    ],
    ['DI-17 has 5 MB', { outcome: 'unreachable', reason: 'too_large' }],
    ['DI-17 comes a byte a second', { outcome: 'unreachable', reason: 'timeout' }],
    ['is not there', { outcome: 'missing', reason: '404' }],
  ])('%s: indeterminate', async (_, page) => {
    // Whether its name shows the key or not: who could not be asked has said nothing.
    for (const signer of [freshSigner(WEB), { ...freshSigner(WEB), id: `${WEB}#key-1` }]) {
      const { report } = await resolvedBy(await issued(signer), page)
      expect(report.verdict).toBe('indeterminate')
      expect(faultsOf(report)).toEqual([])
      expect(checkOf(report, 'issuer_binding')).toMatchObject({
        result: 'unknown',
        code: 'issuer_unreachable',
      })
    }
  })
})

test.each([
  'DI-08 did:web:badge.example%40evil.example',
  'DI-10 did:web:badge.example:..:..:evil',
  'DI-10 did:web:badge.example:%2e%2e:x',
  'DI-10 did:web:a.example::b',
  'DI-11 did:web:127.0.0.1',
  'DI-11 did:web:localhost%3A5432',
  'DI-11 did:web:[::1]',
  'DI-11 did:web:2130706433',
  'DI-11 did:web:intranet',
])('%s is not well formed, and nobody is asked', async (title) => {
  const [, name = ''] = title.split(' ')
  const outside = serving({})
  const report = await reportOn(await issued(freshSigner(name)), outsideLookups(outside))
  expect(report.verdict).toBe('invalid')
  expect(faultsOf(report)).toEqual(['issuer_binding:did_syntax'])
  expect(outside.asked).toEqual([])
})

describe('a did:key', () => {
  test('DI-20 whose fragment is another key', async () => {
    const [one, other] = [freshSigner(), freshSigner()]
    const crossed = { ...other, id: `${one.did}#${other.publicKeyMultibase}` }
    const report = await reportOn(await issued(crossed, one.did))
    expect(report.verdict).toBe('invalid')
    expect(faultsOf(report)).toEqual(['issuer_binding:did_syntax'])
  })

  test.each<[string, (key: Fresh) => string]>([
    ['with a query', ({ did }) => `${did}?x`],
    [
      'in base64',
      ({ publicKeyMultibase: key }) => `did:key:u${Buffer.from(key).toString('base64url')}`,
    ],
  ])('DI-20 %s', async (_, respell) => {
    const key = freshSigner()
    const did = respell(key)
    const signer = { ...key, did, id: `${did}#${key.publicKeyMultibase}` }
    const report = await reportOn(await issued(signer))
    expect(report.verdict).toBe('invalid')
    expect(faultsOf(report)).toEqual(['issuer_binding:did_syntax'])
  })

  test('DI-23 of a stranger with a great name: a good signature, no trust, and the name as a claim', async () => {
    const { badge, lists } = await freshBadge((one) => (one.issuer.name = 'Académie de Paris'))
    const report = await reportOn(badge, lookupsOf({ lists }))
    expect(report).toMatchObject({ verdict: 'valid', trusted: false })
    expect(report.summary).toContain('we don’t know who issued it')
    expect(checkOf(report, 'trust')).toMatchObject({ result: 'unknown', code: 'unknown_issuer' })
    expect(report.badge?.issuer.domain).toMatch(/^did:key:z6Mk/)
  })
})

test.each(['did:jwk:eyJrdHkiOiJPS1AifQ', 'did:ion:EiClkZMDxPKqC9c-umQfTkR8', 'urn:uuid:1'])(
  'DI-21 the issuer %s can’t be asked: indeterminate',
  async (did) => {
    for (const fragment of ['0', freshSigner().publicKeyMultibase]) {
      const key = freshSigner()
      const id = fragment === '0' ? `${did}#0` : `${did}#${key.publicKeyMultibase}`
      const outside = serving({})
      const badge = await issued({ ...key, did, id })
      const report = await reportOn(badge, outsideLookups(outside))
      expect(report.verdict).toBe('indeterminate')
      expect(faultsOf(report)).toEqual([])
      expect(checkOf(report, 'issuer_binding')).toMatchObject({
        result: 'unknown',
        code: 'issuer_method_unsupported',
      })
      expect(outside.asked).toEqual([])
    }
  },
)
