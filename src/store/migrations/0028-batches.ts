import { sql, type Kysely } from 'kysely'
import { maybeTo, required, table, to, unique, type DialectName } from './columns.js'

/**
 * Batches: one step taken for many dossiers or badges at once, with what became of each. A status list counts
 * its places, so that nobody has to.
 */
export async function up(db: Kysely<unknown>, dialect: DialectName): Promise<void> {
  await table(db, dialect, 'batches')
    .addColumn('public_id', 'text', unique)
    .addColumn('act', 'text', required)
    .addColumn('organisation_id', 'integer', to('organisations'))
    .addColumn('made_by_id', 'integer', to('persons'))
    .addColumn('key', 'text', required)
    .addColumn('function', 'text')
    .addColumn('comment', 'text')
    .addColumn('reason', 'text')
    .addColumn('made_at', 'text', required)
    .addColumn('paused_at', 'text')
    .addColumn('cancelled_at', 'text')
    .addColumn('finished_at', 'text')
    .addColumn('receipt', 'text')
    .addUniqueConstraint('batches_once', ['made_by_id', 'key'])
    .execute()
  await table(db, dialect, 'batch_rows')
    .addColumn('batch_id', 'integer', to('batches'))
    .addColumn('number', 'integer', required)
    .addColumn('student_id', 'integer', to('students'))
    .addColumn('template_version_id', 'integer', to('template_versions'))
    .addColumn('dossier_id', 'integer', maybeTo('dossiers'))
    .addColumn('digest', 'text')
    .addColumn('badge_public_id', 'text')
    .addColumn('function', 'text')
    .addColumn('comment', 'text')
    .addColumn('taken_at', 'text')
    .addColumn('outcome', 'text')
    .addColumn('refusal', 'text')
    .addColumn('ended_at', 'text')
    .addUniqueConstraint('batch_rows_number', ['batch_id', 'number'])
    .addUniqueConstraint('batch_rows_once', ['batch_id', 'student_id', 'template_version_id'])
    .execute()
  await sql`create index batch_rows_open on batch_rows (batch_id, number) where outcome is null`.execute(
    db,
  )
  await db.schema
    .alterTable('status_lists')
    .addColumn('taken', 'integer', (c) => c.notNull().defaultTo(0))
    .execute()
  await sql`update status_lists set taken =
    (select count(*) from status_entries where status_entries.list_id = status_lists.id)`.execute(
    db,
  )
}
