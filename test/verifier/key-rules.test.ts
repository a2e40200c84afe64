import { describe, expect, test } from 'vitest'
import {
  bindKey,
  bindListed,
  keyInName,
  keysOfIssuer,
  keyToTry,
  noKeys,
  type Keys,
} from '../../src/verifier/check-issuer.js'
import { OFFLINE, type IssuerKey } from '../../src/verifier/lookups.js'

const ISSUER = 'did:web:lycee.example'
const NOW = new Date('2026-06-15T09:00:00Z')
const MULTIBASE = 'z6MkpTHR8VNsBxYAAWHut2Geadd9jSwuBV8xRoAnwWsdvktH'
const OTHER = 'z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK'
const DID_KEY = `did:key:${MULTIBASE}`
const key = (name: string, changes: Partial<IssuerKey> = {}): IssuerKey => ({
  id: `${ISSUER}#${name}`,
  controller: ISSUER,
  publicKeyMultibase: MULTIBASE,
  ...changes,
})
const found = (...value: IssuerKey[]): Keys => ({ outcome: 'found', value })
const bind = (keys: Keys, method: string, { issuerId = ISSUER, created = '' } = {}) => {
  const { result, code } = bindKey(keys, issuerId, { method, created: created || undefined }, NOW)
  return `${result}:${code}`
}

describe('the keys of a did:key', () => {
  test('are one, which is in its name, and nobody is asked', async () => {
    const asked: unknown[] = []
    const lookups = {
      ...OFFLINE,
      issuerKeys: async (...args: unknown[]) => (asked.push(args), found()),
    }
    expect(await keysOfIssuer(DID_KEY, lookups)).toEqual(
      found({ id: `${DID_KEY}#${MULTIBASE}`, controller: DID_KEY, publicKeyMultibase: MULTIBASE }),
    )
    expect(await keysOfIssuer('did:key:zQ', lookups)).toEqual({ outcome: 'bad_syntax' })
    expect(asked).toEqual([])
    expect(await keysOfIssuer(ISSUER, lookups, 'a method')).toEqual(found())
    expect(await keysOfIssuer('https://a.example/did:key:', lookups)).toEqual(found())
    expect(asked).toEqual([
      [ISSUER, 'a method'],
      ['https://a.example/did:key:', undefined],
    ])
  })

  test('have one name: any other name under it is badly formed', () => {
    const own = found({ id: `${DID_KEY}#${MULTIBASE}`, controller: DID_KEY })
    expect(bind(own, `${DID_KEY}#${MULTIBASE}`, { issuerId: DID_KEY })).toBe('pass:issuer_binding')
    expect(bind(own, `${DID_KEY}#key-1`, { issuerId: DID_KEY })).toBe('fail:did_syntax')
    expect(bind(own, `${ISSUER}#key-1`, { issuerId: DID_KEY })).toBe('fail:issuer_binding')
  })
})

describe('the key to try', () => {
  test('is the one listed under the name, whatever the name says itself', () => {
    const keys = found(key('other', { publicKeyMultibase: OTHER }), key(OTHER))
    expect(keyToTry(keys, `${ISSUER}#${OTHER}`)).toBe(MULTIBASE)
    expect(keyToTry(keys, `${ISSUER}#other`)).toBe(OTHER)
  })

  test('is the one in the name, if none is listed under it, or none of this form', () => {
    const { publicKeyMultibase: _, ...withJwk } = key(OTHER, { publicKeyJwk: { kty: 'OKP' } })
    expect(keyToTry(found(key('other')), `${ISSUER}#${OTHER}`)).toBe(OTHER)
    expect(keyToTry(found(withJwk), `${ISSUER}#${OTHER}`)).toBe(OTHER)
    expect(keyToTry({ outcome: 'unreachable' }, `${ISSUER}#${OTHER}`)).toBe(OTHER)
  })

  test.each([
    [`${ISSUER}#${OTHER}`, OTHER],
    [DID_KEY, MULTIBASE],
    [`${DID_KEY}#${OTHER}`, OTHER],
    [`${DID_KEY}#`, undefined],
    [`${ISSUER}#key-z`, undefined],
    [`${ISSUER}#`, undefined],
    [ISSUER, undefined],
    ['', undefined],
  ])('that the name “%s” says is %s', (method, multibase) => {
    expect(keyInName(method)).toBe(multibase)
  })
})

