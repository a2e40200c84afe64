import type { Kysely } from 'kysely'
import { maybeTo, required, table, to, unique, type DialectName } from './columns.js'

/** Requests to erase a student, and how many awards of whom nobody knows any more a school had. */
export async function up(db: Kysely<unknown>, dialect: DialectName): Promise<void> {
  await table(db, dialect, 'erasure_requests')
    .addColumn('public_id', 'text', unique)
    .addColumn('student_id', 'integer', maybeTo('students'))
    .addColumn('school_id', 'integer', to('organisations'))
    .addColumn('badges', 'text', required)
    .addColumn('asked_as', 'text', required)
    .addColumn('asked_by_id', 'integer', maybeTo('persons'))
    .addColumn('asked_at', 'text', required)
    .addColumn('agreed_by_id', 'integer', maybeTo('persons'))
    .addColumn('agreed_at', 'text')
    .addColumn('seconded_by_id', 'integer', maybeTo('persons'))
    .addColumn('seconded_at', 'text')
    .addColumn('ended_at', 'text')
    .addColumn('ended_as', 'text')
    .addColumn('ended_by_id', 'integer', maybeTo('persons'))
    .addColumn('refusal_code', 'text')
    .addColumn('refusal_reason', 'text')
    .execute()
  await db.schema
    .createIndex('erasure_requests_student')
    .on('erasure_requests')
    .column('student_id')
    .execute()
  await db.schema.alterTable('students').addColumn('erased_at', 'text').execute()
  await table(db, dialect, 'erased_awards')
    .addColumn('school_id', 'integer', to('organisations'))
    .addColumn('template_version_id', 'integer', to('template_versions'))
    .addColumn('school_year', 'integer', required)
    .addColumn('issued', 'integer', required)
    .addColumn('revoked', 'integer', required)
    .addColumn('endorsed', 'integer', required)
    .addUniqueConstraint('erased_awards_once', ['school_id', 'template_version_id', 'school_year'])
    .execute()
}
