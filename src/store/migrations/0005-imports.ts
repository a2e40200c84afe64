import type { Kysely } from 'kysely'
import { required, table, to, unique, type DialectName } from './columns.js'

export async function up(db: Kysely<unknown>, dialect: DialectName): Promise<void> {
  await table(db, dialect, 'pending_imports')
    .addColumn('public_id', 'text', unique)
    .addColumn('school_id', 'integer', to('organisations'))
    .addColumn('person_id', 'integer', to('persons'))
    .addColumn('school_year', 'integer', required)
    .addColumn('file_digest', 'text', required)
    .addColumn('list_sealed', 'text', required)
    .addColumn('created_at', 'text', required)
    .addColumn('expires_at', 'text', required)
    .execute()
  await db.schema.createIndex('schoolings_school').on('schoolings').column('school_id').execute()
}
