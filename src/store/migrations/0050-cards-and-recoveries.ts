import type { Kysely } from 'kysely'
import { maybeTo, required, table, to, unique, type DialectName } from './columns.js'

/** Who signs in by an identifier that their school gave them, and the code that waits to be used; requests to get in again. */
export async function up(db: Kysely<unknown>, dialect: DialectName): Promise<void> {
  await table(db, dialect, 'school_identifiers')
    .addColumn('person_id', 'integer', (column) => to('persons')(column).unique())
    .addColumn('identifier', 'text', (column) => column.notNull().unique())
    .addColumn('code_fingerprint', 'text')
    .addColumn('tries', 'integer', required)
    .addColumn('expires_at', 'text')
    .addColumn('made_at', 'text', required)
    .execute()
  await table(db, dialect, 'recoveries')
    .addColumn('public_id', 'text', unique)
    .addColumn('person_id', 'integer', to('persons'))
    .addColumn('asked_at', 'text', required)
    .addColumn('expires_at', 'text', required)
    .addColumn('first_by_id', 'integer', maybeTo('persons'))
    .addColumn('first_at', 'text')
    .addColumn('second_by_id', 'integer', maybeTo('persons'))
    .addColumn('second_at', 'text')
    .addColumn('token_hash', 'text', (column) => column.unique())
    .addColumn('link_expires_at', 'text')
    .addColumn('used_at', 'text')
    .execute()
}
