import type { Kysely } from 'kysely'

/** Who approved, endorsed or revokes is told that a fact under an issued badge is not what it was. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('dossiers').addColumn('facts_changed_at', 'text').execute()
  await db.schema
    .createIndex('dossier_facts_fact')
    .on('dossier_facts')
    .columns(['kind', 'fact_id'])
    .execute()
}
