import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto'
import type { Lookups } from '../../src/verifier/lookups.js'
import type { CheckName, Report } from '../../src/verifier/report.js'
import { verifyBadge } from '../../src/verifier/verify-badge.js'
import { lookupsOf } from './lookups.js'

// Badges of Open Badges 2.0, whose issuer is a club of the town of badges.example.

type Json = Record<string, any>
export const NOW = new Date('2026-06-15T09:00:00Z')
const AT = 'https://badges.example'
export const ISSUER = `${AT}/issuers/club`
export const CLASS = `${AT}/classes/weld`
export const HOSTED = `${AT}/assertions/1`
export const KEY = `${AT}/keys/1`
export const LIST = `${AT}/revoked`
const CONTEXT = { '@context': 'https://w3id.org/openbadges/v2' }
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 })

export const pemOf = (key: KeyObject) => key.export({ type: 'spki', format: 'pem' }).toString()

export const hosted = (changes: Json = {}): Json => ({
  ...CONTEXT,
  type: 'Assertion',
  id: HOSTED,
  recipient: { type: 'email', hashed: true, salt: 'sel', identity: `sha256$${'a'.repeat(64)}` },
  badge: CLASS,
  verification: { type: 'hosted' },
  issuedOn: '2020-03-01T10:00Z',
  ...changes,
})
export const signed = (changes: Json = {}): Json =>
  hosted({
    id: 'urn:uuid:0a4ab9f3-7d0b-4a3f-9f5c-6d58b1f0b001',
    verification: { type: 'SignedBadge', creator: KEY },
    ...changes,
  })
export const badgeClass = (changes: Json = {}): Json => ({
  ...CONTEXT,
  type: 'BadgeClass',
  id: CLASS,
  name: 'Souder à l’arc',
  description: 'Souder deux tôles bord à bord.',
  image: `${CLASS}.png`,
  criteria: { narrative: 'Trois soudures **sans défaut**.' },
  issuer: ISSUER,
  ...changes,
})
export const profile = (changes: Json = {}): Json => ({
  ...CONTEXT,
  type: 'Issuer',
  id: ISSUER,
  name: 'Club DÉMO des soudeurs',
  url: AT,
  email: 'club@badges.example',
  publicKey: KEY,
  revocationList: LIST,
  ...changes,
})
export const key = (changes: Json = {}): Json => ({
  ...CONTEXT,
  type: 'CryptographicKey',
  id: KEY,
  owner: ISSUER,
  publicKeyPem: pemOf(rsa.publicKey),
  ...changes,
})
export const list = (revokedAssertions: unknown, changes: Json = {}): Json => ({
  ...CONTEXT,
  type: 'RevocationList',
  id: LIST,
  issuer: ISSUER,
  revokedAssertions,
  ...changes,
})

/** Everything at its address, but for what a test puts there or takes away. */
export const served = (changes: Json = {}): Json => ({
  [HOSTED]: hosted(),
  [CLASS]: badgeClass(),
  [ISSUER]: profile(),
  [KEY]: key(),
  [LIST]: list(['urn:uuid:other']),
  ...changes,
})

/** A compact JWS as a signer of that age makes it. */
export function toToken(assertion: Json, privateKey = rsa.privateKey, alg = 'RS256'): string {
  const parts = [{ alg, typ: 'JWT' }, assertion]
  const text = parts
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.')
  const signature = sign('sha256', Buffer.from(text), {
    key: privateKey,
    dsaEncoding: 'ieee-p1363',
  })
  return `${text}.${signature.toString('base64url')}`
}

type Asked = Readonly<{ documents?: Json; known?: Record<string, string>; lookups?: Lookups }>

export function verifyOlder(
  badge: Json | string | Uint8Array,
  { documents = served(), known = {}, lookups }: Asked = {},
): Promise<Report> {
  const bytes =
    badge instanceof Uint8Array
      ? badge
      : Buffer.from(typeof badge === 'string' ? badge : JSON.stringify(badge))
  return verifyBadge(bytes, {
    lookups: lookups ?? lookupsOf({ documents, known }),
    now: NOW,
    language: 'en',
  })
}

export const checkOf = (report: Report, name: CheckName) =>
  report.checks.find((check) => check.name === name)
