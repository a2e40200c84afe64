import SqliteDatabase from 'better-sqlite3'
import { PostgresAdapter, sql } from 'kysely'
import type { Db } from './schema.js'

/** In the head of the file: a service that starts on it knows that this store was restored. */
export const COPY = 1
/** In it students are sealed: no service starts on it before their parcels are opened. */
export const SEALED_COPY = 2

/** Whether a file is a copy that was made here, and that no service has started on: what is something else is left alone. */
export function isCopyFile(file: string): boolean {
  try {
    const database = new SqliteDatabase(file, { readonly: true })
    try {
      return [COPY, SEALED_COPY].includes(Number(database.pragma('user_version', { simple: true })))
    } finally {
      database.close()
    }
  } catch {
    return false
  }
}

/** A PostgreSQL has no such number: this stands as a comment on the table of lists, which a start on a copy closes. */
const MARK = 'A restored copy: no service has started on it.'

/** Whether this store is a copy that no service has started on. A PostgreSQL that other tools have restored does not tell. */
export async function isCopy(db: Db): Promise<boolean> {
  if (!isPostgres(db)) return (await userVersion(db)) === COPY
  const asked = sql<{ mark: string | null }>`
    select obj_description('status_lists'::regclass, 'pg_class') as mark`
  return (await asked.execute(db)).rows[0]?.mark === MARK
}

/** Of a PostgreSQL: the next start knows that it was restored. */
export async function markCopy(db: Db): Promise<void> {
  await sql`comment on table status_lists is ${sql.lit(MARK)}`.execute(db)
}

/** Whether students are sealed in it: in a file only. */
export async function isSealedCopy(db: Db): Promise<boolean> {
  return (await userVersion(db)) === SEALED_COPY
}

const isPostgres = (db: Db) => db.getExecutor().adapter instanceof PostgresAdapter

async function userVersion(db: Db): Promise<number> {
  if (isPostgres(db)) return 0
  const { rows } = await sql<{ user_version: number }>`pragma user_version`.execute(db)
  return rows[0]?.user_version ?? 0
}

/** From now on it is a store like any other. */
export async function forgetCopy(db: Db): Promise<void> {
  if (!(await isCopy(db))) return
  if (isPostgres(db)) await sql`comment on table status_lists is null`.execute(db)
  else await sql`pragma user_version = 0`.execute(db)
}
