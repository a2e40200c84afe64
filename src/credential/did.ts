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

export type OwnKey = Readonly<{
  publicKeyMultibase: string
  /** Instants, if the key is out of use: it stays published, so that what it signed verifies. */
  retiredAt: string | null
  revokedAt: string | null
}>

/** The DID document of an organisation of ours. Retired and revoked keys stay, and say since when. */
export function didDocument(did: string, keys: readonly OwnKey[]): Record<string, unknown> {
  const idOf = ({ publicKeyMultibase }: OwnKey) => `${did}#${publicKeyMultibase}`
  return {
    '@context': ['https://www.w3.org/ns/did/v1', 'https://w3id.org/security/multikey/v1'],
    id: did,
    verificationMethod: keys.map((key) => ({
      id: idOf(key),
      type: 'Multikey',
      controller: did,
      publicKeyMultibase: key.publicKeyMultibase,
      // What a retired key signed before stays good; what names a later instant does not.
      ...(key.retiredAt !== null && { expires: key.retiredAt }),
      ...(key.revokedAt !== null && { revoked: key.revokedAt }),
    })),
    // Strings, not objects: the official validator reads nothing else.
    assertionMethod: keys.map(idOf),
  }
}

/** The same keys as a JWK set (RFC 7517, RFC 8037), which has no word for "revoked": those are left out. */
export function jwks(did: string, keys: readonly OwnKey[]): { keys: Record<string, string>[] } {
  return {
    keys: keys
      .filter(({ revokedAt }) => revokedAt === null)
      .map(({ publicKeyMultibase }) => ({
        kty: 'OKP',
        crv: 'Ed25519',
        alg: 'EdDSA',
        use: 'sig',
        kid: `${did}#${publicKeyMultibase}`,
        x: multikeyToX(publicKeyMultibase),
      })),
  }
}
