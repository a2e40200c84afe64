import { describe, expect, test } from 'vitest'
import type { Fetched, Outside } from '../../src/context.js'
import { buildBadge } from '../../src/credential/build-credential.js'
import { didDocument, jwks } from '../../src/credential/did.js'
import { bindListed } from '../../src/verifier/check-issuer.js'
import { keysOfController } from '../../src/verifier/issuer-documents.js'
import type { IssuerKey, Looked } from '../../src/verifier/lookups.js'
import { outsideLookups } from '../../src/verifier/outside-lookups.js'
import type { CheckName, Report } from '../../src/verifier/report.js'
import { verifyBadge } from '../../src/verifier/verify-badge.js'
import { AWARDED, badgeValues } from '../support/badges.js'
import { lookupsOf } from '../support/lookups.js'
import { signAnything } from '../support/raw-signature.js'
import { signerOf } from '../support/signers.js'

type Json = Record<string, any>
const WEB = 'did:web:lycee.example'
const signer = signerOf('lycee', WEB)
const { publicKeyMultibase } = signer
const key = { id: signer.id, controller: WEB, publicKeyMultibase }

const check = (report: Report, name: CheckName) => report.checks.find((one) => one.name === name)
const issued = (id: string, by = signerOf('lycee', id), options: Json = {}) => {
  const made = buildBadge(badgeValues({ issuer: { id, name: 'Lycée DÉMO' } })) as Json
  delete made.credentialStatus
  return signAnything(made, by, options)
}
const verify = (document: Json, answers: Json) =>
  verifyBadge(Buffer.from(JSON.stringify(document)), {
    lookups: lookupsOf({ keys: answers }),
    now: AWARDED,
    language: 'en',
  })
const listing = (...value: IssuerKey[]) => ({ [WEB]: { outcome: 'found', value } })

describe('a key with dates', () => {
  const found = async (dates: Json, options: Json = {}) => {
    const badge = await issued(WEB, signer, { created: '2026-06-15T08:00:00Z', ...options })
    return verify(badge, listing({ ...key, ...dates }))
  }

  test('that was retired later has signed a good badge', async () => {
    expect(await found({ expires: '2026-06-15T08:30:00Z' })).toMatchObject({ verdict: 'valid' })
  })

  test.each<[string, Json, string]>([
    ['ED-11 revoked before', { revoked: '2026-06-15T07:00:00Z' }, 'key_revoked'],
    ['ED-11 revoked at that instant', { revoked: '2026-06-15T08:00:00Z' }, 'key_revoked'],
    ['retired before', { expires: '2026-06-15T07:00:00Z' }, 'key_retired'],
    [
      'retired later, revoked before',
      { expires: '2027-01-01T00:00:00Z', revoked: '2026-06-01T00:00:00Z' },
      'key_revoked',
    ],
    ['with a day that is none', { revoked: '2026-02-30T00:00:00Z' }, 'key_dates'],
    ['with a word for a date', { expires: 'never' }, 'key_dates'],
    ['with an empty date', { revoked: '' }, 'key_dates'],
  ])('%s the signature fails', async (_, dates, code) => {
    const report = await found(dates)
    expect(report.verdict).toBe('invalid')
    expect(check(report, 'issuer_binding')).toMatchObject({ result: 'fail', code })
  })

  test('that has an end wants a signature with a date', async () => {
    for (const dates of [{ revoked: '2026-07-01T00:00:00Z' }, { expires: '2026-07-01T00:00:00Z' }])
      expect(check(await found(dates, { created: undefined }), 'issuer_binding')).toMatchObject({
        result: 'fail',
      })
  })

  test('RL-19 revoked later leaves it open, and the report tells the day', async () => {
    const report = await found({ revoked: '2026-06-15T08:30:00Z' })
    expect(report.verdict).toBe('indeterminate')
    expect(check(report, 'issuer_binding')).toMatchObject({
      result: 'unknown',
      code: 'key_revoked_later',
    })
    const [warning] = report.warnings
    expect(warning).toMatchObject({ code: 'key_revoked_later' })
    expect(warning?.message).toContain('15 June 2026')
  })

  test('that will be revoked counts until then', async () => {
    expect(await found({ revoked: '2026-07-01T00:00:00Z' })).toMatchObject({ verdict: 'valid' })
  })

  test('is read as our own documents write it', () => {
    const retiredAt = '2026-06-14T08:00:00.123Z'
    const revokedAt = '2026-06-15T07:00:00.000Z'
    const own = ['retired', 'revoked', 'active'].map((name) => ({
      publicKeyMultibase: signerOf(name).publicKeyMultibase,
      retiredAt: name === 'retired' ? retiredAt : null,
      revokedAt: name === 'revoked' ? revokedAt : null,
    }))
    const looked = keysOfController(didDocument(WEB, own), WEB)
    const keys = looked.outcome === 'found' ? looked.value : []
    const codes = (signed: string) =>
      keys.map((one) => bindListed(one, WEB, { signed: Date.parse(signed), now: AWARDED }).code)
    expect(codes('2026-06-14T07:00:00Z')).toEqual([
      'issuer_binding',
      'key_revoked_later',
      'issuer_binding',
    ])
    expect(codes('2026-06-15T08:00:00Z')).toEqual(['key_retired', 'key_revoked', 'issuer_binding'])
    // A JWK set has no word for it, so the revoked one is not in it.
    expect(jwks(WEB, own).keys).toHaveLength(2)
  })
})

