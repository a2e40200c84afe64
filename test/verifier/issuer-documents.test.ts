import { describe, expect, test } from 'vitest'
import { keysAtIssuer, keysOfController } from '../../src/verifier/issuer-documents.js'
import type { Looked } from '../../src/verifier/lookups.js'

type Json = Record<string, any>
const WEB = 'did:web:lycee.example'
const HTTPS = 'https://school.example/issuers/1'
const SET = 'https://school.example/.well-known/jwks.json'
const multikey = (id: string, controller: string, changes: Json = {}) => ({
  id,
  controller,
  publicKeyMultibase: `z${id}`,
  ...changes,
})
/** The answer for an issuer, and what was asked for on the way; nothing stands at any other address. */
async function keysAt(
  issuerId: string,
  pages: Record<string, unknown>,
  method?: string,
  otherwise: Looked<never> = { outcome: 'missing' },
) {
  const asked: [string, string][] = []
  const keys = await keysAtIssuer(issuerId, method, async (url, accept) => {
    asked.push([url, accept])
    return url in pages ? { outcome: 'found', value: pages[url] } : otherwise
  })
  return { keys, asked, urls: asked.map(([url]) => url) }
}
const found = (...value: unknown[]) => ({ outcome: 'found', value })

describe('who is asked for the keys of an issuer', () => {
  test('a did:web at its document', async () => {
    const url = 'https://lycee.example/.well-known/did.json'
    const key = multikey(`${WEB}#1`, WEB)
    const document = { id: WEB, verificationMethod: [key], assertionMethod: [key.id] }
    const { keys, asked } = await keysAt(WEB, { [url]: document })
    expect(keys).toEqual(found(key))
    expect(asked).toEqual([[url, 'application/did+json, application/json']])
    for (const outcome of ['missing', 'unreachable', 'refused'] as const)
      expect((await keysAt(WEB, {}, undefined, { outcome })).keys).toEqual({ outcome })
  })

  test.each([
    ['did:web:127.0.0.1', 'bad_syntax'],
    ['https://', 'bad_syntax'],
    ['http://school.example/issuers/1', 'unsupported'],
    ['did:ion:https://school.example', 'unsupported'],
    ['urn:did:web:lycee.example', 'unsupported'],
    ['', 'unsupported'],
  ])('nobody for %s: %s', async (issuerId, outcome) => {
    expect(await keysAt(issuerId, {})).toEqual({ keys: { outcome }, asked: [], urls: [] })
  })

  test('an https issuer itself, then the key beside it, then its host', async () => {
    const { keys, asked } = await keysAt(HTTPS, {}, `${HTTPS}/key`, { outcome: 'gone' })
    expect(keys).toEqual({ outcome: 'gone' })
    expect(asked).toEqual([
      [HTTPS, 'application/json, application/ld+json'],
      [`${HTTPS}/key`, 'application/json, application/ld+json, application/jwk+json'],
      [SET, 'application/jwk-set+json, application/json'],
    ])
    expect((await keysAt(HTTPS, {})).urls).toEqual([HTTPS, SET])
  })

  test('one whose profile lists keys at no other address', async () => {
    const key = multikey('#1', HTTPS)
    const profile = { id: HTTPS, verificationMethod: key, assertionMethod: '#1' }
    const { keys, urls } = await keysAt(HTTPS, { [HTTPS]: profile }, `${HTTPS}/key`)
    expect(keys).toEqual(found({ ...key, id: `${HTTPS}#1` }))
    expect(urls).toEqual([HTTPS])
    const none = { ...profile, assertionMethod: undefined }
    expect((await keysAt(HTTPS, { [HTTPS]: none })).keys).toEqual(found())
  })

  test.each([[null], [[]], ['assertionMethod'], [7], [{ id: HTTPS }]])(
    'one whose profile is %j further',
    async (profile) => {
      expect((await keysAt(HTTPS, { [HTTPS]: profile })).urls).toEqual([HTTPS, SET])
    },
  )
})

