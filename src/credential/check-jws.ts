import { compactVerify } from 'jose'
import { VC_V1 } from './contexts.js'
import { hasPrivateParts, readJwk, type JwsAlgorithm, type JwsKey } from './jwk.js'
import { LIMITS } from './limits.js'
import { readStrictJson } from './strict-json.js'
import { isObject, type Json } from './values.js'
import { SKEW_MS } from './instant.js'

/**
 * `ob3`: Open Badges 3.0 section 8.2, whose claims repeat what the credential says. `vc-jose`:
 * VC-JOSE-COSE, whose dates are those of the signature.
 */
export type JwsForm = 'ob3' | 'vc-jose'
export type ReadJws = Readonly<{ form: JwsForm; header: Json; credential: Json; claims: Json }>

const PART = '[A-Za-z0-9_-]{2,}'
const COMPACT = new RegExp(`^${PART}\\.${PART}\\.${PART}$`)
/** Any other header could change what is checked. */
const HEADERS: Readonly<Record<JwsForm, readonly string[]>> = {
  ob3: ['alg', 'kid', 'jwk', 'typ'],
  'vc-jose': ['alg', 'kid', 'jwk', 'typ', 'cty', 'iss'],
}
const FORMS = new Map<unknown, JwsForm>([
  [undefined, 'ob3'],
  ['JWT', 'ob3'],
  ['vc+jwt', 'vc-jose'],
  ['vc+ld+jwt', 'vc-jose'],
])
/** A presentation has no other form. @see VC-JOSE-COSE, 3.1.2 */
const VP_FORMS = new Map<unknown, JwsForm>([
  ['vp+jwt', 'vc-jose'],
  ['vp+ld+jwt', 'vc-jose'],
])
const CONTENT_TYPES: readonly unknown[] = [undefined, 'vc', 'vc+ld+json']
const VP_CONTENT_TYPES: readonly unknown[] = [undefined, 'vp', 'vp+ld+json']
const ALGORITHMS: readonly unknown[] = ['RS256', 'ES256', 'EdDSA'] satisfies JwsAlgorithm[]
/** What a JWT adds to the credential. */
export const CLAIMS = ['iss', 'sub', 'jti', 'nbf', 'exp', 'iat', 'aud']
/** 9999-12-31T23:59:59Z in seconds: a later instant has no spelling. */
const LAST_SECOND = 253_402_300_799
const SKEW_SECONDS = SKEW_MS / 1000

export function isCompactJws(text: string): boolean {
  return text.length <= LIMITS.jwtBytes && COMPACT.test(text)
}

/**
 * Takes a compact JWS apart, strictly.
 *
 * @param holds a credential, or a presentation: that stands in `credential` too
 * @returns the code of what is wrong with its form
 */
export function readJws(
  jws: string,
  holds: 'vc' | 'vp' = 'vc',
): ReadJws | 'structure' | 'alg' | 'type' {
  if (!isCompactJws(jws)) return 'structure'
  const [header, payload] = jws.split('.', 2).map(readPart)
  if (!header || !payload) return 'structure'
  if (!ALGORITHMS.includes(header.alg)) return 'alg'
  const form = (holds === 'vc' ? FORMS : VP_FORMS).get(header.typ)
  if (form === undefined) return 'type'
  if (!isHeader(header, form, holds) || !CLAIMS.every((name) => isClaim(name, payload[name])))
    return 'structure'
  const claims = Object.fromEntries(CLAIMS.map((name) => [name, payload[name]]))
  const credential = form === 'ob3' ? unwrap(payload, claims) : unwrapped(payload)
  return credential ? { form, header, credential, claims } : 'structure'
}

/** Whether the claims say what the credential says, and those are there that the form wants. */
export function claimsMatch({ form, header, claims, credential }: ReadJws): boolean {
  const { iss, sub, jti, nbf, exp } = claims
  const subject = isObject(credential.credentialSubject)
    ? credential.credentialSubject.id
    : undefined
  const issuer = isObject(credential.issuer) ? credential.issuer.id : credential.issuer
  const says =
    same(iss, issuer) && same(header.iss, issuer) && same(sub, subject) && same(jti, credential.id)
  if (form === 'vc-jose' || !says) return says
  const from = seconds(credential.validFrom ?? credential.issuanceDate)
  const until = seconds(credential.validUntil ?? credential.expirationDate)
  // `sub` is wanted too, but the official samples do without it: the subject is in the credential.
  return (
    iss !== undefined &&
    (jti !== undefined || credential.id === undefined) &&
    nbf === from &&
    exp === until
  )
}

