import type { NotNull } from 'kysely'
import type { Db, NewRow } from '../../store/schema.js'
import { firstDayOf } from '../school-year.js'

export type SaidOutcome = Readonly<{
  studentId: number
  year: number
  kind: string
  outcome: string
  day: string
}>

/** How the course of a cohort's students ended, the earliest first. */
export function listOutcomes(db: Db, cohortId: number): Promise<SaidOutcome[]> {
  return db
    .selectFrom('student_outcomes')
    .select(['student_id as studentId', 'school_year as year', 'kind', 'outcome', 'day'])
    .where('cohort_id', '=', cohortId)
    .orderBy('day')
    .orderBy('id')
    .execute()
}

/** What was said of how one student's course ended, the earliest first. */
export function listOutcomesOf(
  db: Db,
  studentId: number,
): Promise<Omit<SaidOutcome, 'studentId'>[]> {
  return db
    .selectFrom('student_outcomes')
    .select(['school_year as year', 'kind', 'outcome', 'day'])
    .where('student_id', '=', studentId)
    .orderBy('day')
    .orderBy('id')
    .execute()
}

/** Of a kind, a student has one outcome a school year: the last word counts. */
export async function saveOutcome(db: Db, row: NewRow<'student_outcomes'>): Promise<void> {
  const { cohort_id, school_id, outcome, day, recorded_by_id, recorded_at } = row
  await db
    .insertInto('student_outcomes')
    .values(row)
    .onConflict((conflict) =>
      conflict
        .columns(['student_id', 'school_year', 'kind'])
        .doUpdateSet({ cohort_id, school_id, outcome, day, recorded_by_id, recorded_at }),
    )
    .execute()
}

/** Takes one back: it is not known. */
export async function removeOutcome(
  db: Db,
  of: Readonly<{ studentId: number; year: number; kind: string }>,
): Promise<void> {
  await db
    .deleteFrom('student_outcomes')
    .where('student_id', '=', of.studentId)
    .where('school_year', '=', of.year)
    .where('kind', '=', of.kind)
    .execute()
}

type Counted = { kind: string; outcome: string; students: number }
type Of = Readonly<{ schoolId: number; year: number; scheme: string }>

/** How many students of a school had each outcome in a school year and a scheme. */
export async function countOutcomes(db: Db, of: Of): Promise<Counted[]> {
  const rows = await db
    .selectFrom('student_outcomes as said')
    .innerJoin('cohorts', 'cohorts.id', 'said.cohort_id')
    .select(({ fn }) => ['said.kind', 'said.outcome', fn.count('said.id').as('students')])
    .where('said.school_id', '=', of.schoolId)
    .where('said.school_year', '=', of.year)
    .where('cohorts.scheme', '=', of.scheme)
    .groupBy(['said.kind', 'said.outcome'])
    .execute()
  return rows.map((row) => ({ ...row, students: Number(row.students) }))
}

/**
 * How many left a cohort for a reason that says what came next, of whom no more was said: by reason.
 *
 * @param reasons codes of exits that are outcomes of kind NEXT, too
 */
export async function countExits(db: Db, of: Of, reasons: readonly string[]): Promise<Counted[]> {
  const rows = await db
    .selectFrom('enrolments')
    .innerJoin('cohorts', 'cohorts.id', 'enrolments.cohort_id')
    .innerJoin('students', 'students.id', 'enrolments.student_id')
    .select(({ fn }) => [
      'enrolments.exit_reason as outcome',
      fn.count('students.id').distinct().as('students'),
    ])
    .where('students.school_id', '=', of.schoolId)
    .where('cohorts.scheme', '=', of.scheme)
    .where('enrolments.until_day', '>=', firstDayOf(of.year))
    .where('enrolments.until_day', '<', firstDayOf(of.year + 1))
    .where('enrolments.exit_reason', 'in', reasons)
    .where((not) =>
      not.not(
        not.exists(
          not
            .selectFrom('student_outcomes as said')
            .select('said.id')
            .whereRef('said.student_id', '=', 'students.id')
            .where('said.school_year', '=', of.year)
            .where('said.kind', '=', 'NEXT'),
        ),
      ),
    )
    .groupBy('enrolments.exit_reason')
    .$narrowType<{ outcome: NotNull }>()
    .execute()
  return rows.map((row) => ({ ...row, kind: 'NEXT', students: Number(row.students) }))
}
