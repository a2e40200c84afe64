import { sql, type Kysely } from 'kysely'

/** PT-10: two liaison officers of a class at once can't be written, whoever comes second. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create unique index liaison_assignments_one_active on liaison_assignments (class_id)
    where until_day is null`.execute(db)
}
