import type { Generated } from 'kysely'

export type CorrectionTables = {
  /** RGPD, art. 16: something in who a student is, which they or a guardian say is wrong. */
  correction_requests: {
    id: Generated<number>
    public_id: string
    student_id: number
    /** Null: the student. */
    guardian_id: number | null
    school_id: number
    /** AskedField */
    field: string
    /** What is wrong, and what it should be. */
    said_sealed: string
    made_at: string
    /** A month later. */
    due_on: string
    answered_at: string | null
    answered_by_id: number | null
    /** 'corrected' | 'refused' */
    outcome: string | null
    answer_sealed: string | null
  }
  /** What a field of a student was before somebody of the school corrected it. */
  identity_changes: {
    id: Generated<number>
    student_id: number
    request_id: number | null
    /** IdentityField */
    field: string
    /** Of an INE, of which no other trace is kept: its fingerprint. */
    before_sealed: string
    reason_sealed: string
    changed_at: string
    changed_by_id: number | null
  }
}
