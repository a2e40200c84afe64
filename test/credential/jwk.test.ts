import { generateKeyPairSync } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { hasPrivateParts, jwsKeyOfMultikey, readJwk } from '../../src/credential/jwk.js'
import { signerOf } from '../support/signers.js'

type Json = Record<string, unknown>
const RSA = rsa(2048)
const P256 = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const EC = P256.publicKey.export({ format: 'jwk' }) as Json
const OKP = generateKeyPairSync('ed25519').publicKey.export({ format: 'jwk' }) as Json

function rsa(modulusLength: number, publicExponent = 65_537): Json {
  const { publicKey } = generateKeyPairSync('rsa', { modulusLength, publicExponent })
  return publicKey.export({ format: 'jwk' })
}
const algorithmOf = (jwk: Json) => {
  const read = readJwk(jwk)
  return typeof read === 'string' ? read : read.algorithm
}

describe('a public key of a token', () => {
  test('is good for the one algorithm of its kind', () => {
    expect([RSA, EC, OKP].map(algorithmOf)).toEqual(['RS256', 'ES256', 'EdDSA'])
    expect(algorithmOf({ ...OKP, alg: 'Ed25519', use: 'sig', key_ops: ['verify'] })).toBe('EdDSA')
  })

  test('may be a Multikey of Ed25519 or P-256', () => {
    const { publicKeyMultibase } = signerOf('lycee')
    expect(jwsKeyOfMultikey(publicKeyMultibase)).toMatchObject({ algorithm: 'EdDSA' })
    expect(jwsKeyOfMultikey('z1')).toBe('key_type')
  })

  test.each<[string, Json, string]>([
    ['for encrypting', { ...RSA, use: 'enc' }, 'key_type'],
    ['for another algorithm', { ...RSA, alg: 'PS256' }, 'key_type'],
    ['for another kind of algorithm', { ...OKP, alg: 'RS256' }, 'key_type'],
    ['for signing alone', { ...RSA, key_ops: ['sign'] }, 'key_type'],
    ['for nothing that can be read', { ...RSA, key_ops: 'verify' }, 'key_type'],
    ['with its private half', { ...OKP, d: 'AAAA' }, 'weak_key'],
    ['of a shared secret', { kty: 'oct', k: 'AAAA' }, 'weak_key'],
    ['of another curve', { ...EC, crv: 'secp256k1' }, 'key_type'],
    ['of P-384', { ...EC, crv: 'P-384' }, 'key_type'],
    ['for key agreement', { ...OKP, crv: 'X25519' }, 'key_type'],
    ['off its curve', { ...EC, y: EC.x }, 'key_syntax'],
    ['of too few bytes', { ...OKP, x: 'AAAA' }, 'key_syntax'],
    ['in another spelling', { ...OKP, x: `${String(OKP.x)}=` }, 'key_syntax'],
    ['of no kind', {}, 'key_type'],
    ['of an RSA number that is none', { ...RSA, n: 7 }, 'key_syntax'],
    ['of an RSA number without end', { ...RSA, n: 'A'.repeat(100_000) }, 'key_syntax'],
    ['with the exponent 1, which signs everything', { ...RSA, e: 'AQ' }, 'weak_key'],
    ['with an even exponent', { ...RSA, e: 'Ag' }, 'weak_key'],
    ['with a huge exponent', { ...RSA, e: 'AQAAAAE' }, 'weak_key'],
  ])('%s is not taken', (_, jwk, refusal) => {
    expect(readJwk(jwk)).toBe(refusal)
  })

  test('of fewer than 2048 bits is weak, of more than 8192 too', () => {
    expect(readJwk(rsa(2040))).toBe('weak_key')
    const huge = Buffer.alloc(1025, 0xff).toString('base64url')
    expect(readJwk({ ...RSA, n: huge.slice(0, 1366) })).not.toHaveProperty('key')
  })

  test('ED-01 of small order is weak in this form too', () => {
    const x = Buffer.from([1, ...Array<number>(31).fill(0)]).toString('base64url')
    expect(readJwk({ kty: 'OKP', crv: 'Ed25519', x })).toBe('weak_key')
  })

  test('shows by its members that it is private', () => {
    expect(hasPrivateParts(P256.privateKey.export({ format: 'jwk' }) as Json)).toBe(true)
    expect(hasPrivateParts(EC)).toBe(false)
  })
})
