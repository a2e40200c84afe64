import type { Kysely } from 'kysely'

/** What a batch was asked to do, by digest. Of those made before, nobody knows it any more. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('batches').addColumn('request_digest', 'text').execute()
}
