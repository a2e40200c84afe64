import type { Kysely } from 'kysely'
import { maybeTo, required, table, to, unique, type DialectName } from './columns.js'

/** What is said to be wrong in who a student is, and what it was before it was corrected. */
export async function up(db: Kysely<unknown>, dialect: DialectName): Promise<void> {
  await table(db, dialect, 'correction_requests')
    .addColumn('public_id', 'text', unique)
    .addColumn('student_id', 'integer', to('students'))
    .addColumn('guardian_id', 'integer', maybeTo('guardians'))
    .addColumn('school_id', 'integer', to('organisations'))
    .addColumn('field', 'text', required)
    .addColumn('said_sealed', 'text', required)
    .addColumn('made_at', 'text', required)
    .addColumn('due_on', 'text', required)
    .addColumn('answered_at', 'text')
    .addColumn('answered_by_id', 'integer', maybeTo('persons'))
    .addColumn('outcome', 'text')
    .addColumn('answer_sealed', 'text')
    .execute()
  await db.schema
    .createIndex('correction_requests_school')
    .on('correction_requests')
    .columns(['school_id', 'answered_at'])
    .execute()
  await table(db, dialect, 'identity_changes')
    .addColumn('student_id', 'integer', to('students'))
    .addColumn('request_id', 'integer', maybeTo('correction_requests'))
    .addColumn('field', 'text', required)
    .addColumn('before_sealed', 'text', required)
    .addColumn('reason_sealed', 'text', required)
    .addColumn('changed_at', 'text', required)
    .addColumn('changed_by_id', 'integer', maybeTo('persons'))
    .execute()
  for (const name of ['correction_requests', 'identity_changes'])
    await db.schema.createIndex(`${name}_student`).on(name).column('student_id').execute()
}
