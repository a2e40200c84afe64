import { wordOf } from './values.js'
import { createPublicKey, type KeyObject } from 'node:crypto'
import { sha256 } from './digest.js'
import { toJcs } from './jcs.js'
import { readMultikey, toMultikey, type KeyRefusal } from './multikey.js'
import type { Json } from './values.js'

export type JwsAlgorithm = 'RS256' | 'ES256' | 'EdDSA'
/** A public key for tokens, and the one algorithm that it is for. */
export type JwsKey = Readonly<{ algorithm: JwsAlgorithm; key: KeyObject }>

/** RFC 7518. */
const LEAST_RSA_BITS = 2048
/** RSA exponents: 65537 has 3 bytes; 1 would make every message its own signature. */
const MAX_EXPONENT_BYTES = 4
/** An 8192-bit number in base64url: more bits cost more than any issuer needs. */
const MAX_CHARS = 1_366

/** What only the owner of a key has. Who shows it owns nothing any more. */
const PRIVATE_PARTS = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k']

/** The name of a public key that its own members give it. @see https://www.rfc-editor.org/rfc/rfc7638 */
export function thumbprintOf(
  jwk:
    | Readonly<{ kty: 'RSA'; n: string; e: string }>
    | Readonly<{ kty: 'OKP'; crv: string; x: string }>,
): string {
  const named =
    jwk.kty === 'RSA'
      ? { kty: jwk.kty, n: jwk.n, e: jwk.e }
      : { kty: jwk.kty, crv: jwk.crv, x: jwk.x }
  // Sorted, without white space: for these members JCS is the form of RFC 7638, too.
  return sha256(toJcs(named)).toString('base64url')
}

export function hasPrivateParts(jwk: Json): boolean {
  return PRIVATE_PARTS.some((part) => part in jwk)
}

/**
 * Reads a public JWK that may verify the signature of a token: RSA of a sound size, P-256 or
 * Ed25519; meant for signatures, without private parts.
 *
 * @see https://www.rfc-editor.org/rfc/rfc7517
 */
export function readJwk(jwk: Json): JwsKey | KeyRefusal {
  if (hasPrivateParts(jwk)) return 'weak_key'
  if (jwk.use !== undefined && jwk.use !== 'sig') return 'key_type'
  const { key_ops: operations } = jwk
  if (operations !== undefined && !(Array.isArray(operations) && operations.includes('verify')))
    return 'key_type'
  const read = readParts(jwk)
  if (typeof read === 'string') return read
  return fits(jwk.alg, read.algorithm) ? read : 'key_type'
}

/** The same for a Multikey. A P-384 key is no key of the algorithms that we take. */
export function jwsKeyOfMultikey(multibase: string): JwsKey | KeyRefusal {
  const read = readMultikey(multibase)
  if (typeof read === 'string') return read
  if (read.type === 'Ed25519') return { algorithm: 'EdDSA', key: read.key }
  return read.type === 'P-256' ? { algorithm: 'ES256', key: read.key } : 'key_type'
}

function readParts(jwk: Json): JwsKey | KeyRefusal {
  if (jwk.kty === 'RSA') return readRsa(jwk)
  if (jwk.kty === 'EC' && jwk.crv === 'P-256') return readP256(jwk)
  if (jwk.kty === 'OKP' && jwk.crv === 'Ed25519') return readEd25519(jwk)
  return 'key_type'
}

function readRsa({ n, e }: Json): JwsKey | KeyRefusal {
  const [modulus, exponent] = [bytesOf(n), bytesOf(e)]
  if (!modulus || !exponent) return 'key_syntax'
  const bits = modulus.length * 8 - Math.clz32(modulus[0] ?? 0) + 24
  if (bits < LEAST_RSA_BITS || exponent.length > MAX_EXPONENT_BYTES) return 'weak_key'
  const value = exponent.readUIntBE(0, exponent.length)
  if (value < 3 || value % 2 === 0 || (modulus.at(-1) ?? 0) % 2 === 0) return 'weak_key'
  return imported('RS256', { kty: 'RSA', n: wordOf(n), e: wordOf(e) })
}

function readP256({ x, y }: Json): JwsKey | KeyRefusal {
  if (bytesOf(x)?.length !== 32 || bytesOf(y)?.length !== 32) return 'key_syntax'
  // Node refuses a point that is not on the curve.
  return imported('ES256', { kty: 'EC', crv: 'P-256', x: wordOf(x), y: wordOf(y) })
}

function readEd25519({ x }: Json): JwsKey | KeyRefusal {
  const raw = bytesOf(x)
  return raw?.length === 32 ? jwsKeyOfMultikey(toMultikey(raw)) : 'key_syntax'
}

function imported(algorithm: JwsAlgorithm, jwk: Record<string, string>): JwsKey | KeyRefusal {
  try {
    return { algorithm, key: createPublicKey({ key: jwk, format: 'jwk' }) }
  } catch {
    return 'key_syntax'
  }
}

/** `Ed25519` is the newer name (RFC 9864). */
function fits(alg: unknown, algorithm: JwsAlgorithm): boolean {
  return alg === undefined || alg === algorithm || (alg === 'Ed25519' && algorithm === 'EdDSA')
}

/** @returns undefined for another spelling than the one of base64url, for nothing, and for a lot */
function bytesOf(text: unknown): Buffer | undefined {
  if (typeof text !== 'string' || text.length > MAX_CHARS) return undefined
  const bytes = Buffer.from(text, 'base64url')
  return bytes.length > 0 && bytes.toString('base64url') === text ? bytes : undefined
}
