import type { Generated } from 'kysely'

export type CoreTables = {
  jobs: {
    id: Generated<number>
    public_id: string
    kind: string
    /** What makes a second request the same: one job for each (kind, key). */
    key: string
    /** JSON: ids only, re-read when the job runs. */
    payload: string
    run_at: string
    attempts: number
    /** Until then another worker leaves it alone. */
    leased_until: string | null
    finished_at: string | null
    /** After the last attempt. A person must look. */
    given_up_at: string | null
    last_error: string | null
  }
  audit: {
    id: Generated<number>
    at: string
    actor: string
    action: string
    /** Public id of what was acted upon; '*' where the line tells of many. */
    subject: string
    /** JSON with ids and codes, never content. */
    details: string
    /** Over the hash of the line before and all that this one says. */
    hash: string
    /** Of a line of many: its subjects with the details of each, packed. */
    packed: Generated<Uint8Array | null>
  }
  /** The first answer to a request that named a key, so that asking again does nothing again. */
  kept_answers: {
    id: Generated<number>
    /** Public id of the token. */
    actor: string
    /** `POST /api/dossiers` */
    operation: string
    key: string
    /** SHA-256 of what was asked. */
    request_digest: string
    /** Null only inside the transaction that is answering. */
    status: number | null
    /** Media type; null without a body. */
    type: string | null
    body_sealed: string | null
    asked_at: string
  }
  audit_head: { id: number; last_id: number; hash: string; latest_at: string | null }
}
