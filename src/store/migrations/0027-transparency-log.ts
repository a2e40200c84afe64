import { sql, type Kysely } from 'kysely'
import { required, table, unique, type DialectName } from './columns.js'

/**
 * The transparency log: leaves, the roots of full subtrees above them, where it grows, and what was signed of
 * it. What ties a badge to its leaf is in the badge's own row.
 */
export async function up(db: Kysely<unknown>, dialect: DialectName): Promise<void> {
  await table(db, dialect, 'log_leaves')
    .addColumn('position', 'integer', unique)
    .addColumn('hash', 'text', required)
    .addColumn('logged_at', 'text', required)
    .execute()
  await table(db, dialect, 'log_nodes')
    .addColumn('level', 'integer', required)
    .addColumn('position', 'integer', required)
    .addColumn('hash', 'text', required)
    .addUniqueConstraint('log_nodes_once', ['level', 'position'])
    .execute()
  await table(db, dialect, 'log_checkpoints')
    .addColumn('size', 'integer', unique)
    .addColumn('root', 'text', required)
    .addColumn('note', 'text', required)
    .addColumn('signed_at', 'text', required)
    .execute()
  await db.schema
    .createTable('log_head')
    .addColumn('id', 'integer', (c) => c.primaryKey())
    .addColumn('size', 'integer', required)
    .addColumn('frontier', 'text', required)
    .addColumn('last_at', 'text', required)
    .execute()
  await sql`insert into log_head (id, size, frontier, last_at) values (1, 0, '[]', '')`.execute(db)
  for (const name of ['log_leaves', 'log_nodes', 'log_checkpoints'])
    await forbidChanges(db, dialect, name)
  await db.schema.alterTable('badges').addColumn('log_position', 'integer').execute()
  await db.schema.alterTable('badges').addColumn('log_nonce', 'text').execute()
  await db.schema
    .createIndex('badges_log_position')
    .unique()
    .on('badges')
    .column('log_position')
    .execute()
}

/** It only grows: the database itself refuses anything else. */
async function forbidChanges(
  db: Kysely<unknown>,
  dialect: DialectName,
  name: string,
): Promise<void> {
  const on = sql.raw(name)
  if (dialect === 'sqlite') {
    for (const change of ['update', 'delete']) {
      await sql`create trigger ${sql.raw(`${name}_no_${change}`)} before ${sql.raw(change)} on ${on}
        begin select raise(abort, 'the log is append-only'); end`.execute(db)
    }
    return
  }
  await sql`create or replace function log_append_only() returns trigger language plpgsql as
    $$ begin raise exception 'the log is append-only'; end $$`.execute(db)
  await sql`create trigger ${sql.raw(`${name}_no_change`)} before update or delete or truncate on ${on}
    for each statement execute function log_append_only()`.execute(db)
}
