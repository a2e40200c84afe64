import { sql, type Kysely } from 'kysely'
import { maybeTo, required, table, to, unique, type DialectName } from './columns.js'

/**
 * What was approved may become void before it is signed: the reservation moves to a table of its
 * own, so that `badges` keeps one row a dossier. An organisation's status lists are numbered, so
 * that two approvals at once open one.
 */
export async function up(db: Kysely<unknown>, dialect: DialectName): Promise<void> {
  await table(db, dialect, 'voided_badges')
    .addColumn('public_id', 'text', unique)
    .addColumn('dossier_id', 'integer', to('dossiers'))
    .addColumn('credential_id', 'text', unique)
    .addColumn('status_entry_id', 'integer', to('status_entries'))
    .addColumn('endorsement_id', 'text', unique)
    .addColumn('endorsement_entry_id', 'integer', to('status_entries'))
    .addColumn('endorsement_document', 'text')
    .addColumn('reserved_at', 'text', required)
    .addColumn('voided_at', 'text', required)
    .execute()
  const dossiers = () => db.schema.alterTable('dossiers')
  await dossiers().addColumn('reopened_at', 'text').execute()
  await dossiers().addColumn('reopened_by_id', 'integer', maybeTo('persons')).execute()
  await dossiers().addColumn('reopen_reason', 'text').execute()
  await db.schema.alterTable('status_lists').addColumn('number', 'integer').execute()
  await sql`update status_lists set number = id`.execute(db)
  await db.schema
    .createIndex('status_lists_number')
    .unique()
    .on('status_lists')
    .columns(['organisation_id', 'number'])
    .execute()
}
