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

/** Whether this store is a copy that no service has started on. A PostgreSQL does not tell. */
export async function isCopy(db: Db): Promise<boolean> {
  return (await userVersion(db)) === COPY
}

/** Whether students are sealed in it. */
export async function isSealedCopy(db: Db): Promise<boolean> {
  return (await userVersion(db)) === SEALED_COPY
}

async function userVersion(db: Db): Promise<number> {
  if (db.getExecutor().adapter instanceof PostgresAdapter) return 0
  const { rows } = await sql<{ user_version: number }>`pragma user_version`.execute(db)
  return rows[0]?.user_version ?? 0
}

/** From now on it is a store like any other. */
export async function forgetCopy(db: Db): Promise<void> {
  if (await isCopy(db)) await sql`pragma user_version = 0`.execute(db)
}
