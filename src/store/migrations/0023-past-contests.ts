import type { Kysely } from 'kysely'
import { required, table, to, type DialectName } from './columns.js'

/** What a student said of a version of a fact, once that version was corrected or they took it back. */
export async function up(db: Kysely<unknown>, dialect: DialectName): Promise<void> {
  await table(db, dialect, 'past_contests')
    .addColumn('student_id', 'integer', to('students'))
    .addColumn('kind', 'text', required)
    .addColumn('fact_id', 'integer', required)
    .addColumn('version', 'integer', required)
    .addColumn('reason', 'text', required)
    .addColumn('contested_at', 'text', required)
    .addColumn('ended_at', 'text', required)
    .addColumn('ended_by', 'text', required)
    .execute()
  await db.schema
    .createIndex('past_contests_student')
    .on('past_contests')
    .columns(['student_id', 'kind', 'fact_id'])
    .execute()
}