describe('a key beside an https issuer', () => {
  const address = `${HTTPS}/key`
  const beside = async (page: unknown, method = address, at = address) =>
    (await keysAt(HTTPS, { [at]: page }, method)).keys

  test('is a Multikey of this name and controller', async () => {
    const key = multikey(address, HTTPS)
    expect(await beside(key)).toEqual(found(key))
    const named = multikey(`${address}#1`, HTTPS)
    expect(await beside(named, named.id)).toEqual(found(named))
    for (const other of [
      multikey(`${address}2`, HTTPS),
      multikey(address, `${HTTPS}0`),
      { ...key, controller: undefined },
      { ...key, publicKeyMultibase: undefined },
      [key],
      null,
      'key',
    ])
      expect(await beside(other)).toEqual({ outcome: 'missing' })
  })

  test('is a bare JWK, which is this issuer’s by its place', async () => {
    const jwk = { kty: 'OKP', crv: 'Ed25519', x: 'a' }
    const as = (publicKeyJwk: Json) => found({ id: address, controller: HTTPS, publicKeyJwk })
    expect(await beside(jwk)).toEqual(as(jwk))
    expect(await beside({ ...jwk, iss: HTTPS })).toEqual(as({ ...jwk, iss: HTTPS }))
    expect(await beside({ ...jwk, iss: `${HTTPS}0` })).toEqual({ outcome: 'missing' })
    expect(await beside({ ...jwk, kty: 1 })).toEqual({ outcome: 'missing' })
  })

  test.each([
    'https://school.example/issuers/key',
    'https://school.example/issuers/1/a/key',
    'https://school.example/issuers/',
  ])('may stand at %s', async (method) => {
    expect((await keysAt(HTTPS, {}, method)).urls).toEqual([HTTPS, method, SET])
  })

  test.each([
    'https://school.example/issuers',
    'https://school.example/key',
    'https://school.example/issuersx/key',
    'https://other.example/issuers/key',
    'http://school.example/issuers/key',
    'https://school.example/issuers/key?',
    'https://school.example/issuers/key?x',
    'https://school.example/issuers/a%2Fb',
    'https://school.example/issuers/a%5cb',
    'https://school.example/issuers/a%2Eb',
    'did:web:school.example',
    'key-1',
    '#key-1',
    '',
  ])('does not stand at %s', async (method) => {
    const { urls } = await keysAt(HTTPS, {}, method)
    expect(urls.filter((url) => url !== HTTPS && url !== SET)).toEqual(
      method.endsWith('?') ? [method] : [],
    )
  })
})

describe('the JWK set of a host', () => {
  const setOf = async (set: unknown) => (await keysAt(HTTPS, { [SET]: set })).keys
  const jwk = { kty: 'OKP' }

  test('names a key by its kid, or not at all', async () => {
    const keys = [{ ...jwk, kid: 'a' }, { ...jwk, kid: 7 }, jwk, null, 'x', [jwk]]
    expect(await setOf({ keys })).toEqual(
      found(
        { id: 'a', controller: HTTPS, publicKeyJwk: keys[0] },
        { id: HTTPS, controller: HTTPS, publicKeyJwk: keys[1] },
        { id: HTTPS, controller: HTTPS, publicKeyJwk: jwk },
      ),
    )
  })

  test('may give a key to one issuer of the host', async () => {
    const keys = [{ iss: HTTPS }, { iss: `${HTTPS}0` }, { iss: null }]
    expect(await setOf({ keys })).toMatchObject(found({ publicKeyJwk: { iss: HTTPS } }))
  })

  test.each([[null], [[]], ['x'], [{}], [{ keys: 'x' }]])('that is %j has no keys', async (set) => {
    expect(await setOf(set)).toEqual(found())
  })

  test('is read to its end', async () => {
    const keys = Array.from({ length: 600 }, (_, at) => ({ ...jwk, kid: `k${at}` }))
    const read = await setOf({ keys })
    expect(read.outcome === 'found' && read.value.map(({ id }) => id)).toEqual(
      keys.map(({ kid }) => kid),
    )
  })

  test.each([
    [1_781_510_400, '2026-06-15T08:00:00.000Z'],
    [0, '1970-01-01T00:00:00.000Z'],
    [1e300, ''],
    ['1781510400', ''],
    [null, ''],
  ])('with exp %j ends “%s”', async (exp, expires) => {
    const keys = [{ ...jwk, kid: 'a', exp }]
    expect(await setOf({ keys })).toEqual(
      found({ id: 'a', controller: HTTPS, publicKeyJwk: keys[0], expires }),
    )
  })
})