describe('whose key it is', () => {
  test('nothing is said of it while the signature is not good', async () => {
    const badge = await issued(WEB)
    const changed = { ...badge, name: 'Another' }
    const report = await verify(changed, listing(key))
    expect(check(report, 'proof')).toMatchObject({ result: 'fail' })
    expect(check(report, 'issuer_binding')).toMatchObject({
      result: 'unknown',
      code: 'not_checked',
    })
    expect(check(await verify(changed, listing()), 'issuer_binding')).toMatchObject({
      result: 'fail',
    })
  })

  test.each<[string, (document: Json) => void]>([
    [
      'a name twice, with two keys',
      (one) =>
        one.verificationMethod.push({
          ...key,
          publicKeyMultibase: signerOf('x').publicKeyMultibase,
        }),
    ],
    ['two keys at once', (one) => (one.verificationMethod[0].publicKeyJwk = { kty: 'OKP' })],
    ['no key', (one) => delete one.verificationMethod[0].publicKeyMultibase],
  ])('a document with %s says nothing of it', (_, change) => {
    const document = didDocument(WEB, [
      { publicKeyMultibase, retiredAt: null, revokedAt: null },
    ]) as Json
    expect(keysOfController(document, WEB)).toMatchObject({ value: [{ id: key.id }] })
    change(document)
    expect(keysOfController(document, WEB)).toEqual({ outcome: 'found', value: [] })
  })
})

