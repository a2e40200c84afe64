import type { Kysely } from 'kysely'
import { required, table, to, type DialectName } from './columns.js'

/** Who signs in by an identifier that their school gave them, and the code that waits to be used. */
export async function up(db: Kysely<unknown>, dialect: DialectName): Promise<void> {
  await table(db, dialect, 'school_identifiers')
    .addColumn('person_id', 'integer', (column) => to('persons')(column).unique())
    .addColumn('identifier', 'text', (column) => column.notNull().unique())
    .addColumn('code_fingerprint', 'text')
    .addColumn('tries', 'integer', required)
    .addColumn('expires_at', 'text')
    .addColumn('made_at', 'text', required)
    .execute()
}
