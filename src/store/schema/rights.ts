import type { Generated } from 'kysely'

export type RightsTables = {
  /** A student, or the school for them, asks that they be erased. */
  erasure_requests: {
    id: Generated<number>
    public_id: string
    /** Null once they are erased: nothing tells any more who it was. */
    student_id: number | null
    school_id: number
    /** What becomes of the badges that they have: 'revoke' | 'keep' */
    badges: string
    /** 'STUDENT' | 'SCHOOL' */
    asked_as: string
    asked_by_id: number | null
    asked_at: string
    /** The first of the two persons of the school who decide. */
    agreed_by_id: number | null
    agreed_at: string | null
    seconded_by_id: number | null
    seconded_at: string | null
    ended_at: string | null
    /** 'ERASED' | 'REFUSED' | 'WITHDRAWN' */
    ended_as: string | null
    ended_by_id: number | null
    /** One of REFUSALS, and in words, for the student. */
    refusal_code: string | null
    refusal_reason: string | null
  }
  /** Awards of students who were erased, counted: figures go on, nobody is in them. */
  erased_awards: {
    id: Generated<number>
    school_id: number
    template_version_id: number
    /** By the year that it starts in; of the release, or of the endorsement. */
    school_year: number
    issued: number
    revoked: number
    endorsed: number
  }
  /** A student took their portfolio away, the last time. */
  portfolios: { id: Generated<number>; student_id: number; taken_at: string }
  /** A school wrote to all of its students who leave. */
  leaver_letters: {
    id: Generated<number>
    public_id: string
    school_id: number
    /** YYYY-MM-DD: one a day. */
    day: string
    made_by_id: number | null
    made_at: string
  }
}
