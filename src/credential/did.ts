import { thumbprintOf } from './jwk.js'
import { multikeyToX } from './multikey.js'

/** Host names of the public web: letters, digits, hyphens, at least one dot; a port as %3A. */
const HOST =
  /^(?=.{1,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])$/
const SEGMENT = /^[A-Za-z0-9._-]+$/

/**
 * Where a did:web document is: `did:web:host[%3Aport][:segment…]`.
 *
 * @returns undefined for anything outside the strict grammar (addresses, one-word hosts, dots as segments)
 * @see https://w3c-ccg.github.io/did-method-web/
 */
export function didWebToUrl(did: string): string | undefined {
  const [scheme, method, host = '', ...path] = did.split(':')
  if (scheme !== 'did' || method !== 'web') return undefined
  const [name = '', port, ...more] = host.split('%3A')
  if (more.length > 0 || !HOST.test(name)) return undefined
  if (port !== undefined && !(/^[1-9]\d{0,4}$/.test(port) && Number(port) <= 65_535))
    return undefined
  if (!path.every((segment) => SEGMENT.test(segment) && !/^\.+$/.test(segment))) return undefined
  const origin = `https://${name}${port === undefined ? '' : `:${port}`}`
  return path.length === 0
    ? `${origin}/.well-known/did.json`
    : `${origin}/${path.join('/')}/did.json`
}

/** The did:web of a path on an origin of ours: `https://a.example:8443` + [orgs, x]. */
export function toDidWeb(origin: string, segments: readonly string[]): string {
  if (origin !== last.origin) last = { origin, host: new URL(origin).host.replace(':', '%3A') }
  return ['did', 'web', last.host, ...segments].join(':')
}

/** A service has one origin, and is asked for it several times a badge: to read an address takes a microsecond each time. */
let last = { origin: '', host: '' }

/** The key of a `did:key:z…`, if it is one in its canonical form. */
export function didKeyToMultibase(did: string): string | undefined {
  return /^did:key:(z[1-9A-HJ-NP-Za-km-z]{40,72})$/.exec(did)?.[1]
}

type Life = Readonly<{
  /** Instants, if the key is out of use: it stays published, so that what it signed verifies. */
  retiredAt: string | null
  revokedAt: string | null
}>
/** An Ed25519 key, or an RSA key, which has no Multikey: its JWK, named by the thumbprint. */
export type OwnKey = Life &
  (Readonly<{ publicKeyMultibase: string }> | Readonly<{ thumbprint: string; rsa: RsaJwk }>)
export type RsaJwk = Readonly<{ kty: 'RSA'; n: string; e: string }>

/**
 * The DID document of an organisation of ours. Retired and revoked keys stay, and say since when. Who has an RSA
 * key signs tokens: their Ed25519 keys stand in it as JWK too, since readers of tokens look for those.
 */
export function didDocument(did: string, keys: readonly OwnKey[]): Record<string, unknown> {
  const signsTokens = keys.some((key) => 'rsa' in key)
  const methods = [
    ...keys.filter((key) => 'publicKeyMultibase' in key).map((key) => multikeyOf(did, key)),
    ...(signsTokens ? keys.map((key) => jsonWebKeyOf(did, key)) : []),
  ]
  return {
    '@context': [
      'https://www.w3.org/ns/did/v1',
      'https://w3id.org/security/multikey/v1',
      ...(signsTokens ? ['https://w3id.org/security/jwk/v1'] : []),
    ],
    id: did,
    verificationMethod: methods,
    // Strings, not objects: the official validator reads nothing else.
    assertionMethod: methods.map(({ id }) => id),
  }
}

function multikeyOf(did: string, key: Life & Readonly<{ publicKeyMultibase: string }>) {
  const { publicKeyMultibase } = key
  const id = `${did}#${publicKeyMultibase}`
  return { id, type: 'Multikey', controller: did, publicKeyMultibase, ...datesOf(key) }
}

function jsonWebKeyOf(did: string, key: OwnKey) {
  const publicKeyJwk = toJwk(key)
  const id = `${did}#${publicKeyJwk.kid}`
  return { id, type: 'JsonWebKey', controller: did, publicKeyJwk, ...datesOf(key) }
}

/** What a retired key signed before stays good; what names a later instant does not. */
function datesOf({ retiredAt, revokedAt }: Life) {
  return {
    ...(retiredAt !== null && { expires: retiredAt }),
    ...(revokedAt !== null && { revoked: revokedAt }),
  }
}

/** A public key as a JWK that says what it is for. Its `kid` is its thumbprint. */
function toJwk(key: OwnKey): Record<string, string> & { kid: string } {
  if ('rsa' in key) return { ...key.rsa, alg: 'RS256', use: 'sig', kid: key.thumbprint }
  const jwk = ed25519JwkOf(key.publicKeyMultibase)
  return { ...jwk, alg: 'EdDSA', use: 'sig', kid: thumbprintOf(jwk) }
}

export function ed25519JwkOf(multibase: string): { kty: 'OKP'; crv: 'Ed25519'; x: string } {
  return { kty: 'OKP', crv: 'Ed25519', x: multikeyToX(multibase) }
}

/**
 * The same keys as a JWK set (RFC 7517, RFC 8037), named as in the DID document. It has no word for "revoked":
 * those are left out.
 */
export function jwks(did: string, keys: readonly OwnKey[]): { keys: Record<string, string>[] } {
  return {
    keys: keys
      .filter(({ revokedAt }) => revokedAt === null)
      .map((key) => ({
        ...toJwk(key),
        kid: `${did}#${'rsa' in key ? key.thumbprint : key.publicKeyMultibase}`,
      })),
  }
}
