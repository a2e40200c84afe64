import { createPublicKey, type KeyObject } from 'node:crypto'
import { Lately } from './lately.js'
import { fromBase58, toBase58 } from './multibase.js'

export type KeyType = 'Ed25519' | 'P-256' | 'P-384'
export type VerificationKey = Readonly<{ type: KeyType; key: KeyObject }>

/** Multicodec prefixes and sizes of public keys. @see https://www.w3.org/TR/cid-1.0/#Multikey */
const KINDS = [
  { type: 'Ed25519', prefix: [0xed, 0x01], size: 32 },
  { type: 'P-256', prefix: [0x80, 0x24], size: 33 },
  { type: 'P-384', prefix: [0x81, 0x24], size: 49 },
] as const

/** SubjectPublicKeyInfo headers, before the raw (compressed) point. */
const SPKI = {
  Ed25519: '302a300506032b6570032100',
  'P-256': '3039301306072a8648ce3d020106082a8648ce3d030107032200',
  'P-384': '3046301006072a8648ce3d020106052b81040022033200',
} as const

/** A P-384 key is the longest: 51 bytes are at most 70 letters. */
const MAX_CHARS = 72

/**
 * The eight points of small order and their other spellings below p (a sign where x is 0): with such a key one signature
 * fits every message, and Node accepts it.
 */
const WEAK_ED25519 = new Set([
  '0100000000000000000000000000000000000000000000000000000000000000',
  '0100000000000000000000000000000000000000000000000000000000000080',
  '0000000000000000000000000000000000000000000000000000000000000000',
  '0000000000000000000000000000000000000000000000000000000000000080',
  '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
  '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85',
  'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
  'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa',
  'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff',
])

export type KeyRefusal = 'key_syntax' | 'key_type' | 'weak_key'

/** Sound keys only. To make one of its bytes takes as long as to hash the badge that it signed. */
const keysLately = new Lately<VerificationKey>(256)

/** Reads `z…` (Multikey), and refuses what is no sound public key. */
export function readMultikey(multibase: string): VerificationKey | KeyRefusal {
  const known = keysLately.get(multibase)
  if (known) return known
  if (!multibase.startsWith('z')) return 'key_syntax'
  const bytes = fromBase58(multibase.slice(1), MAX_CHARS)
  const key = bytes ? readKeyBytes(bytes) : 'key_syntax'
  if (typeof key === 'object') keysLately.set(multibase, key)
  return key
}

/** The same for the bytes of a Multikey: prefix, then key. */
export function readKeyBytes(bytes: Uint8Array): VerificationKey | KeyRefusal {
  const kind = KINDS.find(({ prefix }) => prefix.every((byte, at) => bytes[at] === byte))
  if (!kind) return 'key_type'
  const raw = bytes.subarray(kind.prefix.length)
  if (raw.length !== kind.size) return 'key_syntax'
  if (kind.type === 'Ed25519' && isWeak(raw)) return 'weak_key'
  try {
    // OpenSSL takes a point of this size in compressed form alone, and only on its curve.
    const der = Buffer.concat([Buffer.from(SPKI[kind.type], 'hex'), raw])
    return { type: kind.type, key: createPublicKey({ key: der, format: 'der', type: 'spki' }) }
  } catch {
    return 'key_syntax'
  }
}

export function toMultikey(rawEd25519: Uint8Array): string {
  return `z${toBase58(Uint8Array.from([0xed, 0x01, ...rawEd25519]))}`
}

/** @param point coordinates as a JWK has them; written compressed */
export function toEcMultikey(
  curve: 'P-256' | 'P-384',
  { x, y }: Readonly<{ x: string; y: string }>,
): string {
  const isOdd = (Buffer.from(y, 'base64url').at(-1) ?? 0) % 2
  const prefix = KINDS.find(({ type }) => type === curve)?.prefix ?? []
  return `z${toBase58(Uint8Array.from([...prefix, 2 + isOdd, ...Buffer.from(x, 'base64url')]))}`
}

/** The raw 32 bytes of an Ed25519 Multikey as the `x` of a JWK. @throws {RangeError} for another key */
export function multikeyToX(multibase: string): string {
  const read = readMultikey(multibase)
  if (typeof read === 'string' || read.type !== 'Ed25519')
    throw new RangeError('Not an Ed25519 key.')
  return read.key.export({ format: 'der', type: 'spki' }).subarray(-32).toString('base64url')
}

/** y ≥ p = 2^255 − 19 is another spelling of a smaller number: one key must have one name. */
function isWeak(raw: Uint8Array): boolean {
  if (WEAK_ED25519.has(Buffer.from(raw).toString('hex'))) return true
  const top = (raw[31] ?? 0) & 0x7f
  return top === 0x7f && raw.subarray(1, 31).every((byte) => byte === 0xff) && (raw[0] ?? 0) >= 0xed
}
