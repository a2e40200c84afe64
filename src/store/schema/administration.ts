import type { Generated } from 'kysely'

export type AdministrationTables = {
  /** One row for each thing that is validated now and then: what was found last. */
  audit_checks: {
    id: Generated<number>
    /** 'chain' */
    name: string
    checked_at: string
    entries: number
    /** The hash of the last line; null when the chain is broken. */
    head: string | null
    /** The id of the first line that is not as it was written; null for a sound chain. */
    broken_at: number | null
  }
  /** Who has read the audit on which day: the audit tells it once. */
  audit_readings: {
    id: Generated<number>
    /** Public id of a person. */
    reader: string
    /** YYYY-MM-DD */
    day: string
  }
  /** What was set at a page or by a command: each change is a row, the newest counts. */
  settings: {
    id: Generated<number>
    /** '' for the service, or the public id of a school. */
    scope: string
    /** SettingKey */
    key: string
    /** From 1 on. */
    version: number
    /** Null: as if nobody had set it. */
    value: string | null
    /** Public id of a person, or 'operator'. */
    set_by: string
    set_at: string
  }
  /** Short notices above the pages of those who are signed in. */
  announcements: {
    id: Generated<number>
    public_id: string
    /** Null: of the platform. */
    organisation_id: number | null
    /** '*', or roles with spaces between. */
    audience: string
    text_fr: string
    text_en: string
    /** First and last day on which it is shown, YYYY-MM-DD. */
    from_day: string
    until_day: string
    made_at: string
    ended_at: string | null
  }
  announcement_dismissals: {
    id: Generated<number>
    announcement_id: number
    person_id: number
    at: string
  }
  /** People who were invited together, from a list. */
  invitation_runs: {
    id: Generated<number>
    public_id: string
    /** Digest of the list and of whom it is for: the same one makes no second run. */
    key: string
    /** Null: the platform itself. */
    organisation_id: number | null
    made_by_id: number | null
    made_at: string
  }
  invited_people: {
    id: Generated<number>
    run_id: number
    person_id: number
    role: string
    /** As the list says it; shown to who manages them, and nowhere else. */
    function: string | null
    withdrawn_at: string | null
  }
}
