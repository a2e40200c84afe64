import type { Kysely } from 'kysely'

/** When somebody could not be erased; they are few, and an index finds them. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('students').addColumn('erasure_failed_at', 'text').execute()
  await db.schema
    .createIndex('students_not_erased')
    .on('students')
    .column('erasure_failed_at')
    .where('erasure_failed_at', 'is not', null)
    .execute()
}
