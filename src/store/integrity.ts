import { PostgresAdapter, sql } from 'kysely'
import type { Db } from './schema.js'

/**
 * What SQLite says of its own file: pages, indexes and constraints, row by row. PostgreSQL is looked at by
 * `pg_amcheck`, from outside.
 *
 * @returns faults in the words of SQLite, which name tables and pages; none for a sound file
 */
export async function faultsOfFile(db: Db): Promise<string[]> {
  if (db.getExecutor().adapter instanceof PostgresAdapter) return []
  const asked = sql<{ integrity_check: string }>`pragma integrity_check(10)`
  // A file that is too broken to be read says so by failing.
  const rows = await asked.execute(db).then(
    (answer) => answer.rows.map((row) => row.integrity_check),
    (error: unknown) => [error instanceof Error ? error.message : 'unreadable'],
  )
  return rows.filter((row) => row !== 'ok')
}
