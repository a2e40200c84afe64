import { sql, type Kysely } from 'kysely'
import { maybeTo, required, table, to, type DialectName } from './columns.js'

/** What a school has as a whole, how courses end, and which sessions took place in a company. */
export async function up(db: Kysely<unknown>, dialect: DialectName): Promise<void> {
  await table(db, dialect, 'school_figures')
    .addColumn('school_id', 'integer', to('organisations'))
    .addColumn('school_year', 'integer', required)
    .addColumn('scheme', 'text', required)
    .addColumn('counts', 'text', required)
    .addColumn('counted_at', 'text', required)
    .addUniqueConstraint('school_figures_once', ['school_id', 'school_year', 'scheme'])
    .execute()
  await table(db, dialect, 'student_outcomes')
    .addColumn('student_id', 'integer', to('students'))
    .addColumn('cohort_id', 'integer', to('cohorts'))
    .addColumn('school_id', 'integer', to('organisations'))
    .addColumn('school_year', 'integer', required)
    .addColumn('kind', 'text', required)
    .addColumn('outcome', 'text', required)
    .addColumn('day', 'text', required)
    .addColumn('recorded_by_id', 'integer', maybeTo('persons'))
    .addColumn('recorded_at', 'text', required)
    .addUniqueConstraint('student_outcomes_once', ['student_id', 'school_year', 'kind'])
    .execute()
  for (const columns of [['cohort_id'], ['school_id', 'school_year']]) {
    await db.schema
      .createIndex(`student_outcomes_${columns[0] ?? ''}`)
      .on('student_outcomes')
      .columns(columns)
      .execute()
  }
  await db.schema
    .createIndex('public_counts_school')
    .on('public_counts')
    .columns(['school_id', 'school_year'])
    .execute()
  await db.schema
    .alterTable('cohort_figures')
    .addColumn('company_sessions', 'integer', (column) => column.notNull().defaultTo(0))
    .execute()
  // What was counted before knows of no company: every cohort from its first school year on.
  await sql`insert into figures_due (cohort_id, school_year)
    select cohort_id, min(cast(substr(from_day, 1, 4) as integer) - 1)
    from enrolments group by cohort_id`.execute(db)
}
