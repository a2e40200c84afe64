import type { Kysely } from 'kysely'

/** Adults whose every part in the service ended long ago: their rows stay, without a name. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('persons').addColumn('forgotten_at', 'text').execute()
}
