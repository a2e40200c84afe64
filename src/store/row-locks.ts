import { PostgresAdapter } from 'kysely'
import type { Db } from './schema.js'

/**
 * Whether rows are held one by one (PostgreSQL); SQLite has one writer, and knows no `for update`. Who holds
 * many takes them in the order of their ids: of two transactions neither then waits for the other.
 */
export function hasRowLocks(db: Db): boolean {
  return db.getExecutor().adapter instanceof PostgresAdapter
}
