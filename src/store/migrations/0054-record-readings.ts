import type { Kysely } from 'kysely'
import { maybeTo, required, table, to, type DialectName } from './columns.js'

/** Who, other than the student, read the record of a student, in which function, on which day. */
export async function up(db: Kysely<unknown>, dialect: DialectName): Promise<void> {
  await table(db, dialect, 'record_readings')
    .addColumn('student_id', 'integer', to('students'))
    .addColumn('person_id', 'integer', maybeTo('persons'))
    .addColumn('reader', 'text', required)
    .addColumn('role', 'text')
    .addColumn('organisation_id', 'integer', maybeTo('organisations'))
    .addColumn('kind', 'text', required)
    .addColumn('day', 'text', required)
    .execute()
  await db.schema
    .createIndex('record_readings_once')
    .unique()
    .on('record_readings')
    .columns(['student_id', 'day', 'reader', 'kind'])
    .execute()
}
