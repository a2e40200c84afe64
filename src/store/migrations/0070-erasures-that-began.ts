import type { Kysely } from 'kysely'

/** When an erasure began: what is tried again goes on from then. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('students').addColumn('erasure_began_at', 'text').execute()
}
