import { PostgresAdapter, sql } from 'kysely'
import type { Db } from './schema.js'

/** Of the second wall: SQLite has none; to a superuser of PostgreSQL, or a role that bypasses it, it is as if it were not there. */
export type WallState = 'none' | 'stands' | 'bypassed'

export async function wallOf(db: Db): Promise<WallState> {
  if (!(db.getExecutor().adapter instanceof PostgresAdapter)) return 'none'
  const asked = sql<{ stands: boolean }>`select row_security_active('students') as stands`
  const answer = (await asked.execute(db)).rows[0]
  return answer?.stands ? 'stands' : 'bypassed'
}
