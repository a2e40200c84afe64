import { describe, expect, test } from 'vitest'
import {
  didDocument,
  didKeyToMultibase,
  didWebToUrl,
  jwks,
  toDidWeb,
} from '../../src/credential/did.js'
import { freshSigner } from '../support/fresh.js'

const label = 'a'.repeat(63)

describe('the grammar of did:web', () => {
  test.each([
    ['did:web:a.example', 'https://a.example/.well-known/did.json'],
    ['did:web:a-b.c9.example', 'https://a-b.c9.example/.well-known/did.json'],
    [`did:web:${label}.example`, `https://${label}.example/.well-known/did.json`],
    ['did:web:a.example%3A1', 'https://a.example:1/.well-known/did.json'],
    ['did:web:a.example%3A65535:x', 'https://a.example:65535/x/did.json'],
    ['did:web:a.example:x:Y_z.~', undefined],
    ['did:web:a.example:x:Y_z.-9', 'https://a.example/x/Y_z.-9/did.json'],
    ['did:web:a.example:.x', 'https://a.example/.x/did.json'],
  ])('%s is found at %s', (did, url) => {
    expect(didWebToUrl(did)).toBe(url)
  })

  test.each([
    'xdid:web:a.example',
    'did:web',
    'did:webs:a.example',
    'did:web:A.example',
    'did:web:a_b.example',
    'did:web:-a.example',
    'did:web:a-.example',
    'did:web:a..example',
    'did:web:.example',
    'did:web:a.example.',
    'did:web:a.9',
    'did:web:a.-e',
    `did:web:${label}a.example`,
    `did:web:${'a.'.repeat(125)}example`,
    'did:web:a.example ',
    'did:web:a.example/x',
    'did:web:a.example?x',
    'did:web:a.example%3A0',
    'did:web:a.example%3A080',
    'did:web:a.example%3A65536',
    'did:web:a.example%3A123456',
    'did:web:a.example%3A',
    'did:web:a.example%3Ax1',
    'did:web:a.example%3A1%3A2',
    'did:web:a.example%3a1',
    'did:web:a.example:.',
    'did:web:a.example:..',
    'did:web:a.example:x:...',
    'did:web:a.example:',
    'did:web:a.example:x:',
    'did:web:a.example:é',
    'did:web:a.example:x/y',
    'did:web:a.example:%2e',
  ])('DI-10, DI-11 %s is no address', (did) => {
    expect(didWebToUrl(did)).toBeUndefined()
  })

  test('our own names can be read back', () => {
    for (const origin of ['https://sceau.example', 'https://sceau.example:8443']) {
      const did = toDidWeb(origin, ['orgs', 'tilleuls'])
      expect(didWebToUrl(did)).toBe(`${origin}/orgs/tilleuls/did.json`)
    }
  })
})

describe('the grammar of did:key', () => {
  test.each([
    ['z', 40, true],
    ['z', 72, true],
    ['z', 39, false],
    ['z', 73, false],
    ['u', 48, false],
  ])('%s and %i letters: %s', (base, letters, isOne) => {
    const multibase = `${base}${'2'.repeat(letters)}`
    expect(didKeyToMultibase(`did:key:${multibase}`)).toBe(isOne ? multibase : undefined)
    expect(didKeyToMultibase(`xdid:key:${multibase}`)).toBeUndefined()
    expect(didKeyToMultibase(`did:key:${multibase}#`)).toBeUndefined()
  })

  test.each(['0', 'O', 'I', 'l'])('the letter %s is not in it', (letter) => {
    expect(didKeyToMultibase(`did:key:z${'2'.repeat(45)}${letter}`)).toBeUndefined()
  })
})

test('our keys stand in the DID document and in the JWK set under one name, with their ends', () => {
  const did = 'did:web:sceau.example'
  const { publicKeyMultibase } = freshSigner()
  const id = `${did}#${publicKeyMultibase}`
  const key = { publicKeyMultibase, retiredAt: null, revokedAt: '2026-06-01T00:00:00Z' }
  expect(didDocument(did, [key])).toEqual({
    '@context': ['https://www.w3.org/ns/did/v1', 'https://w3id.org/security/multikey/v1'],
    id: did,
    verificationMethod: [
      { id, type: 'Multikey', controller: did, publicKeyMultibase, revoked: key.revokedAt },
    ],
    assertionMethod: [id],
  })
  const inForce = { ...key, revokedAt: null }
  expect(jwks(did, [inForce, key])).toMatchObject({
    keys: [{ kty: 'OKP', crv: 'Ed25519', alg: 'EdDSA', use: 'sig', kid: id }],
  })
})
