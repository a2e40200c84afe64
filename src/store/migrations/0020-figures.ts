import { sql, type Kysely } from 'kysely'
import { required, table, to, type DialectName } from './columns.js'

const MEASURES = [
  'followed',
  'girls',
  'newcomers',
  'finished',
  'left_moved',
  'left_reoriented',
  'left_education',
  'left_other',
  'ended_early',
  'career_months_owed',
  'career_months_met',
  'career_students_owed',
  'career_students_met',
  'sessions',
  'confirmed_sessions',
  'female_sessions',
  'minutes',
  'student_minutes',
  'mentors',
  'female_mentors',
  'placements',
  'placement_days',
]

/** Figures of cohorts, counted once and summed: what they are counted from is read only when it changes. */
export async function up(db: Kysely<unknown>, dialect: DialectName): Promise<void> {
  let figures = part(db, dialect, 'cohort_figures').addColumn('counted_at', 'text', required)
  for (const measure of MEASURES) figures = figures.addColumn(measure, 'integer', required)
  await figures
    .addUniqueConstraint('cohort_figures_once', ['cohort_id', 'school_year', 'school_id', 'level'])
    .execute()
  await part(db, dialect, 'session_figures')
    .addColumn('kind', 'text', required)
    .addColumn('format', 'text', required)
    .addColumn('sessions', 'integer', required)
    .addColumn('minutes', 'integer', required)
    .addUniqueConstraint('session_figures_once', [
      'cohort_id',
      'school_year',
      'school_id',
      'level',
      'kind',
      'format',
    ])
    .execute()
  for (const name of ['cohort_figures', 'session_figures']) {
    await db.schema
      .createIndex(`${name}_school`)
      .on(name)
      .columns(['school_id', 'scheme', 'school_year'])
      .execute()
  }
  await table(db, dialect, 'figures_due')
    .addColumn('cohort_id', 'integer', to('cohorts'))
    .addColumn('school_year', 'integer', required)
    .execute()
  await db.schema
    .createIndex('figures_due_cohort')
    .on('figures_due')
    .columns(['cohort_id', 'school_year'])
    .execute()
  // What was recorded before there were figures: every cohort from its first school year on.
  await sql`insert into figures_due (cohort_id, school_year)
    select cohort_id, min(cast(substr(from_day, 1, 4) as integer) - 1)
    from enrolments group by cohort_id`.execute(db)
}

function part(db: Kysely<unknown>, dialect: DialectName, name: string) {
  return table(db, dialect, name)
    .addColumn('cohort_id', 'integer', to('cohorts'))
    .addColumn('school_year', 'integer', required)
    .addColumn('school_id', 'integer', to('organisations'))
    .addColumn('scheme', 'text', required)
    .addColumn('level', 'text', required)
}