/** Whether the dates of the signature itself allow it to count now. */
export function isTimelyJws({ form, claims: { iat, nbf, exp } }: ReadJws, now: Date): boolean {
  const at = now.getTime() / 1000
  // A claim that isn't there is NaN, and neither before nor after anything.
  if (Number(iat) > at + SKEW_SECONDS) return false
  if (form === 'ob3') return true
  return !(Number(nbf) > at + SKEW_SECONDS) && !(Number(exp) < at - SKEW_SECONDS)
}

/** Whether a key signed it. A key is good for one algorithm; the header does not choose another. */
export async function isSignedBy(
  jws: string,
  header: Json,
  { algorithm, key }: JwsKey,
): Promise<boolean> {
  if (header.alg !== algorithm) return false
  try {
    await compactVerify(jws, key, { algorithms: [algorithm] })
    return true
  } catch {
    return false
  }
}

/** The same with a key that is given as public JWK. */
export async function isSignedByJwk(jws: string, header: Json, jwk: Json): Promise<boolean> {
  const key = readJwk(jwk)
  return typeof key !== 'string' && (await isSignedBy(jws, header, key))
}

function isHeader(header: Json, form: JwsForm, holds: 'vc' | 'vp'): boolean {
  const { kid, jwk, cty, iss } = header
  return (
    Object.keys(header).every((name) => HEADERS[form].includes(name)) &&
    (kid === undefined || (typeof kid === 'string' && kid !== '')) &&
    (jwk === undefined || (isObject(jwk) && !hasPrivateParts(jwk))) &&
    (iss === undefined || typeof iss === 'string') &&
    (holds === 'vc' ? CONTENT_TYPES : VP_CONTENT_TYPES).includes(cty)
  )
}

function isClaim(name: string, value: unknown): boolean {
  if (value === undefined) return true
  if (name === 'nbf' || name === 'exp' || name === 'iat')
    return typeof value === 'number' && value >= 0 && value <= LAST_SECOND
  const values: unknown[] = name === 'aud' && Array.isArray(value) ? value : [value]
  return values.every((one) => typeof one === 'string')
}

/**
 * The credential of an OB 3.0 token: in the claim `vc` for VCDM 1.1, and the payload itself for
 * VCDM 2.0. What stands in two places, or in the wrong one for its version, is ambiguous.
 */
function unwrap(payload: Json, claims: Json): Json | undefined {
  if (!('vc' in payload)) {
    const credential = unwrapped(payload)
    return credential && isOfToday(credential) ? { ...untilOf(claims), ...credential } : credential
  }
  const { vc } = payload
  const alone = Object.keys(payload).every((name) => name === 'vc' || CLAIMS.includes(name))
  return alone && isObject(vc) && isOlder(vc) ? restore(vc, claims) : undefined
}

function unwrapped(payload: Json): Json | undefined {
  if ('vc' in payload || 'vp' in payload || isOlder(payload)) return undefined
  return Object.fromEntries(Object.entries(payload).filter(([name]) => !CLAIMS.includes(name)))
}

/** OB 3.0 section 8.2.6: `exp` sets the end where the credential names none. */
function untilOf({ exp }: Json): Json {
  return exp === undefined ? {} : { validUntil: instantOf(exp) }
}

/** VCDM 1.1 section 6.3.1 lets the claims stand in for members that are left out. */
function restore(vc: Json, { iss, sub, jti, nbf, exp }: Json): Json {
  const { credentialSubject: subject } = vc
  return {
    ...(iss !== undefined && { issuer: iss }),
    ...(jti !== undefined && { id: jti }),
    ...(nbf !== undefined && { issuanceDate: instantOf(nbf) }),
    ...(exp !== undefined && { expirationDate: instantOf(exp) }),
    ...vc,
    ...(isObject(subject) && sub !== undefined && { credentialSubject: { id: sub, ...subject } }),
  }
}

function isOlder(credential: Json): boolean {
  const { '@context': contexts } = credential
  return Array.isArray(contexts) && contexts[0] === VC_V1
}

/** An assertion of Open Badges 2.0 names its one context as a text. */
function isOfToday(credential: Json): boolean {
  return Array.isArray(credential['@context'])
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

/** A claim counts whole seconds; a date without a zone is taken as UTC. */
function seconds(instant: unknown): number | undefined {
  if (typeof instant !== 'string') return undefined
  const zoned = /(?:Z|[+-]\d\d:\d\d)$/.test(instant) ? instant : `${instant}Z`
  return Math.floor(Date.parse(zoned) / 1000)
}

function instantOf(claim: unknown): string {
  return `${new Date(Number(claim) * 1000).toISOString().slice(0, 19)}Z`
}
