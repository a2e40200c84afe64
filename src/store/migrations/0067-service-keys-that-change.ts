import { sql, type Kysely } from 'kysely'

/** The next key of the service waits, as those of organisations do. What was there signs since it was made. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('service_keys').addColumn('activated_at', 'text').execute()
  await sql`update service_keys set activated_at = created_at`.execute(db)
}
