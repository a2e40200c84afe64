import type { Kysely } from 'kysely'

/** When a token was first seen in an address. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('api_tokens').addColumn('leaked_at', 'text').execute()
}
