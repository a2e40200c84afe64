import { sql, type Kysely } from 'kysely'

/** The latest instant that the audit tells of: a clock that is before it was set back. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('audit_head').addColumn('latest_at', 'text').execute()
  await sql`update audit_head set latest_at = (select max(at) from audit)`.execute(db)
}
