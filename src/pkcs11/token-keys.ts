import { thumbprintOf } from '../credential/jwk.js'
import { toMultikey } from '../credential/multikey.js'
import { ulong, type Attribute, type Cryptoki } from './cryptoki.js'
import type { TokenKind } from './tasks.js'

/** CKA_CLASS */
export const KEY_CLASS = 0x0
export const ID = 0x102
const TOKEN = 0x1
const PRIVATE = 0x2
const LABEL = 0x3
const KEY_TYPE = 0x100
const SENSITIVE = 0x103
const SIGN = 0x108
const VERIFY = 0x10a
const MODULUS = 0x120
const MODULUS_BITS = 0x121
const PUBLIC_EXPONENT = 0x122
const EXTRACTABLE = 0x162
const EC_PARAMS = 0x180
const EC_POINT = 0x181

const RSA = 0x0
const EC_EDWARDS = 0x40
const RSA_PAIR = 0x0
const EDWARDS_PAIR = 0x1055
/** CKM_EDDSA; CKM_SHA256_RSA_PKCS, in which the token hashes. */
export const SIGNING: Readonly<Record<TokenKind, number>> = { Ed25519: 0x1057, RSA: 0x40 }

/** edwards25519 by its name (PKCS#11 3.0), as a PrintableString. */
const ED25519 = Buffer.from('130c656477617264733235353139', 'hex')
const POINT_BYTES = 32
/** An OCTET STRING of 32 bytes: how some modules wrap a point, others give it bare. */
const WRAPPED_POINT = Buffer.from('0420', 'hex')
const RSA_BITS = 3072
const MAX_MODULUS_BYTES = 512
/** 65,537 */
export const EXPONENT = Buffer.of(1, 0, 1)

const yes = (type: number): Attribute => ({ type, value: Buffer.of(1) })
const no = (type: number): Attribute => ({ type, value: Buffer.of(0) })
const ofPublic = [yes(TOKEN), yes(VERIFY)]
const ofPrivate = [yes(TOKEN), yes(PRIVATE), yes(SENSITIVE), no(EXTRACTABLE), yes(SIGN)]

/** @returns the public half, once the token has kept both under its name */
export function makeEd25519(cryptoki: Cryptoki, session: bigint): Uint8Array {
  const type: Attribute = { type: KEY_TYPE, value: ulong(EC_EDWARDS) }
  const halves = cryptoki.makePair(session, EDWARDS_PAIR, {
    open: [type, { type: EC_PARAMS, value: ED25519 }, ...ofPublic],
    secret: [type, ...ofPrivate],
  })
  const point = cryptoki.read(session, halves.open, EC_POINT, WRAPPED_POINT.length + POINT_BYTES)
  const key = point.slice(-POINT_BYTES)
  nameBoth(cryptoki, session, halves, { id: key, name: toMultikey(key) })
  return key
}

/** @returns the modulus, once the token has kept both halves under the thumbprint */
export function makeRsa(cryptoki: Cryptoki, session: bigint): Uint8Array {
  const type: Attribute = { type: KEY_TYPE, value: ulong(RSA) }
  const size = { type: MODULUS_BITS, value: ulong(RSA_BITS) }
  const halves = cryptoki.makePair(session, RSA_PAIR, {
    open: [type, size, { type: PUBLIC_EXPONENT, value: EXPONENT }, ...ofPublic],
    secret: [type, ...ofPrivate],
  })
  const modulus = readModulus(cryptoki, session, halves.open)
  const name = thumbprintOf(jwkOfModulus(modulus))
  nameBoth(cryptoki, session, halves, { id: Buffer.from(name, 'base64url'), name })
  return modulus
}

export function readModulus(cryptoki: Cryptoki, session: bigint, open: bigint): Uint8Array {
  return cryptoki.read(session, open, MODULUS, MAX_MODULUS_BYTES).slice()
}

export function jwkOfModulus(modulus: Uint8Array) {
  const [n, e] = [modulus, EXPONENT].map((bytes) => Buffer.from(bytes).toString('base64url'))
  return { kty: 'RSA', n: n ?? '', e: e ?? '' } as const
}

function nameBoth(
  cryptoki: Cryptoki,
  session: bigint,
  halves: Readonly<{ open: bigint; secret: bigint }>,
  { id, name }: Readonly<{ id: Uint8Array; name: string }>,
): void {
  const values = [
    { type: ID, value: id },
    { type: LABEL, value: Buffer.from(`sceau ${name}`) },
  ]
  cryptoki.write(session, halves.secret, values)
  cryptoki.write(session, halves.open, values)
}
