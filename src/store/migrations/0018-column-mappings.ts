import { sql, type Kysely } from 'kysely'
import { maybeTo, required, table, to, type DialectName } from './columns.js'

export async function up(db: Kysely<unknown>, dialect: DialectName): Promise<void> {
  await table(db, dialect, 'column_mappings')
    .addColumn('school_id', 'integer', to('organisations'))
    .addColumn('header_fingerprint', 'text', required)
    .addColumn('mapping', 'text', required)
    .addColumn('chosen_by_id', 'integer', maybeTo('persons'))
    .addColumn('chosen_at', 'text', required)
    .addUniqueConstraint('column_mappings_header', ['school_id', 'header_fingerprint'])
    .execute()
  // What is held between a preview and its import has another form now; it lies there half an hour at most.
  await sql`delete from pending_imports`.execute(db)
}