describe('an https issuer', () => {
  const ISSUER = 'https://school.example/issuers/1'
  const METHOD = 'https://school.example/issuers/1/key'
  const document = { id: METHOD, type: 'Multikey', controller: ISSUER, publicKeyMultibase }
  const bound = async (pages: Json, method = METHOD) => {
    const { outside, asked } = internet(pages)
    const badge = await issued(ISSUER, { ...signerOf('lycee', ISSUER), id: method })
    const report = await verifyBadge(Buffer.from(JSON.stringify(badge)), {
      lookups: outsideLookups(outside),
      now: AWARDED,
      language: 'en',
    })
    return { binding: check(report, 'issuer_binding'), asked }
  }

  test('stands by the keys of the document at its own address', async () => {
    const own = {
      id: ISSUER,
      type: 'Profile',
      verificationMethod: [document],
      assertionMethod: [METHOD],
    }
    const { binding, asked } = await bound({ [ISSUER]: own })
    expect(binding).toMatchObject({ result: 'pass' })
    expect(asked).toEqual([ISSUER])
    const other = { ...own, assertionMethod: [] }
    const refused = await bound({ [ISSUER]: other, [METHOD]: document })
    expect(refused.binding).toMatchObject({ result: 'fail' })
    expect(refused.asked).toEqual([ISSUER])
  })

  test('that lists none stands by the key document beside it', async () => {
    expect((await bound({ [METHOD]: document })).binding).toMatchObject({ result: 'pass' })
    expect((await bound({ [ISSUER]: { id: ISSUER }, [METHOD]: document })).binding).toMatchObject({
      result: 'pass',
    })
  })

  test.each<[string, Json]>([
    ['of another controller', { controller: 'https://school.example/issuers/2' }],
    ['of another name', { id: `${METHOD}2` }],
    ['without a controller', { controller: undefined }],
  ])('does not stand by a key document %s', async (_, change) => {
    const { binding } = await bound({ [METHOD]: { ...document, ...change } })
    expect(binding).toMatchObject({ result: 'unknown', code: 'issuer_unreachable' })
  })

  test('JW-06 of a key elsewhere, only the issuer is asked', async () => {
    const { binding, asked } = await bound({}, 'https://attacker.example/key')
    expect(binding).toMatchObject({ result: 'fail' })
    expect(asked.every((url) => url.startsWith('https://school.example/'))).toBe(true)
  })

  test.each([
    'https://school.example/uploads/key',
    'https://school.example/issuers/1/../../uploads/key',
    'https://school.example/issuers/%2e%2e/uploads/key',
    'https://school.example/issuers/key?by=anybody',
    'https://school.example:8443/issuers/key',
  ])('the address %s is not beside it, and is not asked', async (method) => {
    const page = { ...document, id: method }
    const { binding, asked } = await bound({ [method]: page, [new URL(method).href]: page }, method)
    expect(binding?.result).not.toBe('pass')
    expect(asked).toEqual([ISSUER, 'https://school.example/.well-known/jwks.json'])
  })

  test('has a JWK set whose keys may end', async () => {
    const set = (exp: unknown): Promise<Looked<readonly IssuerKey[]>> => {
      const page = { keys: [{ kty: 'OKP', kid: 'a', exp }] }
      return outsideLookups(
        internet({ 'https://school.example/.well-known/jwks.json': page }).outside,
      ).issuerKeys(ISSUER)
    }
    expect(await set(1_781_510_400)).toMatchObject({
      value: [{ expires: '2026-06-15T08:00:00.000Z' }],
    })
    expect(await set('soon')).toMatchObject({ value: [{ expires: '' }] })
  })
})

describe('DI-12 a did:web with a port', () => {
  test('is asked at that port, which the guarded fetcher refuses: open, and it says why', async () => {
    const did = 'did:web:lycee.example%3A8443'
    const asked: string[] = []
    const outside: Outside = {
      fetchText: async (url): Promise<Fetched> => {
        asked.push(url)
        return { outcome: 'refused', reason: 'address' }
      },
    }
    const badge = await issued(did)
    const report = await verifyBadge(Buffer.from(JSON.stringify(badge)), {
      lookups: outsideLookups(outside),
      now: AWARDED,
      language: 'en',
    })
    expect(asked).toEqual(['https://lycee.example:8443/.well-known/did.json'])
    expect(report.verdict).toBe('indeterminate')
    expect(check(report, 'issuer_binding')).toMatchObject({ code: 'issuer_refused' })
  })

  test('DI-16 a redirect that is refused is no word of the issuer', async () => {
    const outside: Outside = {
      fetchText: async (): Promise<Fetched> => ({ outcome: 'refused', reason: 'redirect' }),
    }
    expect(await outsideLookups(outside).issuerKeys(WEB)).toEqual({ outcome: 'unreachable' })
  })
})

/** What stands at which address, and what was asked for. */
function internet(pages: Json): { outside: Outside; asked: string[] } {
  const asked: string[] = []
  const fetchText = async (url: string): Promise<Fetched> => {
    asked.push(url)
    if (!(url in pages)) return { outcome: 'missing', reason: '404' }
    const body = Buffer.from(JSON.stringify(pages[url]))
    return { outcome: 'found', body, contentType: 'application/json' }
  }
  return { outside: { fetchText }, asked }
}
