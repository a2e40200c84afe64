import type { Kysely } from 'kysely'
import { required, table, to, type DialectName } from './columns.js'

/** When an administrator of the platform opened a student's record, for how long and why. */
export async function up(db: Kysely<unknown>, dialect: DialectName): Promise<void> {
  await table(db, dialect, 'record_openings')
    .addColumn('student_id', 'integer', to('students'))
    .addColumn('person_id', 'integer', to('persons'))
    .addColumn('reason_sealed', 'text', required)
    .addColumn('opened_at', 'text', required)
    .addColumn('until_at', 'text', required)
    .execute()
  await db.schema
    .createIndex('record_openings_student')
    .on('record_openings')
    .columns(['student_id', 'person_id', 'until_at'])
    .execute()
}