describe('the keys of a controller document', () => {
  const key = multikey(`${WEB}#1`, WEB)
  const document = { id: WEB, verificationMethod: [key], assertionMethod: [key.id] }
  const keysOf = (changes: Json) => keysOfController({ ...document, ...changes }, WEB)

  test.each<[string, Json, unknown[]]>([
    ['listed by name', {}, [key]],
    ['listed by fragment', { assertionMethod: ['#1'] }, [key]],
    ['listed alone, without brackets', { assertionMethod: '#1', verificationMethod: key }, [key]],
    ['listed twice', { assertionMethod: [key.id, key.id] }, [key]],
    ['listed whole', { assertionMethod: [key], verificationMethod: undefined }, [key]],
    ['listed as nothing', { assertionMethod: [null, 7, '', '#'] }, []],
    ['listed under another name', { assertionMethod: [`${WEB}#2`, '1', `#${key.id}`] }, []],
    [
      'of another controller',
      { verificationMethod: [{ ...key, controller: 'did:x' }] },
      [{ ...key, controller: 'did:x' }],
    ],
    [
      'of no controller',
      { verificationMethod: [{ ...key, controller: 1 }] },
      [{ ...key, controller: '' }],
    ],
    ['of a document of somebody else', { id: `${WEB}x` }, []],
    [
      'twice under one name',
      { verificationMethod: [key, { ...key, publicKeyMultibase: 'zB' }] },
      [],
    ],
    [
      'twice, once by fragment',
      {
        verificationMethod: [key, { ...key, id: '#1', publicKeyMultibase: 'zB' }],
      },
      [],
    ],
    ['among what is none', { verificationMethod: [null, 'x', [key], key] }, [key]],
    ['without a name', { assertionMethod: [{ ...key, id: undefined }] }, []],
    ['with an empty name', { assertionMethod: [{ ...key, id: '' }] }, []],
    ['with a number for a name', { assertionMethod: [{ ...key, id: 7 }] }, []],
    ['in no form', { verificationMethod: [{ ...key, publicKeyMultibase: 7 }] }, []],
    ['in two forms', { verificationMethod: [{ ...key, publicKeyJwk: {} }] }, []],
    [
      'as a JWK that is none',
      {
        verificationMethod: [{ ...key, publicKeyMultibase: undefined, publicKeyJwk: 'x' }],
      },
      [],
    ],
  ])('are read %s', (_, changes, keys) => {
    expect(keysOf(changes)).toEqual(found(...keys))
  })

  test('a JWK stands as it is', () => {
    const jwk = { id: key.id, controller: WEB, publicKeyJwk: { kty: 'OKP' } }
    expect(keysOf({ verificationMethod: [jwk] })).toEqual(found(jwk))
  })

  test('two names are two keys', () => {
    const other = multikey(`${WEB}#2`, WEB)
    const both = { verificationMethod: [key, other], assertionMethod: ['#2', '#1'] }
    expect(keysOf(both)).toEqual(found(other, key))
  })

  test('dates are kept, and what is no text is a date that no key outlives', () => {
    const at = '2026-06-15T08:00:00Z'
    for (const changes of [{ expires: at }, { revoked: at }, { expires: at, revoked: at }])
      for (const jwk of [{}, { publicKeyMultibase: undefined, publicKeyJwk: {} }])
        expect(keysOf({ verificationMethod: [{ ...key, ...jwk, ...changes }] })).toMatchObject(
          found(changes),
        )
    expect(keysOf({ verificationMethod: [{ ...key, expires: 7, revoked: null }] })).toEqual(
      found({ ...key, expires: '', revoked: '' }),
    )
  })

  test('the last of many is found, and none where two have its name', () => {
    const others = Array.from({ length: 600 }, (_, at) => multikey(`${WEB}#o${at}`, WEB))
    const list = (methods: unknown[]) => keysOf({ verificationMethod: methods })
    expect(list([...others, key])).toEqual(found(key))
    expect(list([key, ...others, { ...multikey(key.id, WEB) }])).toEqual(found())
    const names = [...others.map(({ id }) => id), key.id]
    expect(keysOf({ verificationMethod: [key], assertionMethod: names })).toEqual(found(key))
  })

  test.each([[null], [[]], ['x'], [undefined]])('%j is no document', (other) => {
    expect(keysOfController(other, WEB)).toEqual(found())
  })
})
