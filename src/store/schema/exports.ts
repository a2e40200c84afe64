import type { Generated } from 'kysely'

export type ExportTables = {
  /** A session that is to take place: no fact, and nothing counts it. */
  planned_sessions: {
    id: Generated<number>
    public_id: string
    cohort_id: number
    /** Whose mentor is to come: a company, the tête de cordée, a mentoring structure. */
    organisation_id: number
    mentor_id: number | null
    /** One of the kinds of the cohort's scheme. */
    kind: string
    day: string
    /** HH:MM at school; null: not settled. */
    start_time: string | null
    minutes: number
    topic: string
    planned_by_id: number
    planned_at: string
    cancelled_at: string | null
  }
  /** A private address at which a program reads the calendar of a cohort, with one person's rights. */
  calendar_feeds: {
    id: Generated<number>
    public_id: string
    /** SHA-256 of the secret in the address. */
    token_hash: string
    cohort_id: number
    person_id: number
    /** For which program or device, in the person's words. */
    label: string
    language: string
    made_at: string
    revoked_at: string | null
  }
}
