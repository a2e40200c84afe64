import type { Generated } from 'kysely'

export type ImportTables = {
  /** What a school says the columns of a CSV are: asked once for each header. Without anything of a student. */
  column_mappings: {
    id: Generated<number>
    school_id: number
    /** Keyed hash of the names of the columns, in their order. */
    header_fingerprint: string
    /** JSON: the place of each field, and what tells the level. */
    mapping: string
    chosen_by_id: number | null
    chosen_at: string
  }
}
