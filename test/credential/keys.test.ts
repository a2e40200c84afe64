import { generateKeyPairSync, verify } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { didDocument, didKeyToMultibase, didWebToUrl, toDidWeb } from '../../src/credential/did.js'
import { fromBase58, toBase58 } from '../../src/credential/multibase.js'
import { multikeyToX, readMultikey, toMultikey } from '../../src/credential/multikey.js'
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

  test.each([
    ['X25519', [0xec, 0x01], 32],
    ['secp256k1', [0xe7, 0x01], 33],
    ['a private Ed25519 key', [0x80, 0x26], 32],
    ['a private P-256 key', [0x86, 0x26], 32],
    ['a prefix that takes a byte too many', [0xed, 0x81, 0x00], 32],
    ['a prefix that is cut', [0xed], 0],
    ['nothing', [], 0],
  ])('ED-06 %s is refused by its prefix', (_, prefix, size) => {
    const bytes = [...prefix, ...Array<number>(size).fill(9)]
    expect(readMultikey(`z${toBase58(Uint8Array.from(bytes))}`)).toBe('key_type')
  })

  test.each(['Z', 'u', 'f', 'm', ''])('is read in base58 alone, not after “%s”', (base) => {
    const { publicKeyMultibase } = signerOf('anyone')
    expect(readMultikey(`${base}${publicKeyMultibase.slice(1)}`)).toBe('key_syntax')
  })

  const filled = (first: number, middle: number, last: number) =>
    Uint8Array.from([first, ...Array<number>(30).fill(middle), last])

  test.each([
    ['p itself', filled(0xed, 0xff, 0x7f)],
    ['p itself with a sign', filled(0xed, 0xff, 0xff)],
    ['the greatest of them', filled(0xff, 0xff, 0x7f)],
  ])('%s is another name of a smaller number, and is refused', (_, raw) => {
    expect(readMultikey(toMultikey(raw))).toBe('weak_key')
  })

  test.each([
    ['the greatest number below p and its neighbour', filled(0xeb, 0xff, 0x7f)],
    ['a number great at both ends alone', filled(0xff, 0x01, 0x7f)],
    [
      'a number great at both ends and in one place',
      Uint8Array.from([0xff, 0xff, ...Array<number>(29).fill(1), 0x7f]),
    ],
    ['a number great but for its last byte', filled(0xff, 0xff, 0x7e)],
    ['a number great but for its last byte, with a sign', filled(0xff, 0xff, 0xfe)],
    ['a number great in its first byte alone', filled(0xff, 0x01, 0x01)],
  ])('%s has one name, and is read', (_, raw) => {
    expect(readMultikey(toMultikey(raw))).toMatchObject({ type: 'Ed25519' })
  })

  test('only of Ed25519 a number is weak', () => {
    const bytes = [0x80, 0x24, ...filled(0xed, 0xff, 0x7f), 0]
    expect(readMultikey(`z${toBase58(Uint8Array.from(bytes))}`)).toBe('key_syntax')
  })

  test('is as x in a JWK the raw key; no other key is', () => {
    const raw = filled(9, 7, 0x11)
    expect(multikeyToX(toMultikey(raw))).toBe(Buffer.from(raw).toString('base64url'))
    const p256 = 'zDnaerDaTF5BXEavCrfRZEk316dpbLsfPDZ3WJ5hRTPFU2169'
    expect(readMultikey(p256)).toMatchObject({ type: 'P-256' })
    for (const other of [p256, 'z', '', toMultikey(Uint8Array.of(1))])
      expect(() => multikeyToX(other), other).toThrow(new RangeError('Not an Ed25519 key.'))
  })

  test('ED-07 a text of 100,000 letters costs nothing', () => {
    expect(readMultikey(`z${'1'.repeat(100_000)}`)).toBe('key_syntax')
  })
})

