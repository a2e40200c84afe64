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
  /** Students who are followed together in one scheme: the intake of a P-TECH class, a cordée, a pair. */
  cohorts: {
    id: Generated<number>
    public_id: string
    /** SchemeCode */
    scheme: Generated<string>
    /** Who runs it: the lycée of a P-TECH class, the tête de cordée, the mentoring structure. */
    owner_id: number | null
    /** Of a P-TECH cohort. */
    class_id: number | null
    /** Of a P-TECH cohort: school year of entry in 2nde pro, by the year it starts in: 2026 is 2026-2027. */
    entry_year: number | null
    /** What people call it; a P-TECH cohort has the name of its class. */
    name: string | null
    /** Its last day, once it has one. */
    closed_on: string | null
    created_at: string
  }
  /** The schools whose students a cohort has: a BTS may be in another lycée, a cordée has several. */
  cohort_schools: {
    id: Generated<number>
    cohort_id: number
    school_id: number
    from_day: string
    until_day: string | null
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
    /** Since when nothing here tells any more who it was. */
    erased_at: Generated<string | null>
    /** When an erasure failed, until one is done. */
    erasure_failed_at: string | null
    /** When an erasure began that is not done: it goes on from then, however often it is tried. */
    erasure_began_at: string | null
    /** YYYY-MM-DD: their holder was told that this record is soon forgotten. */
    forgetting_told_on: string | null
  }
  /** An administrator of the platform read the record of a student. */
  record_openings: {
    id: Generated<number>
    student_id: number
    person_id: number
    /** For the school. */
    reason_sealed: string
    opened_at: string
    until_at: string
  }
  /** Somebody else read the record of a student: one line a reader, student, day and kind. */
  record_readings: {
    id: Generated<number>
    student_id: number
    /** Null: a token of an organisation. */
    person_id: number | null
    /** The public id of who acted, for the constraint: a person, or a token. */
    reader: string
    /** Role: in which function, then; null: by the command line. */
    role: string | null
    organisation_id: number | null
    /** ReadingKind */
    kind: string
    day: string
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
    /** CO-04: the day on which the student said that they volunteer. */
    volunteered_on: string | null
  }
  mentoring_sessions: {
    id: Generated<number>
    public_id: string
    cohort_id: number
    /** Whose mentor it was: a company, the tête de cordée, a mentoring structure. */
    company_id: number
    /** SchemeCode: a session counts for one scheme. */
    scheme: string
    /** One of the kinds of its scheme. */
    kind: string
    /** 'INDIVIDUEL' | 'PETIT_GROUPE' | 'CLASSE' */
    format: string
    day: string
    minutes: number
    topic: string
    /** 'SCHOOL' | 'COMPANY' | 'ONLINE' | 'ELSEWHERE' */
    place: Generated<string>
    /** From 1; a correction makes the next one. */
    version: Generated<number>
    /** PT-06: the liaison officer who agreed to the topic, and when. */
    topic_agreed_by_id: number | null
    topic_agreed_on: string | null
    /** PT-07: the liaison officer who coordinated it. */
    coordinated_by_id: number | null
    /** MENT-01: 'SCHOOL_ADULT' | null */
    accompanied_by: string | null
    recorded_by_id: number
    recorded_at: string
    confirmed_by_id: number | null
    confirmed_function: string | null
    confirmed_at: string | null
    /** A mentor says that it did not take place so: it is no fact until it is corrected. */
    disputed_at: string | null
    dispute_reason: string | null
    disputed_by_id: number | null
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
    /** Null until they are known. */
    days_done: number | null
    /** From 1; a correction makes the next one. */
    version: Generated<number>
    recorded_by_id: number
    recorded_at: string
    confirmed_by_id: number | null
    confirmed_function: string | null
    confirmed_at: string | null
    contested_at: string | null
    contest_reason: string | null
  }
  /** Somebody who mentors for an organisation, with or without an account. */
  mentors: {
    id: Generated<number>
    public_id: string
    person_id: number
    organisation_id: number
    /** 'F' | 'M' | null: as they said, for aggregated figures only (PT-24). */
    sex: string | null
    from_day: string
    until_day: string | null
    /** MENT-01: 'A_VERIFIER' | 'VERIFIE_PAR_ACADEMIE' | 'VERIFIE_PAR_STRUCTURE' | 'REFUSE'; never what was found. */
    vetting: string
    vetted_on: string | null
    renew_by: string | null
    /** The day on which they accepted the mentoring charter. */
    charter_on: string | null
    /** The school, owner or company of whoever added them: it sees them, too. */
    added_through_id: number | null
    /** 'SCHOOL' | 'RUNNER': as what that organisation did */
    added_as: Generated<string>
    created_at: string
  }
  /** A link by which one person answers one question without an account. */
  answer_links: {
    id: Generated<number>
    public_id: string
    token_hash: string
    /** 'confirm-session' | 'assess-placement' */
    purpose: string
    session_id: number | null
    placement_id: number | null
    /** Who answers. */
    person_id: number
    made_by_id: number | null
    made_at: string
    expires_at: string
    used_at: string | null
    revoked_at: string | null
  }
  /** Every version of a confirmed fact: what it said, and its digest. */
  fact_versions: {
    id: Generated<number>
    /** 'session' | 'placement' */
    kind: string
    fact_id: number
    version: number
    /** JSON as it is hashed. */
    content: string
    /** SHA-256 of the JCS form of the content, base64url. */
    digest: string
    /** Why the version before it was wrong. */
    reason: string | null
    by_id: number | null
    at: string
  }
  /** What a student said of a version of a fact, once it was corrected or they took it back. */
  past_contests: {
    id: Generated<number>
    student_id: number
    /** 'session' | 'placement' */
    kind: string
    fact_id: number
    /** That the student had read. */
    version: number
    reason: string
    contested_at: string
    ended_at: string
    /** 'CORRECTION' | 'STUDENT' */
    ended_by: string
  }
  /** The academies that refuse, from a day on, what MENT-01 else warns of. */
  vetting_orders: {
    id: Generated<number>
    academy_code: string
    since_day: string
    said_by_id: number | null
    said_at: string
  }
  /** What was accepted though a rule warned: which rule, of what, by whom. */
  kept_warnings: {
    id: Generated<number>
    /** 'session' | 'placement' | 'class' | … */
    subject_kind: string
    /** Public id. */
    subject_id: string
    /** PT-05 */
    rule: string
    by_id: number | null
    at: string
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
