import { sql } from 'kysely'
import { hasRowLocks } from './row-locks.js'
import type { Db } from './schema.js'

/** Copies that follow a PostgreSQL; `waits`: a commit is acknowledged when one of them has it. */
export type Standbys = Readonly<{ standbys: number; waits: boolean }>

/**
 * Whether a fail-over would lose what was acknowledged. A base backup that is being made counts as a copy, too: whoever may not
 * see more is told no more by the server.
 *
 * @returns undefined for SQLite
 */
export async function readStandbys(db: Db): Promise<Standbys | undefined> {
  if (!hasRowLocks(db)) return undefined
  const { rows } = await sql<{ standbys: number; names: string; durable: string }>`select
    (select count(*) from pg_stat_replication)::int as standbys,
    current_setting('synchronous_standby_names') as names,
    current_setting('synchronous_commit') as durable`.execute(db)
  const [row] = rows
  if (!row) return undefined
  const waits = row.names.trim() !== '' && ['on', 'remote_apply'].includes(row.durable)
  return { standbys: row.standbys, waits }
}