describe.each([
  ['P-256', [0x80, 0x24], 32, 2n ** 256n - 2n ** 224n + 2n ** 192n + 2n ** 96n - 1n],
  ['P-384', [0x81, 0x24], 48, 2n ** 384n - 2n ** 128n - 2n ** 96n + 2n ** 32n - 1n],
] as const)('a %s key as Multikey', (curve, prefix, size, p) => {
  const { publicKey } = generateKeyPairSync('ec', { namedCurve: curve })
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' })
  const [rawX, rawY] = [Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')]
  const form = 2 + (rawY.at(-1)! & 1)
  const read = (...bytes: number[]) => readMultikey(`z${toBase58(Uint8Array.from(bytes))}`)
  const ofX = (value: bigint) => Buffer.from(value.toString(16).padStart(2 * size, '0'), 'hex')

  test('is read compressed, and is the same point', () => {
    const key = read(...prefix, form, ...rawX)
    if (typeof key === 'string') throw new Error(key)
    expect(key.type).toBe(curve)
    expect(key.key.export({ format: 'jwk' })).toMatchObject({ x, y })
  })

  test('is refused in any other form, and at infinity', () => {
    expect(read(...prefix, 4, ...rawX, ...rawY)).toBe('key_syntax')
    for (const other of [0, 1, 4, 5, 6, 7, 0x82, 0xff])
      expect(read(...prefix, other, ...rawX), String(other)).toBe('key_syntax')
    for (const bytes of [[0], [], rawX, [form, ...rawX, 0], [form, ...rawX.subarray(1)]])
      expect(read(...prefix, ...bytes)).toBe('key_syntax')
  })

  test('is refused off its curve, and with a number that has a smaller name', () => {
    const isRead = (value: bigint) => typeof read(...prefix, 2, ...ofX(value)) !== 'string'
    const small = Array.from({ length: 24 }, (_, at) => BigInt(at))
    // About every second x has a point.
    expect(new Set(small.map(isRead))).toEqual(new Set([true, false]))
    const onCurve = small.filter(isRead)
    expect(onCurve.map((value) => isRead(value + p))).toEqual(onCurve.map(() => false))
    expect(isRead(2n ** BigInt(8 * size) - 1n)).toBe(false)
  })

  test('takes no signature of zeros, of its order or beyond', () => {
    const order = {
      'P-256': 'ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551',
      'P-384':
        'ffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973',
    }[curve]
    const numbers = ['0'.repeat(2 * size), order, 'f'.repeat(2 * size), '1'.padStart(2 * size, '0')]
    for (const r of numbers) {
      for (const s of numbers) {
        const key = { key: publicKey, dsaEncoding: 'ieee-p1363' } as const
        expect(verify('sha256', Buffer.from('x'), key, Buffer.from(r + s, 'hex'))).toBe(false)
      }
    }
  })
})

describe('a key that was met lately', () => {
  const keyOf = (n: number) =>
    toMultikey(Uint8Array.from([n >> 8, n & 0xff, ...Buffer.alloc(30, 5)]))
  const rawOf = (multibase: string) => Buffer.from(multikeyToX(multibase), 'base64url')

  test('is not made again, and is never taken for another', () => {
    const first = readMultikey(keyOf(1))
    expect(readMultikey(keyOf(1))).toBe(first)
    const other = readMultikey(keyOf(2))
    expect(other).not.toBe(first)
    expect(rawOf(keyOf(1))[1]).toBe(1)
    expect(rawOf(keyOf(2))[1]).toBe(2)
    for (const near of [` ${keyOf(1)}`, `${keyOf(1)} `, `Z${keyOf(1).slice(1)}`, keyOf(1).slice(1)])
      expect(readMultikey(near)).toBe('key_syntax')
  })

  test('is forgotten after 256 others, and not for what is no key', () => {
    const kept = readMultikey(keyOf(1))
    for (let n = 0; n < 300; n++) {
      const weak = toMultikey(Uint8Array.from([1, ...Buffer.alloc(31)]))
      expect(readMultikey(weak)).toBe('weak_key')
      expect(readMultikey(`z${'1'.repeat(n % 70)}`)).toBeTypeOf('string')
      expect(readMultikey(`u${n}`)).toBe('key_syntax')
      expect(readMultikey(toMultikey(Uint8Array.of(n & 0xff, n >> 8)))).toBe('key_syntax')
    }
    expect(readMultikey(keyOf(1))).toBe(kept)
    for (let n = 1_000; n < 1_256; n++) readMultikey(keyOf(n))
    const again = readMultikey(keyOf(1))
    expect(again).not.toBe(kept)
    expect(again).toMatchObject({ type: 'Ed25519' })
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
