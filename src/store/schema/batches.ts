import type { Generated } from 'kysely'

export type BatchTables = {
  batches: {
    id: Generated<number>
    public_id: string
    /** 'propose' | 'assess' | 'endorse' | 'approve' | 'revoke' | 'hold' | 'restore' | 'replace' */
    act: string
    /** The school or company that takes the step. */
    organisation_id: number
    made_by_id: number
    /** Of whoever sent it: a second one of the same key is the same batch, or refused. */
    key: string
    /** SHA-256 of what was sent with the key; null: made before it was kept. */
    request_digest: string | null
    /** What its maker said for all rows that say nothing of their own. */
    function: string | null
    comment: string | null
    /** Of a revocation, as it was typed; of a hold or a replacement, as its list has it. */
    reason: string | null
    made_at: string
    paused_at: string | null
    cancelled_at: string | null
    /** Every row has ended. */
    finished_at: string | null
    /** The signed receipt: JSON, packed. */
    receipt_packed: Uint8Array | null
    /** It takes many badges back: nothing is done before a second person agrees. */
    second_wanted_at: string | null
    seconded_at: string | null
    seconded_by_id: number | null
  }
  batch_rows: {
    id: Generated<number>
    batch_id: number
    number: number
    student_id: number
    template_version_id: number
    /** Null before the dossier is opened. Of a replacement that is done: the one that was opened. */
    dossier_id: number | null
    /** What its maker was shown. */
    digest: string | null
    /** The badge that is revoked, held, restored or replaced; or that was approved, set before it is signed. */
    badge_public_id: string | null
    function: string | null
    comment: string | null
    /** Its step is taken and committed; a badge is still to be signed. */
    taken_at: string | null
    /** 'done' | 'refused' | 'cancelled'; null: not yet */
    outcome: string | null
    /** JSON: why, in both languages. */
    refusal: string | null
    ended_at: string | null
  }
}
