import type { Generated } from 'kysely'

export type TemplateTables = {
  templates: {
    id: Generated<number>
    public_id: string
    /** The company that defines the badge. */
    creator_id: number
    created_at: string
    archived_at: string | null
  }
  template_versions: {
    id: Generated<number>
    template_id: number
    number: number
    /** JSON of a Definition: everything that an award of this version rests on. */
    definition: string
    /** SHA-256 of the JCS form of the definition, hex. */
    digest: string
    created_at: string
    created_by_id: number
    /** Since when one person of the company has proposed it as it is; an edit takes that back. */
    proposed_at: string | null
    proposed_by_id: number | null
    proposed_digest: string | null
    proposed_function: string | null
    /** Draft until then; afterwards it can't change. */
    published_at: string | null
    published_by_id: number | null
    published_function: string | null
    /** One of WAYS; null before it took two persons. */
    published_way: string | null
    /** Since when the company stands by this definition no more, and why, for everybody to read. */
    endorsement_withdrawn_at: string | null
    endorsement_withdrawn_reason: string | null
  }
}