describe('a key is bound', () => {
  test('by its whole name alone', () => {
    const keys = found(
      key('retired', { expires: '2026-01-01T00:00:00Z' }),
      key('k', { controller: ISSUER }),
    )
    expect(bind(keys, `${ISSUER}#k`)).toBe('pass:issuer_binding')
    for (const method of [`${ISSUER}#K`, `${ISSUER}#k2`, ISSUER, '', '#k'])
      expect(bind(keys, method), method).toBe('fail:issuer_binding')
  })

  test('to nobody but its controller', () => {
    for (const controller of ['did:web:other.example', '', `${ISSUER}/`])
      expect(bind(found(key('k', { controller })), `${ISSUER}#k`)).toBe('fail:issuer_binding')
  })

  test('without an end, even by a signature without a date', () => {
    expect(bindListed(key('k'), ISSUER, { signed: NaN, now: NOW }).result).toBe('pass')
  })

  test.each<[Partial<IssuerKey>, string, string]>([
    [{ expires: '2026-06-10T00:00:00Z' }, '2026-06-09T23:59:59Z', 'issuer_binding'],
    [{ expires: '2026-06-10T00:00:00Z' }, '2026-06-10T00:00:00Z', 'key_retired'],
    [{ expires: '2026-06-10T00:00:00Z' }, '', 'key_retired'],
    [{ expires: '2026-06-10T00:00:00Z' }, '2026-02-30T00:00:00Z', 'key_retired'],
    [{ revoked: '2026-06-10T00:00:00Z' }, '2026-06-10T00:00:00Z', 'key_revoked'],
    [{ revoked: '2026-06-10T00:00:00Z' }, '', 'key_revoked'],
    [{ revoked: '2026-06-10T00:00:00Z' }, '2026-06-09T23:59:59Z', 'key_revoked_later'],
    [{ revoked: '2026-06-15T09:00:00Z' }, '2026-06-09T00:00:00Z', 'key_revoked_later'],
    [{ revoked: '2026-06-15T09:00:01Z' }, '2026-06-09T00:00:00Z', 'issuer_binding'],
    [{ revoked: 'soon' }, '2026-06-09T00:00:00Z', 'key_dates'],
    [{ expires: 'soon' }, '2026-06-09T00:00:00Z', 'key_dates'],
  ])('with the dates %j, by a signature of “%s”: %s', (dates, created, code) => {
    const named = { method: `${ISSUER}#k`, created: created || undefined }
    expect(bindKey(found(key('k', dates)), ISSUER, named, NOW).code).toBe(code)
  })

  test('and revoked later, it says the day and no instant', () => {
    const named = { method: `${ISSUER}#k`, created: '2026-06-09T00:00:00Z' }
    const revoked = found(key('k', { revoked: '2026-06-10T12:34:56Z' }))
    const { result, words, warnings } = bindKey(revoked, ISSUER, named, NOW)
    expect(result).toBe('unknown')
    expect(words.fr).toContain(' le 10 juin 2026. ')
    expect(warnings).toEqual([{ code: 'key_revoked_later', words }])
  })
})

describe('while the keys of an issuer can’t be seen', () => {
  const HTTPS = 'https://school.example/issuers/1'
  const away: Keys = { outcome: 'unreachable' }

  test.each([
    [ISSUER, `${ISSUER}#k`],
    [HTTPS, `${HTTPS}#k`],
    [HTTPS, 'https://school.example/keys/1'],
  ])('%s may stand by %s: open', (issuerId, method) => {
    expect(bind(away, method, { issuerId })).toBe('unknown:issuer_unreachable')
    expect(bind(found(), method, { issuerId })).toBe('fail:issuer_binding')
  })

  test.each([
    [ISSUER, 'did:web:lycee.example:orgs#k'],
    [ISSUER, 'did:web:other.example#k'],
    [ISSUER, ''],
    [ISSUER, HTTPS],
    [HTTPS, ISSUER],
    [HTTPS, 'https://other.example/issuers/1'],
    [HTTPS, 'https://school.example:8443/issuers/1'],
    [HTTPS, 'http://school.example/keys/1'],
    [HTTPS, 'https://'],
    ['https://', HTTPS],
    ['http://school.example/issuers/1', 'http://school.example/keys/1'],
    ['urn:example:a', 'urn:example:b'],
  ])('%s has nothing to do with %s: false', (issuerId, method) => {
    expect(bind(away, method, { issuerId })).toBe('fail:issuer_binding')
  })

  test.each([
    ['bad_syntax', 'fail', 'did_syntax'],
    ['unsupported', 'unknown', 'issuer_method_unsupported'],
    ['refused', 'unknown', 'issuer_refused'],
    ['unreachable', 'unknown', 'issuer_unreachable'],
    ['missing', 'unknown', 'issuer_unreachable'],
    ['gone', 'unknown', 'issuer_unreachable'],
  ] as const)('%s is %s, and says why: %s', (outcome, result, code) => {
    expect(noKeys(outcome)).toMatchObject({ result, code })
    expect(bind({ outcome }, `${ISSUER}#k`)).toBe(`${result}:${code}`)
  })
})
