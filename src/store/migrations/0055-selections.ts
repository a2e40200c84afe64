import { sql, type Kysely } from 'kysely'
import { required, table, to, unique, type DialectName } from './columns.js'

/**
 * Badges that a student chose, in their order, behind one link. Besides, a dossier that replaced a badge is no first one
 * for as long as it says why it replaced: an erasure unties it from that badge before both go.
 */
export async function up(db: Kysely<unknown>, dialect: DialectName): Promise<void> {
  await sql`drop index dossiers_first`.execute(db)
  await sql`create unique index dossiers_first on dossiers (student_id, template_version_id)
    where replaces_badge_id is null and replacement_reason is null`.execute(db)
  await table(db, dialect, 'selections')
    .addColumn('public_id', 'text', unique)
    .addColumn('student_id', 'integer', to('students'))
    .addColumn('token_hash', 'text', unique)
    .addColumn('token_sealed', 'text', required)
    .addColumn('title', 'text', required)
    .addColumn('label', 'text', required)
    .addColumn('shows', 'text', required)
    .addColumn('created_at', 'text', required)
    .addColumn('closed_at', 'text')
    .addColumn('until_day', 'text')
    .execute()
  await table(db, dialect, 'selection_badges')
    .addColumn('selection_id', 'integer', to('selections'))
    .addColumn('badge_id', 'integer', to('badges'))
    .addColumn('position', 'integer', required)
    .execute()
  await db.schema
    .createIndex('selections_student')
    .on('selections')
    .columns(['student_id'])
    .execute()
  await db.schema
    .createIndex('selection_badges_once')
    .unique()
    .on('selection_badges')
    .columns(['selection_id', 'badge_id'])
    .execute()
  await db.schema
    .createIndex('selection_badges_badge')
    .on('selection_badges')
    .columns(['badge_id'])
    .execute()
}
