import { compactVerify, importJWK, type JWK } from 'jose'
import { readStrictJson } from './strict-json.js'
import { LIMITS } from './limits.js'

type Json = Readonly<Record<string, unknown>>
export type ReadJws = Readonly<{ header: Json; credential: Json; claims: Json }>

const PART = '[A-Za-z0-9_-]{2,}'
const COMPACT = new RegExp(`^${PART}\\.${PART}\\.${PART}$`)
/** OB 3.0 section 8.2.3; `cty` is VC-JOSE-COSE's. Any other header could change what is checked. */
const HEADERS = new Set(['alg', 'kid', 'jwk', 'typ', 'cty'])
const ALGORITHMS = ['RS256', 'ES256', 'EdDSA']
const TYPES = [undefined, 'JWT', 'vc+jwt', 'vc+ld+jwt']
/** What a JWT adds to the credential; each says again what the credential says. */
const CLAIMS = ['iss', 'sub', 'jti', 'nbf', 'exp', 'iat', 'aud']

export function isCompactJws(text: string): boolean {
  return text.length <= LIMITS.jwtBytes && COMPACT.test(text)
}

/** Takes a compact JWS apart, strictly. @returns the code of what is wrong with its form */
export function readJws(jws: string): ReadJws | 'structure' | 'alg' | 'type' {
  if (!isCompactJws(jws)) return 'structure'
  const [header, payload] = jws.split('.').slice(0, 2).map(readPart)
  if (!header || !payload) return 'structure'
  if (Object.keys(header).some((name) => !HEADERS.has(name))) return 'structure'
  if (typeof header.alg !== 'string' || !ALGORITHMS.includes(header.alg)) return 'alg'
  if (!TYPES.some((type) => type === header.typ)) return 'type'
  const { vc } = payload
  const wrapped = isObject(vc) ? vc : undefined
  const claims = Object.fromEntries(CLAIMS.map((name) => [name, payload[name]]))
  const credential =
    wrapped ??
    Object.fromEntries(Object.entries(payload).filter(([name]) => !CLAIMS.includes(name)))
  return { header, credential, claims }
}

/** Whether the claims say what the credential says; those that are absent say nothing. */
export function claimsMatch({ claims, credential }: ReadJws): boolean {
  const issuer = isObject(credential.issuer) ? credential.issuer.id : credential.issuer
  const subject = isObject(credential.credentialSubject)
    ? credential.credentialSubject.id
    : undefined
  return (
    same(claims.iss, issuer) &&
    same(claims.sub, subject) &&
    same(claims.jti, credential.id) &&
    same(claims.nbf, seconds(credential.validFrom ?? credential.issuanceDate)) &&
    same(claims.exp, seconds(credential.validUntil ?? credential.expirationDate))
  )
}

/** Whether a key, given as public JWK, signed it. */
export async function isSignedByJwk(jws: string, header: Json, jwk: JWK): Promise<boolean> {
  const { alg } = header
  if (typeof alg !== 'string' || 'd' in jwk) return false
  try {
    await compactVerify(jws, await importJWK(jwk, alg), { algorithms: [alg] })
    return true
  } catch {
    return false
  }
}

function readPart(part: string): Json | undefined {
  const bytes = Buffer.from(part, 'base64url')
  // One text for one value: other last letters decode to the same bytes.
  if (bytes.toString('base64url') !== part) return undefined
  const read = readStrictJson(bytes)
  return read.ok && isObject(read.value) ? read.value : undefined
}

function same(claim: unknown, value: unknown): boolean {
  return claim === undefined || claim === value
}

function seconds(instant: unknown): number | undefined {
  return typeof instant === 'string' ? Date.parse(instant) / 1000 : undefined
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
