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
}
