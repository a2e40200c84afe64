import { sql, type Kysely } from 'kysely'
import { maybeTo, required, table, unique, type DialectName } from './columns.js'

/** A mail may go to somebody who is no person of ours: address and text are then sealed. */
export async function up(db: Kysely<unknown>, dialect: DialectName): Promise<void> {
  if (dialect === 'postgres') {
    await db.schema
      .alterTable('outbox_mails')
      .alterColumn('to_person_id', (column) => column.dropNotNull())
      .execute()
    await db.schema.alterTable('outbox_mails').addColumn('letter_sealed', 'text').execute()
    return
  }
  // SQLite drops no constraint; no table refers to this one.
  await table(db, dialect, 'outbox_mails_anew')
    .addColumn('public_id', 'text', unique)
    .addColumn('key', 'text', unique)
    .addColumn('to_person_id', 'integer', maybeTo('persons'))
    .addColumn('language', 'text', required)
    .addColumn('subject', 'text', required)
    .addColumn('body', 'text', required)
    .addColumn('created_at', 'text', required)
    .addColumn('sent_at', 'text')
    .addColumn('given_up_at', 'text')
    .addColumn('given_up_why', 'text')
    .addColumn('letter_sealed', 'text')
    .execute()
  await sql`insert into outbox_mails_anew select *, null from outbox_mails`.execute(db)
  await db.schema.dropTable('outbox_mails').execute()
  await sql`alter table outbox_mails_anew rename to outbox_mails`.execute(db)
  await db.schema
    .createIndex('outbox_mails_created')
    .on('outbox_mails')
    .column('created_at')
    .execute()
}
