import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { didDocument, didKeyToMultibase, didWebToUrl, toDidWeb } from '../../src/credential/did.js'
import { fromBase58, toBase58 } from '../../src/credential/multibase.js'
import { readMultikey, toMultikey } from '../../src/credential/multikey.js'
import { signerOf } from '../support/signers.js'

describe('a public key as Multikey', () => {
  test('an Ed25519 key is read', () => {
    expect(readMultikey(signerOf('anyone').publicKeyMultibase)).toMatchObject({ type: 'Ed25519' })
  })

  test.each([
    ['ED-01 the identity point', [1, ...Array<number>(31).fill(0)], 'weak_key'],
    ['ED-01 a point of order two', [0xec, ...Array<number>(30).fill(0xff), 0x7f], 'weak_key'],
    ['ED-01 the identity with a sign', [1, ...Array<number>(30).fill(0), 0x80], 'weak_key'],
    ['ED-01 order two with a sign', [0xec, ...Array<number>(31).fill(0xff)], 'weak_key'],
    ['a number that has a smaller name', [0xee, ...Array<number>(30).fill(0xff), 0x7f], 'weak_key'],
    ['ED-07 31 bytes', Array<number>(31).fill(7), 'key_syntax'],
    ['ED-07 33 bytes', Array<number>(33).fill(7), 'key_syntax'],
  ])('%s is refused', (_, bytes, code) => {
    expect(readMultikey(toMultikey(Uint8Array.from(bytes)))).toBe(code)
  })

  test('ED-06 another kind of key is refused by its prefix', () => {
    const x25519 = `z${toBase58(Uint8Array.from([0xec, 0x01, ...Array<number>(32).fill(9)]))}`
    expect(readMultikey(x25519)).toBe('key_type')
  })

  test('ED-07 a text of 100,000 letters costs nothing', () => {
    expect(readMultikey(`z${'1'.repeat(100_000)}`)).toBe('key_syntax')
  })
})

test('base58 comes back as it went in', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 96 }), (bytes) => {
      expect(fromBase58(toBase58(bytes), 200)).toEqual(bytes)
    }),
  )
  expect(fromBase58('0OIl', 10)).toBeUndefined()
})

describe('did:web', () => {
  test.each([
    ['did:web:sceau.example', 'https://sceau.example/.well-known/did.json'],
    ['did:web:sceau.example:orgs:tilleuls', 'https://sceau.example/orgs/tilleuls/did.json'],
    ['did:web:sceau.example%3A8443:orgs:a', 'https://sceau.example:8443/orgs/a/did.json'],
  ])('%s is found at %s', (did, url) => {
    expect(didWebToUrl(did)).toBe(url)
  })

  test.each([
    'did:web:badge.example%40evil.example',
    'did:web:badge.example:..:..:evil',
    'did:web:badge.example:%2e%2e:x',
    'did:web:badge.example:a::b',
    'did:web:127.0.0.1',
    'did:web:localhost%3A5432',
    'did:web:[::1]',
    'did:web:2130706433',
    'did:web:intranet',
    'did:web:',
    'did:key:z6Mk',
  ])('DI-08, DI-10, DI-11 %s is no address', (did) => {
    expect(didWebToUrl(did)).toBeUndefined()
  })

  test('names a path on an origin, with its port', () => {
    expect(toDidWeb('http://localhost:3000', ['orgs', 'a'])).toBe('did:web:localhost%3A3000:orgs:a')
  })
})

test('DI-20 a did:key has one spelling', () => {
  const { did, publicKeyMultibase } = signerOf('anyone')
  expect(didKeyToMultibase(did)).toBe(publicKeyMultibase)
  for (const other of [`${did}?x`, `${did}#x`, 'did:key:u7QE', 'did:key:']) {
    expect(didKeyToMultibase(other)).toBeUndefined()
  }
})

test('a retired and a revoked key stay in the DID document, with their dates', () => {
  const key = (name: string, retiredAt: string | null, revokedAt: string | null) => ({
    publicKeyMultibase: signerOf(name).publicKeyMultibase,
    retiredAt,
    revokedAt,
  })
  const day = '2026-06-01T00:00:00Z'
  const document = didDocument('did:web:sceau.example', [
    key('old', day, null),
    key('lost', null, day),
    key('new', null, null),
  ])
  expect(document.assertionMethod).toHaveLength(3)
  expect(document.verificationMethod).toMatchObject([{ expires: day }, { revoked: day }, {}])
})
