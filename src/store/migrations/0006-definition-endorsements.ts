import type { Kysely } from 'kysely'
import { maybeTo, required, table, to, unique, type DialectName } from './columns.js'

/** A definition's endorsement has a place in a status list, and a version tells who published it. */
export async function up(db: Kysely<unknown>, dialect: DialectName): Promise<void> {
  await db.schema
    .alterTable('template_versions')
    .addColumn('published_by_id', 'integer', maybeTo('persons'))
    .execute()
  // Nothing was ever written to it.
  await db.schema.dropTable('definition_endorsements').execute()
  await table(db, dialect, 'definition_endorsements')
    .addColumn('template_version_id', 'integer', (c) => to('template_versions')(c).unique())
    .addColumn('credential_id', 'text', unique)
    .addColumn('status_entry_id', 'integer', to('status_entries'))
    .addColumn('prepared', 'text')
    .addColumn('document', 'text')
    .addColumn('reserved_at', 'text', required)
    .addColumn('signed_at', 'text')
    .execute()
}
