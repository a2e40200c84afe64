import { sql, type Kysely } from 'kysely'
import { maybeTo, required, table, to, type DialectName } from './columns.js'

/**
 * A badge may be held, and given back; a dossier may name the badge that its own will replace. What was done to a
 * badge once it was released is kept for its holder. A batch may wait for a second person.
 */
export async function up(db: Kysely<unknown>, dialect: DialectName): Promise<void> {
  await severalDossiers(db, dialect)
  const dossiers = () => db.schema.alterTable('dossiers')
  await dossiers().addColumn('replaces_badge_id', 'integer', maybeTo('badges')).execute()
  await dossiers().addColumn('replacement_reason', 'text').execute()
  await dossiers().addColumn('replacement_note', 'text').execute()
  await sql`create unique index dossiers_first on dossiers (student_id, template_version_id)
    where replaces_badge_id is null`.execute(db)
  await sql`create unique index dossiers_replacing on dossiers (replaces_badge_id)`.execute(db)
  // What the constraint that is gone was for beside.
  await sql`create index dossiers_of_student on dossiers (student_id, template_version_id)`.execute(
    db,
  )
  await db.schema.alterTable('badges').addColumn('held_at', 'text').execute()
  await table(db, dialect, 'badge_notices')
    .addColumn('badge_id', 'integer', to('badges'))
    .addColumn('act', 'text', required)
    .addColumn('reason', 'text')
    .addColumn('note', 'text')
    .addColumn('by_id', 'integer', maybeTo('persons'))
    .addColumn('at', 'text', required)
    .execute()
  await db.schema.createIndex('badge_notices_of').on('badge_notices').column('badge_id').execute()
  const batches = () => db.schema.alterTable('batches')
  await batches().addColumn('second_wanted_at', 'text').execute()
  await batches().addColumn('seconded_at', 'text').execute()
  await batches().addColumn('seconded_by_id', 'integer', maybeTo('persons')).execute()
}

const ONCE = 'constraint "dossiers_once" unique ("student_id", "template_version_id")'

/** A student has a dossier for a badge, and one more for each that replaces it. */
async function severalDossiers(db: Kysely<unknown>, dialect: DialectName): Promise<void> {
  if (dialect === 'postgres') {
    await db.schema.alterTable('dossiers').dropConstraint('dossiers_once').execute()
    return
  }
  // Inside a transaction the pragma does nothing; without it the tables that refer to this one forbid to drop it.
  await sql`pragma foreign_keys = off`.execute(db)
  await db.transaction().execute(async (trx) => {
    const { rows: objects } = await sql<{ type: string; sql: string }>`
      select type, sql from sqlite_master where tbl_name = 'dossiers' and sql is not null`.execute(
      trx,
    )
    const made = objects.find(({ type }) => type === 'table')?.sql ?? ''
    if (!made.includes(`, ${ONCE}`)) throw new Error('The table dossiers has no such constraint.')
    const anew = made.replace(`, ${ONCE}`, '').replace('"dossiers"', '"dossiers_anew"')
    await sql.raw(anew).execute(trx)
    await sql`insert into dossiers_anew select * from dossiers`.execute(trx)
    await sql`drop table dossiers`.execute(trx)
    await sql`alter table dossiers_anew rename to dossiers`.execute(trx)
    for (const { type, sql: text } of objects)
      if (type === 'index') await sql.raw(text).execute(trx)
  })
  await sql`pragma foreign_keys = on`.execute(db)
}
