import type { Generated } from 'kysely'

/** What cordées and pairs have and a P-TECH cohort has not. */
export type SchemeTables = {
  /** What was said when a group was opened. */
  group_openings: {
    id: Generated<number>
    cohort_id: number
    opened_on: string
    /** CO-01, JM-01: what its owner was then: UNIVERSITE, LYCEE_CPGE_STS, ASSOCIATION… */
    owner_type: string | null
    /** The agreement: the day of the charter that was signed, and how it is filed. */
    charter_on: string | null
    charter_reference: string | null
  }
  /** Un jeune un mentor: a cohort of one student. It starts on its opening day, and ends when the cohort is closed. */
  mentor_pairs: {
    id: Generated<number>
    cohort_id: number
    student_id: number
    mentor_id: number
    /** JM-02 */
    subject: string
    /** JM-03: of the registration on the national site, which is made there. */
    registration_reference: string | null
    registered_on: string | null
    /** The closing interview: its day and what it found, as a code. */
    interview_on: string | null
    interview_outcome: string | null
    end_reason: string | null
  }
  /** CO-05: what a whole school is. */
  school_traits: {
    id: Generated<number>
    school_id: number
    /** 'EDUCATION_PRIORITAIRE' | 'RURAL_ISOLE' */
    trait: string
    from_day: string
    until_day: string | null
  }
  /** CO-05: how many of a school's students in a cordée are of a public, as the school counted them; never who. */
  public_counts: {
    id: Generated<number>
    cohort_id: number
    school_id: number
    /** By the year that it starts in. */
    school_year: number
    /** 'QPV' | 'BOURSIER' */
    public: string
    count: number
    given_by_id: number | null
    given_at: string
  }
}
