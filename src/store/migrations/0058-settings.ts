import type { Kysely } from 'kysely'
import { maybeTo, required, table, to, unique, type DialectName } from './columns.js'

/** What may be changed at a page, short notices to those who are signed in, and who an organisation is at LinkedIn. */
export async function up(db: Kysely<unknown>, dialect: DialectName): Promise<void> {
  await table(db, dialect, 'settings')
    .addColumn('scope', 'text', required)
    .addColumn('key', 'text', required)
    .addColumn('version', 'integer', required)
    .addColumn('value', 'text')
    .addColumn('set_by', 'text', required)
    .addColumn('set_at', 'text', required)
    .execute()
  await db.schema
    .createIndex('settings_once')
    .unique()
    .on('settings')
    .columns(['scope', 'key', 'version'])
    .execute()
  await table(db, dialect, 'announcements')
    .addColumn('public_id', 'text', unique)
    .addColumn('organisation_id', 'integer', maybeTo('organisations'))
    .addColumn('audience', 'text', required)
    .addColumn('text_fr', 'text', required)
    .addColumn('text_en', 'text', required)
    .addColumn('from_day', 'text', required)
    .addColumn('until_day', 'text', required)
    .addColumn('made_at', 'text', required)
    .addColumn('ended_at', 'text')
    .execute()
  await db.schema
    .createIndex('announcements_until')
    .on('announcements')
    .column('until_day')
    .execute()
  await table(db, dialect, 'announcement_dismissals')
    .addColumn('announcement_id', 'integer', to('announcements'))
    .addColumn('person_id', 'integer', to('persons'))
    .addColumn('at', 'text', required)
    .execute()
  await db.schema
    .createIndex('announcement_dismissals_once')
    .unique()
    .on('announcement_dismissals')
    .columns(['person_id', 'announcement_id'])
    .execute()
  await db.schema.alterTable('organisations').addColumn('linkedin_id', 'text').execute()
}
