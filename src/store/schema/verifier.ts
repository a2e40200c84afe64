import type { Generated } from 'kysely'

export type VerifierTables = {
  /** Signed lists of issuers that the settings name; the last good one of each. */
  trust_lists: {
    id: Generated<number>
    /** An https address or a file, as the settings name it. */
    source: string
    /** Multikey of the publisher, as pinned: another key in the settings begins anew. */
    key: string
    /** What the list says; null as long as none was good. */
    list_uri: string | null
    publisher_uri: string | null
    publisher_fr: string | null
    publisher_en: string | null
    valid_from: string | null
    valid_until: string | null
    /** SHA-256 of the signed text. */
    digest: string | null
    fetched_at: string | null
    /** The last time that somebody looked, and what was wrong then. */
    checked_at: string
    fault: string | null
  }
  trusted_issuers: {
    id: Generated<number>
    list_id: number
    issuer: string
    name: string
    /** What the name looks like; see credential/skeleton.ts. */
    skeleton: string
    valid_from: string | null
    valid_until: string | null
  }
}
