import type { Generated } from 'kysely'

/** Whose figures a row holds: students of one cohort, at one school and one level, in one school year. */
type Part = {
  id: Generated<number>
  cohort_id: number
  /** By the year that it starts in: 2026 is 2026-2027. */
  school_year: number
  school_id: number
  /** SchemeCode */
  scheme: string
  /** LevelCode; empty when it is not known. */
  level: string
}

export type FigureTables = {
  /** Counted from the book, never written by hand; what each column means stands in indicators/measures.data.ts. */
  cohort_figures: Part & {
    counted_at: string
    followed: number
    girls: number
    newcomers: number
    finished: number
    left_moved: number
    left_reoriented: number
    left_education: number
    left_other: number
    ended_early: number
    career_months_owed: number
    career_months_met: number
    career_students_owed: number
    career_students_met: number
    sessions: number
    confirmed_sessions: number
    female_sessions: number
    company_sessions: Generated<number>
    minutes: number
    student_minutes: number
    mentors: number
    female_mentors: number
    placements: number
    placement_days: number
  }
  /** The sessions of `cohort_figures`, by kind and format. */
  session_figures: Part & { kind: string; format: string; sessions: number; minutes: number }
  /** What has to be counted again: a cohort, in this school year and those after it. Rows are only added, and deleted once counted. */
  figures_due: { id: Generated<number>; cohort_id: number; school_year: number }
  /** What a school has as a whole in a school year, counted by a job and never written by hand. */
  school_figures: {
    id: Generated<number>
    school_id: number
    /** By the year that it starts in. */
    school_year: number
    /** SchemeCode; empty: of no scheme, such as badges. */
    scheme: string
    /** JSON: numbers by the codes of indicators/school-codes.ts. */
    counts: string
    counted_at: string
  }
  /** How a course ended, as the school said: codes, no mark and no word of its own (PT-19, PT-23). */
  student_outcomes: {
    id: Generated<number>
    student_id: number
    cohort_id: number
    /** Whose staff said so. */
    school_id: number
    school_year: number
    /** 'BAC' | 'BTS' | 'NEXT' */
    kind: string
    /** One of the codes of its kind. */
    outcome: string
    day: string
    recorded_by_id: number | null
    recorded_at: string
  }
}
