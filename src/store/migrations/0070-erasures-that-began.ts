import type { Kysely } from 'kysely'

/** When an erasure began, and the warning that goes out before one by age. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('students').addColumn('erasure_began_at', 'text').execute()
  await db.schema.alterTable('students').addColumn('forgetting_told_on', 'text').execute()
  await db.schema.alterTable('persons').addColumn('forgetting_told_on', 'text').execute()
  await db.schema.alterTable('persons').addColumn('came_back_on', 'text').execute()
}
