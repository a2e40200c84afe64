import { generateKeyPairSync } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { hasPrivateParts, jwsKeyOfMultikey, readJwk } from '../../src/credential/jwk.js'
import { toBase58 } from '../../src/credential/multibase.js'
import { signerOf } from '../support/signers.js'

type Json = Record<string, unknown>
const RSA = rsa(2048)
const P256 = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const EC = P256.publicKey.export({ format: 'jwk' }) as Json
const P384 = generateKeyPairSync('ec', { namedCurve: 'P-384' }).publicKey.export({
  format: 'jwk',
}) as Json
const OKP = generateKeyPairSync('ed25519').publicKey.export({ format: 'jwk' }) as Json

function rsa(modulusLength: number, publicExponent = 65_537): Json {
  const { publicKey } = generateKeyPairSync('rsa', { modulusLength, publicExponent })
  return publicKey.export({ format: 'jwk' })
}
const bytesOf = (number: unknown) => Buffer.from(String(number), 'base64url')
const multikeyOf = (prefix: number[], { x, y }: Json) => {
  const sign = (bytesOf(y).at(-1) ?? 0) % 2 === 0 ? 2 : 3
  return `z${toBase58(Uint8Array.from([...prefix, sign, ...bytesOf(x)]))}`
}
/** A number of so many bytes, the first and the last as they are given. */
const numberOf = (bytes: number, first = 0xff, last = 0xff) => {
  const number = Buffer.alloc(bytes, 0xff)
  number[0] = first
  number[bytes - 1] = last
  return number.toString('base64url')
}
/** The same number with a zero before it. */
const padded = (number: unknown) =>
  Buffer.concat([Buffer.alloc(1), bytesOf(number)]).toString('base64url')
const algorithmOf = (jwk: Json) => {
  const read = readJwk(jwk)
  return typeof read === 'string' ? read : read.algorithm
}

describe('a public key of a token', () => {
  test('is good for the one algorithm of its kind', () => {
    expect([RSA, EC, OKP].map(algorithmOf)).toEqual(['RS256', 'ES256', 'EdDSA'])
    expect(algorithmOf({ ...OKP, alg: 'Ed25519', use: 'sig', key_ops: ['verify'] })).toBe('EdDSA')
    expect(algorithmOf({ ...RSA, alg: 'RS256', key_ops: ['sign', 'verify'] })).toBe('RS256')
  })

  test('may be a Multikey of Ed25519 or P-256', () => {
    const { publicKeyMultibase } = signerOf('lycee')
    expect(jwsKeyOfMultikey(publicKeyMultibase)).toMatchObject({ algorithm: 'EdDSA' })
    expect(jwsKeyOfMultikey('z1')).toBe('key_type')
    expect(jwsKeyOfMultikey(multikeyOf([0x80, 0x24], EC))).toMatchObject({ algorithm: 'ES256' })
    expect(jwsKeyOfMultikey(multikeyOf([0x81, 0x24], P384))).toBe('key_type')
  })

  test.each<[string, Json, string]>([
    ['for encrypting', { ...RSA, use: 'enc' }, 'key_type'],
    ['for another algorithm', { ...RSA, alg: 'PS256' }, 'key_type'],
    ['for an algorithm of another curve', { ...RSA, alg: 'Ed25519' }, 'key_type'],
    ['for another kind of algorithm', { ...OKP, alg: 'RS256' }, 'key_type'],
    ['for signing alone', { ...RSA, key_ops: ['sign'] }, 'key_type'],
    ['for nothing that can be read', { ...RSA, key_ops: 'verify' }, 'key_type'],
    ['with its private half', { ...OKP, d: 'AAAA' }, 'weak_key'],
    ['of a shared secret', { kty: 'oct', k: 'AAAA' }, 'weak_key'],
    ['of another curve', { ...EC, crv: 'secp256k1' }, 'key_type'],
    ['of P-384', { ...EC, crv: 'P-384' }, 'key_type'],
    ['for key agreement', { ...OKP, crv: 'X25519' }, 'key_type'],
    ['off its curve', { ...EC, y: EC.x }, 'key_syntax'],
    ['of a curve that is not of its kind', { ...EC, kty: 'OKP' }, 'key_type'],
    ['of a kind that is not of its curve', { ...OKP, kty: 'EC' }, 'key_type'],
    ['with one coordinate', { ...EC, y: undefined }, 'key_syntax'],
    ['with the other coordinate alone', { ...EC, x: undefined }, 'key_syntax'],
    ['with a zero before x', { ...EC, x: padded(EC.x) }, 'key_syntax'],
    ['with a zero before y', { ...EC, y: padded(EC.y) }, 'key_syntax'],
    ['that names an algorithm and is no number', { ...OKP, x: 'AAAA', alg: 'EdDSA' }, 'key_syntax'],
    ['of too few bytes', { ...OKP, x: 'AAAA' }, 'key_syntax'],
    ['in another spelling', { ...OKP, x: `${String(OKP.x)}=` }, 'key_syntax'],
    ['of no kind', {}, 'key_type'],
    ['of an RSA number that is none', { ...RSA, n: 7 }, 'key_syntax'],
    ['of an RSA number without end', { ...RSA, n: 'A'.repeat(100_000) }, 'key_syntax'],
    ['with the exponent 1, which signs everything', { ...RSA, e: 'AQ' }, 'weak_key'],
    ['with the exponent 2', { ...RSA, e: 'Ag' }, 'weak_key'],
    ['with an even exponent', { ...RSA, e: 'BA' }, 'weak_key'],
    ['with an even modulus', { ...RSA, n: numberOf(256, 0xff, 0xfe) }, 'weak_key'],
    ['without a modulus', { ...RSA, n: '' }, 'key_syntax'],
    ['without an exponent', { ...RSA, e: '' }, 'key_syntax'],
    ['with a huge exponent', { ...RSA, e: 'AQAAAAE' }, 'weak_key'],
  ])('%s is not taken', (_, jwk, refusal) => {
    expect(readJwk(jwk)).toBe(refusal)
  })

  test('of 2048 to 8192 bits is taken, and of no other size', () => {
    expect(readJwk(rsa(2040))).toBe('weak_key')
    const ofModulus = (n: string) => algorithmOf({ ...RSA, n })
    expect(ofModulus(numberOf(256, 0x7f))).toBe('weak_key')
    expect(ofModulus(numberOf(256, 0x80))).toBe('RS256')
    expect(ofModulus(numberOf(1024))).toBe('RS256')
    expect(ofModulus(numberOf(1025))).toBe('key_syntax')
  })

  test('may have the exponent 3, and one of four bytes', () => {
    for (const e of ['Aw', 'AQAAAQ']) expect(algorithmOf({ ...RSA, e })).toBe('RS256')
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
