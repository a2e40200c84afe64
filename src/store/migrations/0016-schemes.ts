import type { Kysely } from 'kysely'
import { maybeTo, required, table, to, type DialectName } from './columns.js'

/** What cordées and pairs have and a P-TECH cohort has not. Of a priority public only schools and counts are kept. */
export async function up(db: Kysely<unknown>, dialect: DialectName): Promise<void> {
  await table(db, dialect, 'group_openings')
    .addColumn('cohort_id', 'integer', (c) => to('cohorts')(c).unique())
    .addColumn('opened_on', 'text', required)
    .addColumn('owner_type', 'text')
    .addColumn('charter_on', 'text')
    .addColumn('charter_reference', 'text')
    .execute()
  await table(db, dialect, 'mentor_pairs')
    .addColumn('cohort_id', 'integer', (c) => to('cohorts')(c).unique())
    .addColumn('student_id', 'integer', to('students'))
    .addColumn('mentor_id', 'integer', to('mentors'))
    .addColumn('subject', 'text', required)
    .addColumn('registration_reference', 'text')
    .addColumn('registered_on', 'text')
    .addColumn('interview_on', 'text')
    .addColumn('interview_outcome', 'text')
    .addColumn('end_reason', 'text')
    .execute()
  for (const column of ['student_id', 'mentor_id'] as const) {
    await db.schema
      .createIndex(`mentor_pairs_${column}`)
      .on('mentor_pairs')
      .column(column)
      .execute()
  }
  await table(db, dialect, 'school_traits')
    .addColumn('school_id', 'integer', to('organisations'))
    .addColumn('trait', 'text', required)
    .addColumn('from_day', 'text', required)
    .addColumn('until_day', 'text')
    .addUniqueConstraint('school_traits_once', ['school_id', 'trait', 'from_day'])
    .execute()
  await table(db, dialect, 'public_counts')
    .addColumn('cohort_id', 'integer', to('cohorts'))
    .addColumn('school_id', 'integer', to('organisations'))
    .addColumn('school_year', 'integer', required)
    .addColumn('public', 'text', required)
    .addColumn('count', 'integer', required)
    .addColumn('given_by_id', 'integer', maybeTo('persons'))
    .addColumn('given_at', 'text', required)
    .addUniqueConstraint('public_counts_once', ['cohort_id', 'school_id', 'school_year', 'public'])
    .execute()
}
