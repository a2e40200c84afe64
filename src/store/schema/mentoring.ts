import type { Generated } from 'kysely'

export type MentoringTables = {
  ptech_classes: {
    id: Generated<number>
    public_id: string
    school_id: number
    name: string
    /** MEF code of the 2nde, 10 digits. */
    mef: string
    track: string
    created_at: string
  }
  class_companies: {
    id: Generated<number>
    class_id: number
    company_id: number
    /** 'principal' | 'partner' */
    role: string
    from_day: string
    until_day: string | null
  }
  liaison_assignments: {
    id: Generated<number>
    class_id: number
    person_id: number
    employer_id: number | null
    financed_by_id: number | null
    from_day: string
    until_day: string | null
  }
  cohorts: {
    id: Generated<number>
    public_id: string
    class_id: number
    /** School year of entry in 2nde pro, by the year it starts in: 2026 is 2026-2027. */
    entry_year: number
    created_at: string
  }
  students: {
    id: Generated<number>
    public_id: string
    school_id: number
    /** The account, once there is one. */
    person_id: number | null
    given_name: string
    family_name: string
    /** 'F' | 'M' | null: for aggregated figures only. */
    sex: string | null
    birth_date_sealed: string
    /** HMAC of the INE under a key of its own. */
    ine_fingerprint: string
    created_at: string
  }
  schoolings: {
    id: Generated<number>
    student_id: number
    school_id: number
    /** LevelCode: 2NDE_PRO, 1RE_PRO, TLE_PRO, BTS1, BTS2 */
    level: string
    mef: string
    division: string
    from_day: string
    until_day: string | null
  }
  enrolments: {
    id: Generated<number>
    student_id: number
    cohort_id: number
    from_day: string
    until_day: string | null
    exit_reason: string | null
  }
  mentoring_sessions: {
    id: Generated<number>
    public_id: string
    cohort_id: number
    company_id: number
    /** 'PTECH': a session counts for one scheme. */
    scheme: string
    /** 'PROJET' | 'IMMERSION' | 'CARRIERE' */
    kind: string
    /** 'INDIVIDUEL' | 'PETIT_GROUPE' | 'CLASSE' */
    format: string
    day: string
    minutes: number
    topic: string
    recorded_by_id: number
    recorded_at: string
    confirmed_by_id: number | null
    confirmed_function: string | null
    confirmed_at: string | null
  }
  session_mentors: { id: Generated<number>; session_id: number; person_id: number }
  session_students: {
    id: Generated<number>
    session_id: number
    student_id: number
    contested_at: string | null
    contest_reason: string | null
  }
  placements: {
    id: Generated<number>
    public_id: string
    student_id: number
    company_id: number
    tutor_id: number
    from_day: string
    until_day: string
    days_done: number
    recorded_by_id: number
    recorded_at: string
    confirmed_by_id: number | null
    confirmed_function: string | null
    confirmed_at: string | null
    contested_at: string | null
    contest_reason: string | null
  }
  class_list_imports: {
    id: Generated<number>
    public_id: string
    school_id: number
    file_digest: string
    imported_by_id: number | null
    imported_at: string
    /** JSON: counts by outcome and the refused rows, without names. */
    receipt: string
  }
  /** A class list between its preview and its import: a few minutes, sealed. */
  pending_imports: {
    id: Generated<number>
    public_id: string
    school_id: number
    /** Who gave the file: nobody else sees it. */
    person_id: number
    /** By the year that it starts in. */
    school_year: number
    file_digest: string
    /** JSON of what is kept of the file, under the vault's key. */
    list_sealed: string
    created_at: string
    expires_at: string
  }
}
