import { sql, type Kysely } from 'kysely'
import { required, table, unique, type DialectName } from './columns.js'

/** The hash before the first entry of the audit. */
export const GENESIS = '0'.repeat(64)

export async function up(db: Kysely<unknown>, dialect: DialectName): Promise<void> {
  await table(db, dialect, 'jobs')
    .addColumn('public_id', 'text', unique)
    .addColumn('kind', 'text', required)
    .addColumn('key', 'text', required)
    .addColumn('payload', 'text', required)
    .addColumn('run_at', 'text', required)
    .addColumn('attempts', 'integer', (c) => c.notNull().defaultTo(0))
    .addColumn('leased_until', 'text')
    .addColumn('finished_at', 'text')
    .addColumn('given_up_at', 'text')
    .addColumn('last_error', 'text')
    .addUniqueConstraint('jobs_once', ['kind', 'key'])
    .execute()
  await db.schema
    .createIndex('jobs_due')
    .on('jobs')
    .columns(['finished_at', 'given_up_at', 'run_at'])
    .execute()

  await table(db, dialect, 'audit')
    .addColumn('at', 'text', required)
    .addColumn('actor', 'text', required)
    .addColumn('action', 'text', required)
    .addColumn('subject', 'text', required)
    .addColumn('details', 'text', required)
    .addColumn('prev_hash', 'text', unique)
    .addColumn('hash', 'text', unique)
    .execute()
  await db.schema.createIndex('audit_subject').on('audit').column('subject').execute()
  await db.schema
    .createTable('audit_head')
    .addColumn('id', 'integer', (c) => c.primaryKey())
    .addColumn('last_id', 'integer', required)
    .addColumn('hash', 'text', required)
    .execute()
  await sql`insert into audit_head (id, last_id, hash) values (1, 0, ${sql.lit(GENESIS)})`.execute(
    db,
  )
  await forbidChanges(db, dialect)
}

/** The audit only grows: the database itself refuses anything else. */
async function forbidChanges(db: Kysely<unknown>, dialect: DialectName): Promise<void> {
  if (dialect === 'sqlite') {
    for (const change of ['update', 'delete']) {
      await sql`create trigger ${sql.raw(`audit_no_${change}`)} before ${sql.raw(change)} on audit
        begin select raise(abort, 'the audit is append-only'); end`.execute(db)
    }
    return
  }
  await sql`create function audit_append_only() returns trigger language plpgsql as
    $$ begin raise exception 'the audit is append-only'; end $$`.execute(db)
  await sql`create trigger audit_no_change before update or delete or truncate on audit
    for each statement execute function audit_append_only()`.execute(db)
}
