import type { Generated } from 'kysely'

export type ConsentTables = {
  /** Holders of parental authority, as the school knows them; until the student is 18. */
  guardians: {
    id: Generated<number>
    public_id: string
    student_id: number
    /** Null once they are guardians no more. */
    name_sealed: string | null
    email_sealed: string | null
    /** Language */
    language: string
    added_by_id: number | null
    added_at: string
    /** The first day on which they are no guardian any more. */
    ended_on: string | null
    /** 'removed' | 'adult' */
    ended_why: string | null
  }
  /** A link by which one guardian answers one question; its page stays theirs for as long as they are guardian. */
  guardian_links: {
    id: Generated<number>
    public_id: string
    guardian_id: number
    /** Purpose */
    purpose: string
    /** Null: every badge. */
    badge_id: number | null
    /** SHA-256 of the token. */
    token_hash: string
    /** Keyed fingerprint of the code that is handed over on another way. */
    code_fingerprint: string
    wrong_codes: Generated<number>
    made_by_id: number | null
    made_at: string
    expires_at: string
    answered_at: string | null
    revoked_at: string | null
  }
  /** Append-only, by trigger. */
  consent_records: {
    id: Generated<number>
    public_id: string
    student_id: number
    /** Purpose */
    purpose: string
    /** Null: every badge. */
    badge_id: number | null
    /** 'agreed' | 'refused' | 'withdrawn' | 'read' */
    answer: string
    /** 'student' | 'guardian' */
    capacity: string
    /** Null for the student, and for a guardian of whom there is only paper. */
    guardian_id: number | null
    /** 'account' | 'link-and-code' | 'link' | 'paper' | 'before-records' */
    method: string
    /** SHA-256 of the text that was read, in its language. */
    text_hash: string | null
    language: string | null
    at: string
    /** The day at school: ages are counted by days. */
    day: string
    /** The first day on which an agreement counts no more. */
    expires_on: string | null
    /** Who of the staff wrote down what is on paper. */
    recorded_by_id: number | null
    paper_on: string | null
  }
  /** Students whose records are being erased, for as long as a transaction lasts. */
  consents_let_go: { id: Generated<number>; student_id: number }
  /** RGPD, art. 21. */
  objections: {
    id: Generated<number>
    public_id: string
    student_id: number
    /** Null: the student. */
    guardian_id: number | null
    school_id: number
    /** Processing */
    processing: string
    reason_sealed: string
    made_at: string
    /** A month later. */
    due_on: string
    answered_at: string | null
    answered_by_id: number | null
    /** 'upheld' | 'partly' | 'rejected' */
    outcome: string | null
    answer_sealed: string | null
  }
}
