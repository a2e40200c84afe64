import { CLAIMS, type JwsForm } from './check-jws.js'
import { toJcs } from './jcs.js'
import type { LintFault } from './lint.js'
import { LintError } from './prepare-credential.js'
import { isObject, type Json } from './values.js'

/** How each form is signed, and what its header calls it. @see OB 3.0, 8.2.3; VC-JOSE-COSE, 3.1.1 */
export const TOKEN_FORMS = {
  ob3: { algorithm: 'RS256', typ: 'JWT', mediaType: 'application/jwt' },
  'vc-jose': { algorithm: 'EdDSA', typ: 'vc+jwt', mediaType: 'application/vc+jwt' },
} as const satisfies Record<JwsForm, object>

const MADE = Symbol('prepared')

/** What will be signed, checked: nothing else is taken by `signToken`. */
export class PreparedToken {
  /** Header and payload, as they are signed. */
  readonly input: string

  /** Only `prepareToken` can call it. */
  constructor(made: symbol, header: Json, payload: Json) {
    if (made !== MADE) throw new TypeError('A token is prepared by prepareToken only.')
    this.input = [header, payload]
      .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
      .join('.')
    Object.freeze(this)
  }
}

/**
 * A signed badge of ours in the form of a token, to be signed: what it says, without its own proof.
 *
 * @param kid under which the key is found
 * @param signedAt `iat`: an instant at which the key signed already; whole seconds are kept
 * @throws {LintError} when the claims would say something else than the badge
 */
export function prepareToken(
  badge: Json,
  form: JwsForm,
  { kid, signedAt }: Readonly<{ kid: string; signedAt: Date }>,
): PreparedToken {
  const payload = payloadOf(badge, form, signedAt)
  const faults = claimFaults(payload, badge, form)
  if (faults.length > 0) throw new LintError(faults)
  const { algorithm, typ } = TOKEN_FORMS[form]
  return new PreparedToken(MADE, { alg: algorithm, kid, typ }, payload)
}

/** The compact JWS. The same token and key give the same text: both algorithms are deterministic. */
export async function signToken(
  { input }: PreparedToken,
  sign: (bytes: Uint8Array) => Promise<Uint8Array>,
): Promise<string> {
  return `${input}.${Buffer.from(await sign(Buffer.from(input))).toString('base64url')}`
}

function payloadOf({ proof: _proof, ...badge }: Json, form: JwsForm, signedAt: Date): Json {
  const { issuer, credentialSubject: subject, id, validFrom, validUntil } = badge
  return {
    ...badge,
    iss: isObject(issuer) ? issuer.id : issuer,
    sub: isObject(subject) ? subject.id : undefined,
    jti: id,
    iat: Math.floor(signedAt.getTime() / 1000),
    // In VC-JOSE-COSE they would be dates of the signature.
    ...(form === 'ob3' && {
      nbf: secondsOf(validFrom),
      ...(validUntil !== undefined && { exp: secondsOf(validUntil) }),
    }),
  }
}

/**
 * Where a payload does not say what the badge says that it is made of; no fault: it may be signed.
 *
 * @param badge as it was released, with its proof
 * @see OB 3.0, 8.2.4.1
 */
export function claimFaults(payload: Json, badge: Json, form: JwsForm): LintFault[] {
  const { issuer, credentialSubject: subject } = badge
  const wanted: Json = {
    iss: isObject(issuer) ? issuer.id : issuer,
    sub: isObject(subject) ? subject.id : undefined,
    jti: badge.id,
    nbf: form === 'ob3' ? secondsOf(badge.validFrom) : undefined,
    exp: form === 'ob3' ? secondsOf(badge.validUntil) : undefined,
    aud: undefined,
  }
  const required = [
    ...['iss', 'sub', 'jti'],
    ...(form === 'ob3' ? ['nbf'] : []),
    ...(form === 'ob3' && badge.validUntil !== undefined ? ['exp'] : []),
  ]
  const wrong = Object.keys(wanted).filter(
    (name) =>
      payload[name] !== wanted[name] || (wanted[name] === undefined && required.includes(name)),
  )
  const content = toJcs(without(payload, CLAIMS))
  return [
    ...wrong.map((name) => ({ lint: 'token_claims', detail: `${name} is not that of the badge` })),
    ...(Number.isInteger(payload.iat) ? [] : [{ lint: 'token_claims', detail: 'iat is missing' }]),
    ...('proof' in payload || 'vc' in payload || 'vp' in payload
      ? [{ lint: 'token_proof', detail: 'the payload has a proof, a vc or a vp' }]
      : []),
    ...(content === toJcs(without(badge, ['proof']))
      ? []
      : [{ lint: 'token_content', detail: 'the content is not that of the badge' }]),
  ]
}

/** @returns undefined for what has no whole second: then no claim can be equal to it */
function secondsOf(instant: unknown): number | undefined {
  const isWhole = typeof instant === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(instant)
  return isWhole ? Date.parse(instant) / 1000 : undefined
}

function without(value: Json, names: readonly string[]): Json {
  return Object.fromEntries(Object.entries(value).filter(([name]) => !names.includes(name)))
}
