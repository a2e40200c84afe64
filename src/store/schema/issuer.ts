import type { Generated } from 'kysely'

export type IssuerTables = {
  dossiers: {
    id: Generated<number>
    public_id: string
    student_id: number
    template_version_id: number
    school_id: number
    company_id: number
    /** 'open' | 'proposed' | 'assessed' | 'endorsed' | 'approved' | 'issued' | 'refused' */
    state: string
    /** Random subject of the badge to come, urn:uuid: */
    subject: string
    /** Over the facts and the template, since it was proposed. */
    digest: string | null
    opened_by_id: number
    opened_at: string
    proposed_by_id: number | null
    proposed_at: string | null
    assessed_by_id: number | null
    assessed_function: string | null
    assessed_at: string | null
    /** One of WAYS; null before there were several. */
    assessed_way: string | null
    endorsed_by_id: number | null
    endorsed_function: string | null
    endorsed_at: string | null
    endorsed_way: string | null
    endorsement_comment: string | null
    approved_by_id: number | null
    approved_at: string | null
    refused_by_id: number | null
    refused_at: string | null
    refusal_reason: string | null
    /** When it last went back to 'open', until it is proposed again. */
    reopened_at: string | null
    /** Null when a job did it. */
    reopened_by_id: number | null
    /** 'withdrawn' | 'facts-changed' | 'not-signable' | 'revoked' */
    reopen_reason: string | null
    /** Of an issued one: since when a fact that it names is not what it was. */
    facts_changed_at: string | null
    /** The badge that the one of this dossier takes the place of. */
    replaces_badge_id: number | null
    /** Why, as REPLACEMENT_REASONS has it, and in somebody's words, for staff. */
    replacement_reason: string | null
    replacement_note: string | null
  }
  dossier_facts: {
    id: Generated<number>
    dossier_id: number
    /** 'session' | 'placement' */
    kind: string
    fact_id: number
    /** 128 bits, its own for each badge. */
    salt: string
    digest: string
  }
  status_lists: {
    id: Generated<number>
    public_id: string
    organisation_id: number
    /** Its own within the organisation's lists; the highest is the one that new entries go to. */
    number: number
    entries: number
    opened_at: string
    /** How many of its places are taken. */
    taken: Generated<number>
    /** Grows with each revocation, in its transaction. */
    revision: Generated<number>
    /** The signed list as last published. */
    document: string | null
    published_at: string | null
    /** The revision that it tells. */
    published_revision: number | null
  }
  status_entries: {
    id: Generated<number>
    list_id: number
    position: number
    revoked_at: string | null
  }
  definition_endorsements: {
    id: Generated<number>
    template_version_id: number
    /** urn:uuid: of the endorsement */
    credential_id: string
    status_entry_id: number
    /** Frozen, unsigned. */
    prepared: string | null
    /** JSON, as that of a badge. */
    preparation: string | null
    /** Signed. */
    document: string | null
    reserved_at: string
    signed_at: string | null
  }
  /** What a company has taken back: of a definition, or of one award. */
  endorsement_withdrawals: {
    id: Generated<number>
    /** Of the endorsement, in the company's list. */
    status_entry_id: number
    badge_id: number | null
    template_version_id: number | null
    function: string
    /** Shown to whoever verifies. */
    reason: string
    by_id: number
    at: string
  }
  /** By which somebody of a company without an account takes one step of one dossier, once. */
  endorser_links: {
    id: Generated<number>
    public_id: string
    /** SHA-256 of the token, in hex. */
    token_hash: string
    dossier_id: number
    /** 'assess' | 'endorse' */
    step: string
    /** Of the dossier, as it was when they were asked. */
    digest: string
    person_id: number
    /** As whoever asked them has put it. */
    function: string
    made_by_id: number
    made_at: string
    expires_at: string
    used_at: string | null
    revoked_at: string | null
    /** Of the code that was sent to their mailbox last, by the vault. */
    code_fingerprint: string | null
    code_sent_at: string | null
    codes_sent: Generated<number>
    wrong_codes: Generated<number>
  }
  badges: {
    id: Generated<number>
    public_id: string
    dossier_id: number
    /** urn:uuid: of the badge */
    credential_id: string
    status_entry_id: number
    endorsement_id: string
    endorsement_entry_id: number
    reserved_at: string
    prepared_at: string | null
    signed_at: string | null
    /** Of its leaf in the transparency log. */
    log_position: number | null
    /** 256 random bits, base64url: without it the leaf says nothing, to anybody. */
    log_nonce: string | null
    released_at: string | null
    /** Since when it is held: suspended on our side, no list tells it. */
    held_at: string | null
    revoked_at: string | null
    revocation_reason: string | null
    revoked_by_id: number | null
  }
  /** What is made of a badge on its way to the release, by the id of the badge. */
  badge_drafts: {
    id: number
    /** JSON: digest of the frozen bytes, lints that they passed, who had committed to what. */
    endorsement_preparation: string | null
    badge_preparation: string | null
    /** Frozen, unsigned. */
    endorsement_prepared: string | null
    /** Signed; it goes into the badge. */
    endorsement_document: string | null
    /** Frozen, unsigned. */
    badge_prepared: string | null
  }
  /** Signed badges that our verifier has found valid, by the id of the badge: shown since its `released_at`. */
  badge_documents: {
    id: number
    /** What it is packed by; null: by itself. */
    common_id: number | null
    packed: Uint8Array
  }
  /** What the badges of one version from one school have in common: its bytes are kept once. */
  badge_commons: {
    id: Generated<number>
    /** Of which version, from which school. */
    ground: string
    text: string
  }
  /** What was done to a badge once it was released, as its holder is told it and staff read it back. */
  badge_notices: {
    id: Generated<number>
    badge_id: number
    /** 'revoke' | 'hold' | 'restore' | 'replace' */
    act: string
    /** As the list of the act has it; null where it has none. */
    reason: string | null
    /** In somebody's words, for staff alone. */
    note: string | null
    by_id: number | null
    at: string
  }
  /** Reservations that became void before a badge was signed. Their places stay taken. */
  voided_badges: {
    id: Generated<number>
    public_id: string
    dossier_id: number
    credential_id: string
    status_entry_id: number
    endorsement_id: string
    endorsement_entry_id: number
    /** Signed, if the job had come so far; it never left the house. */
    endorsement_document: string | null
    reserved_at: string
    voided_at: string
    /** 'facts-changed' | 'not-signable' | 'revoked'; null before there were reasons. */
    reason: string | null
    revoked_by_id: number | null
    revocation_reason: string | null
  }
  /** A did:key for the VC-API: nobody's name is tied to it. */
  vc_issuers: {
    id: Generated<number>
    organisation_id: number
    /** 'Ed25519' | 'P-256' | 'P-384' */
    curve: string
    public_key_multibase: string
    /** Who keeps its private half: one of KEY_PROVIDERS. */
    provider: string
    created_at: string
  }
  /** As status_lists, of credentials of the VC-API. */
  vc_status_lists: {
    id: Generated<number>
    public_id: string
    issuer_id: number
    number: number
    entries: number
    opened_at: string
    revision: Generated<number>
    document: string | null
    published_at: string | null
    published_revision: number | null
    /** Since when no place of it is taken any more: the store was restored. */
    closed_at: Generated<string | null>
  }
  /** Places that are revoked and that nobody has here: who has them got them after the copy that was restored. */
  vc_lost_places: {
    id: Generated<number>
    list_id: number
    position: number
    revoked_at: string
  }
  vc_credentials: {
    id: Generated<number>
    public_id: string
    issuer_id: number
    /** Of the credential, if it has one; several may have one id. */
    credential_id: string | null
    /** SHA-256 of the JCS form of the signed credential, hex. */
    digest: string
    list_id: number | null
    position: number | null
    issued_at: string
    log_position: number
    log_nonce: string
    revoked_at: Generated<string | null>
  }
  share_links: {
    id: Generated<number>
    public_id: string
    badge_id: number
    /** SHA-256 of the token, in hex. */
    token_hash: string
    /** The token, sealed by the vault: its owner may see it again. */
    token_sealed: string
    /** Of the short code, by the vault: nobody tries all codes without its key. Null: none was given yet. */
    code_fingerprint: string | null
    /** The short code, sealed by the vault. */
    code_sealed: string | null
    /** For whom, in the student's words; shown to the student alone. */
    label: string
    created_at: string
    closed_at: string | null
    /** Last day that it opens; null: until it is closed. */
    until_day: Generated<string | null>
    /** One of LINK_SHOWS. */
    shows: Generated<string>
    /** How often its page was opened, by others than its owner: never by whom. */
    opened_count: Generated<number>
    last_opened_day: Generated<string | null>
    /** 1: whoever has the code may ask whether the badge is that of a name. */
    name_check: Generated<number>
    /** Names that were wrong since its owner last allowed it. */
    wrong_names: Generated<number>
  }
  /** Badges that a student chose, in their order, behind one link. */
  selections: {
    id: Generated<number>
    public_id: string
    student_id: number
    /** SHA-256 of the token, in hex. */
    token_hash: string
    token_sealed: string
    /** In the student's words, for whoever has the link. */
    title: string
    /** For whom, in the student's words; shown to the student alone. */
    label: string
    /** One of LINK_SHOWS. */
    shows: string
    created_at: string
    closed_at: string | null
    until_day: string | null
  }
  selection_badges: {
    id: Generated<number>
    selection_id: number
    badge_id: number
    position: number
  }
  /** What is left of links that were erased with their student. */
  erased_links: {
    id: Generated<number>
    /** As in `share_links`. */
    token_hash: string
  }
}
