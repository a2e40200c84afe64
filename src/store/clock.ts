import { sql } from 'kysely'
import type { Db } from './schema.js'

/** The latest instant of a line of the audit; a clock that was set back since changes nothing of it. */
export async function latestAuditAt(db: Db): Promise<Date | undefined> {
  const head = await db.selectFrom('audit_head').select('latest_at').executeTakeFirst()
  return head?.latest_at ? new Date(head.latest_at) : undefined
}

/** The clock of a PostgreSQL server: the one that all its nodes have in common. */
export async function serverNow(db: Db): Promise<Date> {
  const { rows } = await sql<{ at: Date }>`select clock_timestamp() as at`.execute(db)
  const [row] = rows
  if (!row) throw new Error('The server does not tell its time.')
  return row.at
}
