import { sql, type Kysely } from 'kysely'
import { pack } from '../packed.js'
import type { DialectName } from './columns.js'

/**
 * What an issued badge leaves on disk is less. A line of audit may tell of many subjects; what it follows is the
 * line before it, and no index says so twice. What is kept of frozen bytes ends with the release, the audit has
 * their digest. A receipt is packed. Indexes that nobody reads are gone.
 */
export async function up(db: Kysely<unknown>, dialect: DialectName): Promise<void> {
  const bytes = dialect === 'sqlite' ? 'blob' : 'bytea'
  for (const column of PREPARATIONS)
    await db.schema.alterTable('badge_drafts').addColumn(column, 'text').execute()
  for (const column of PREPARATIONS)
    await sql`update badge_drafts set ${sql.ref(column)} = (select ${sql.ref(`badges.${column}`)}
      from badges where badges.id = badge_drafts.id)`.execute(db)
  for (const column of PREPARATIONS)
    await db.schema.alterTable('badges').dropColumn(column).execute()
  await db.schema.alterTable('batches').addColumn('receipt_packed', bytes).execute()
  await packReceipts(db)
  await db.schema.alterTable('batches').dropColumn('receipt').execute()
  await (dialect === 'sqlite' ? madeAnew(db) : altered(db))
  await db.schema.alterTable('audit').addColumn('packed', bytes).execute()
  await sql`create index audit_of_many on audit (action, at) where packed is not null`.execute(db)
}

const PREPARATIONS = ['endorsement_preparation', 'badge_preparation'] as const

type Tables = {
  batches: { id: number; receipt: string | null; receipt_packed: Uint8Array | null }
}

async function packReceipts(db: Kysely<Tables>): Promise<void> {
  const all = await db.selectFrom('batches').select('id').where('receipt', 'is not', null).execute()
  for (const { id } of all) {
    const of = db.selectFrom('batches').select('receipt').where('id', '=', id)
    const { receipt } = await of.executeTakeFirstOrThrow()
    const receipt_packed = pack(receipt ?? '', undefined)
    await db.updateTable('batches').set({ receipt_packed }).where('id', '=', id).execute()
  }
}

/** On PostgreSQL; its trigger is about rows, which nothing here changes. */
async function altered(db: Kysely<unknown>): Promise<void> {
  await sql`alter table audit drop column prev_hash, drop constraint audit_hash_key`.execute(db)
  await sql`alter table status_entries drop column credential_id`.execute(db)
  await sql`alter table badges drop constraint badges_endorsement_id_key`.execute(db)
}

/** Columns as they stand in the SQL of a table, and what stands there then. */
const CHANGED: Readonly<Record<string, readonly (readonly [string, string])[]>> = {
  audit: [
    [', "prev_hash" text not null unique', ''],
    [', "hash" text not null unique', ', "hash" text not null'],
  ],
  status_entries: [[', "credential_id" text not null unique', '']],
  badges: [[', "endorsement_id" text not null unique', ', "endorsement_id" text not null']],
}

/** SQLite drops no constraint of a table that is there: it is made anew, with its indexes and triggers. */
async function madeAnew(db: Kysely<unknown>): Promise<void> {
  // Inside a transaction the pragma does nothing; without it the tables that refer to these forbid to drop them.
  await sql`pragma foreign_keys = off`.execute(db)
  await db.transaction().execute(async (trx) => {
    for (const [name, changes] of Object.entries(CHANGED)) await remake(trx, name, changes)
  })
  await sql`pragma foreign_keys = on`.execute(db)
}

async function remake(
  db: Kysely<unknown>,
  name: string,
  changes: readonly (readonly [string, string])[],
): Promise<void> {
  const { rows: objects } = await sql<{ type: string; sql: string }>`
    select type, sql from sqlite_master where tbl_name = ${name} and sql is not null`.execute(db)
  let made = objects.find(({ type }) => type === 'table')?.sql ?? ''
  for (const [from, to] of changes) {
    if (!made.includes(from)) throw new Error(`The table ${name} has no${from.slice(1)}.`)
    made = made.replace(from, to)
  }
  const anew = `${name}_anew`
  await sql.raw(made.replace(`"${name}"`, `"${anew}"`)).execute(db)
  const { rows: columns } = await sql<{ name: string }>`
    select name from pragma_table_info(${anew})`.execute(db)
  const kept = sql.join(columns.map((column) => sql.ref(column.name)))
  await sql`insert into ${sql.table(anew)} (${kept}) select ${kept} from ${sql.table(name)}`.execute(
    db,
  )
  await sql`drop table ${sql.table(name)}`.execute(db)
  await sql`alter table ${sql.table(anew)} rename to ${sql.table(name)}`.execute(db)
  for (const { type, sql: text } of objects) if (type !== 'table') await sql.raw(text).execute(db)
}
