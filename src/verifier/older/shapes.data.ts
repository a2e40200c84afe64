/**
 * What must stand where in a badge of Open Badges 2.0, as far as anything here is read. A term that
 * is not in the table is an extension or says nothing to a verdict: it is neither read nor shown, and
 * no JSON-LD is processed.
 *
 * A kind in capitals is a class; 'link' before it: its address may stand instead; 'many' before it:
 * or a list of them. 'text' and 'flag' are what they say.
 *
 * @see https://www.imsglobal.org/spec/ob/v2p0/ Open Badges Vocabulary
 */
export type OlderShape = Readonly<{
  /** One of these must be among the types; none: its type is not looked at. */
  types: readonly string[]
  /** `a|b`: exactly one of the two names. */
  required: readonly string[]
  terms: Readonly<Record<string, string>>
}>

export const OLDER_SHAPES = {
  Assertion: {
    types: ['Assertion'],
    required: ['id', 'type', 'recipient', 'badge', 'verification|verify', 'issuedOn'],
    terms: {
      id: 'text',
      uid: 'text',
      recipient: 'IdentityObject',
      badge: 'link BadgeClass',
      verification: 'Verification',
      verify: 'Verification',
      issuedOn: 'text',
      expires: 'text',
      revoked: 'flag',
    },
  },
  /** Of one that was revoked, no more is asked. */
  RevokedAssertion: {
    types: [],
    required: ['id', 'revoked'],
    terms: { id: 'text', revoked: 'flag' },
  },
  IdentityObject: {
    types: [],
    required: ['type', 'identity'],
    terms: { type: 'text', identity: 'text', hashed: 'flag', salt: 'text' },
  },
  Verification: {
    types: ['hosted', 'HostedBadge', 'signed', 'SignedBadge'],
    required: ['type'],
    terms: { creator: 'link Named' },
  },
  BadgeClass: {
    types: ['BadgeClass'],
    required: ['id', 'type', 'name', 'description', 'image', 'criteria', 'issuer'],
    terms: {
      id: 'text',
      name: 'text',
      description: 'text',
      image: 'link Named',
      criteria: 'link Criteria',
      issuer: 'link Named',
    },
  },
  Criteria: { types: [], required: [], terms: { id: 'text', narrative: 'text' } },
  /** The properties that the standard asks of a profile that issues. */
  Profile: {
    types: ['Issuer', 'Profile'],
    required: ['id', 'type', 'name', 'url', 'email'],
    terms: {
      id: 'text',
      name: 'text',
      url: 'text',
      email: 'text',
      publicKey: 'many link CryptographicKey',
      verification: 'Scope',
      revocationList: 'link Named',
    },
  },
  Scope: {
    types: [],
    required: [],
    terms: { startsWith: 'many text', allowedOrigins: 'many text' },
  },
  CryptographicKey: {
    types: [],
    required: ['id', 'owner', 'publicKeyPem'],
    terms: { id: 'text', owner: 'link Named', publicKeyPem: 'text' },
  },
  RevocationList: {
    types: ['RevocationList'],
    required: ['type', 'revokedAssertions'],
    terms: { id: 'text', issuer: 'link Named', revokedAssertions: 'many link Revoked' },
  },
  Revoked: { types: [], required: [], terms: { id: 'text', uid: 'text', revoked: 'flag' } },
  /** Whatever is only pointed at. */
  Named: { types: [], required: ['id'], terms: { id: 'text' } },
} as const satisfies Record<string, OlderShape>

/** The classes that tell a document of the older standard, whatever its context. */
export const OLDER_TYPES: readonly string[] = [
  'Assertion',
  'BadgeClass',
  'Issuer',
  'Profile',
  'CryptographicKey',
  'RevocationList',
  'Endorsement',
]

const OLDER_CONTEXT = 'https://w3id.org/openbadges/v2'
/** What older issuers write instead, for the same vocabulary. */
export const OLDER_CONTEXTS: readonly string[] = [
  OLDER_CONTEXT,
  'https://openbadgespec.org/v2/context.json',
]
