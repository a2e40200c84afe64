import { PostgresAdapter, sql } from 'kysely'
import type { Db } from './schema.js'

/**
 * Takes what was deleted out of the files of a SQLite store: what `secure_delete` has overwritten reaches the file, and the
 * write-ahead log, which may still hold what was there before, is emptied. A PostgreSQL does so by itself, in its own time.
 *
 * @returns false while somebody reads: it is to be tried again
 */
export async function scrub(db: Db): Promise<boolean> {
  if (db.getExecutor().adapter instanceof PostgresAdapter) return true
  const { rows } = await sql<{ busy: number }>`pragma wal_checkpoint(truncate)`.execute(db)
  return rows[0]?.busy === 0
}

/** Writes a SQLite file anew, without what lies in the gaps of its pages: seconds for each gigabyte, in which nobody writes. */
export async function writeAnew(db: Db): Promise<void> {
  if (db.getExecutor().adapter instanceof PostgresAdapter) return
  await sql`vacuum`.execute(db)
  await scrub(db)
}
