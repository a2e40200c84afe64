import type { Generated } from 'kysely'

export type PeopleTables = {
  /** What was seen, answered or declared of a company; only ever added to. */
  authority_proofs: {
    id: Generated<number>
    organisation_id: number
    /** 'siret' | 'domain' | 'declaration' */
    kind: string
    /** The SIRET that was looked up, the domain that answered, or the digest of the text that was signed. */
    value: string
    /** Which register, which way, or in which function. */
    source: string
    /** YYYY-MM-DD */
    day: string
    /** Null: whoever reads the mailbox. */
    by_id: number | null
    at: string
    expires_at: string
  }
  /** A mail to an address at a company’s domain, that waits for its answer. */
  domain_questions: {
    id: Generated<number>
    organisation_id: number
    domain: string
    /** SHA-256 of the token, in hex. */
    token_hash: string
    made_by_id: number
    made_at: string
    expires_at: string
    used_at: string | null
  }
  organisations: {
    id: Generated<number>
    public_id: string
    /** Part of its did:web and of its addresses: never changes. */
    slug: string
    /** OrganisationKind */
    kind: string
    /** What kind of a kind: 'UNIVERSITE' (CO-01), 'ASSOCIATION' (JM-01)… */
    type: string | null
    /** Of a school, and of an academy itself: two digits. */
    academy_code: string | null
    name: string
    /** A lycée's national number. */
    uai: string | null
    /** A company's establishment number. */
    siret: string | null
    city: string | null
    website: string | null
    created_at: string
    /** The number of its own page at LinkedIn. */
    linkedin_id: string | null
  }
  organisation_keys: {
    id: Generated<number>
    organisation_id: number
    /** The name of the key: of an Ed25519 key its Multikey, of an RSA key the thumbprint of its JWK. */
    public_key_multibase: string
    /** Of an RSA key: JSON, `n` and `e` in it. Null: it is an Ed25519 key. */
    public_key_jwk: Generated<string | null>
    /** Who keeps its private half: one of KEY_PROVIDERS. */
    provider: Generated<string>
    /** Since when it is published. */
    created_at: string
    /** Since when it signs, or signed; null: it is announced. */
    activated_at: string | null
    /** What names this instant or a later one is not its signature. */
    retired_at: string | null
    /** Since when somebody else may have had it. */
    revoked_at: string | null
  }
  service_keys: {
    id: Generated<number>
    number: number
    public_key_multibase: string
    /** Who keeps its private half: one of KEY_PROVIDERS. */
    provider: Generated<string>
    created_at: string
    /** Since when it signs; null: it is announced. */
    activated_at: string | null
    retired_at: string | null
    revoked_at: string | null
  }
  persons: {
    id: Generated<number>
    public_id: string
    given_name: string
    family_name: string
    /** Lower case; null for a student without an address. */
    email: string | null
    password_hash: string | null
    language: string | null
    created_at: string
    disabled_at: string | null
    /** When their name was let go of, long after their last part in the service. */
    forgotten_at: string | null
    /** YYYY-MM-DD: the last day on which they were told that their account, or a record of theirs, is soon forgotten. */
    forgetting_told_on: string | null
    /** YYYY-MM-DD: signed in after they were told. What is kept is counted from then. */
    came_back_on: string | null
  }
  role_assignments: {
    id: Generated<number>
    person_id: number
    organisation_id: number | null
    role: string
    from_day: string
    /** Last day; null: open. */
    until_day: string | null
  }
  web_sessions: {
    id: Generated<number>
    public_id: string
    /** SHA-256 of the cookie's value. */
    token_hash: string
    person_id: number
    csrf_token: string
    /** Those that its person held when it got its secret: 'school-staff:1 student:1'. */
    roles: string
    created_at: string
    last_seen_at: string
    /** What its person has shown last, and when: 'password', 'passkey' or 'provider'. */
    proven_by: string | null
    proven_at: string | null
    /** Family of the browser: 'Firefox'. */
    browser: string | null
    /** The address up to /24 (IPv4) or /48 (IPv6), never the whole of it. */
    network: string | null
    ended_at: string | null
  }
  passkeys: {
    id: Generated<number>
    public_id: string
    person_id: number
    /** As its person calls it. */
    name: string
    /** base64url, as the authenticator chose it. */
    credential_id: string
    /** COSE_Key, base64url. */
    public_key: string
    /** Words apart by spaces: 'internal hybrid'. */
    transports: string
    /** How often its authenticator says that it has signed; 0 for one that does not count. */
    sign_count: number
    created_at: string
    last_used_at: string | null
  }
  passkey_challenges: {
    id: Generated<number>
    /** base64url */
    challenge: string
    /** 'register', 'sign-in' or 'step-up'. */
    purpose: string
    /** SHA-256 of the cookie of whom it was given to: of a session, or of who is half signed in. */
    holder_hash: string
    expires_at: string
  }
  identities: {
    id: Generated<number>
    public_id: string
    person_id: number
    /** With `subject`, who this is: exactly as the ID token says it. */
    issuer: string
    subject: string
    created_at: string
    last_used_at: string | null
  }
  /** Who was sent to a provider, and has not come back. */
  identity_starts: {
    id: Generated<number>
    /** SHA-256 of `state`, and of the cookie of whoever was sent. */
    state_hash: string
    holder_hash: string
    /** Its id in the settings. */
    provider: string
    /** 'sign-in', 'link' or 'accept'. */
    purpose: string
    /** Who links, or who was invited. */
    person_id: number | null
    invitation_id: number | null
    /** The page to go to then. */
    next: string
    expires_at: string
  }
  /** An identity that was proved, and that waits until its person says that it is theirs. */
  identity_offers: {
    id: Generated<number>
    holder_hash: string
    provider: string
    issuer: string
    subject: string
    /** As the provider calls them. */
    label_sealed: string | null
    person_id: number
    invitation_id: number | null
    expires_at: string
  }
  school_identifiers: {
    id: Generated<number>
    person_id: number
    /** Random, as it is printed: 'b3kf-7m2q'. */
    identifier: string
    /** Keyed fingerprint of both; null: no code waits. */
    code_fingerprint: string | null
    /** How often somebody tried this code. */
    tries: number
    expires_at: string | null
    made_at: string
  }
  /** Somebody lost what lets them in; two people confirm that it is they who ask. */
  recoveries: {
    id: Generated<number>
    public_id: string
    person_id: number
    asked_at: string
    expires_at: string
    first_by_id: number | null
    first_at: string | null
    second_by_id: number | null
    second_at: string | null
    /** SHA-256 of the link's token. */
    token_hash: string | null
    link_expires_at: string | null
    used_at: string | null
  }
  /** An address of a student that is not the school's, for when they have left. */
  private_contacts: {
    id: Generated<number>
    person_id: number
    /** Null: none is confirmed. */
    address_sealed: string | null
    /** Keyed fingerprint, by which it is looked up. */
    address_hash: string | null
    confirmed_at: string | null
    /** YYYY-MM-DD: before, they are not asked again. */
    not_before: string | null
  }
  /** The latest link that was sent to a private address, used or not. */
  private_contact_links: {
    id: Generated<number>
    person_id: number
    /** SHA-256 of its token. */
    token_hash: string
    /** The address that waits; null: it is confirmed. */
    address_sealed: string | null
    expires_at: string
  }
  sign_in_attempts: { id: Generated<number>; email_hash: string; at: string }
  invitations: {
    id: Generated<number>
    token_hash: string
    person_id: number | null
    /** 'set-up' makes the first administrator; 'invite' lets a person choose a password. */
    purpose: string
    created_at: string
    expires_at: string
    used_at: string | null
  }
  api_tokens: {
    id: Generated<number>
    public_id: string
    secret_hash: string
    organisation_id: number | null
    person_id: number | null
    name: string
    /** Words apart by spaces: 'badges:read vc-api:issue' */
    scopes: string
    created_at: string
    expires_at: string
    revoked_at: string | null
    last_used_at: string | null
    /** When it was first seen in an address, which logs and histories keep. */
    leaked_at: string | null
  }
}
