import type { Generated } from 'kysely'

export type CalendarTables = {
  /** Days without school, of one calendar in one school year. */
  school_breaks: {
    id: Generated<number>
    public_id: string
    /** 'A' | 'B' | 'C', or the code of an academy that follows none of them. */
    zone: string
    /** By the year that it starts in: 2026 is 2026-2027. */
    school_year: number
    name_fr: string
    name_en: string
    /** First and last day without school. */
    from_day: string
    until_day: string
    /** Where the dates were read. */
    source: string
    /** The day on which somebody held them against the official calendar; null: to be verified. */
    verified_on: string | null
  }
}
