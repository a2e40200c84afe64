import type { Db, NewRow } from '../../store/schema.js'
import { firstDayOf, schoolYearOf } from '../school-year.js'

/**
 * Says that the figures of cohorts are to be counted again, from the school year of `day` on. Call it in
 * the transaction that changes a session or an enrolment: rows are only added, so nobody waits for another.
 *
 * @param day YYYY-MM-DD, of the fact that changed; the earlier of two if it was moved
 */
export async function markFigures(
  trx: Db,
  cohortIds: readonly number[],
  day: string,
): Promise<void> {
  if (cohortIds.length === 0) return
  const school_year = schoolYearOf(day)
  const rows = [...new Set(cohortIds)].map((cohort_id) => ({ cohort_id, school_year }))
  await trx.insertInto('figures_due').values(rows).execute()
}

/** Students of one statement. */
const BATCH = 500

/**
 * The same for every cohort that students are in: a placement, a schooling.
 *
 * @param day of the fact that changed; without it, all school years of those enrolments are counted again
 */
export async function markFiguresOf(
  trx: Db,
  studentIds: readonly number[],
  day?: string,
): Promise<void> {
  for (let at = 0; at < studentIds.length; at += BATCH) {
    const found = await trx
      .selectFrom('enrolments')
      .select((of) => ['cohort_id as cohortId', of.fn.min('from_day').as('fromDay')])
      .where('student_id', 'in', studentIds.slice(at, at + BATCH))
      .groupBy('cohort_id')
      .execute()
    if (found.length === 0) continue
    const rows = found.map(({ cohortId, fromDay }) => ({
      cohort_id: cohortId,
      school_year: schoolYearOf(day ?? fromDay),
    }))
    await trx.insertInto('figures_due').values(rows).execute()
  }
}

/** The same for every cohort and school year in which somebody led a session for an organisation. */
export async function markFiguresLedBy(
  trx: Db,
  { personId, organisationId }: Readonly<{ personId: number; organisationId: number }>,
): Promise<void> {
  const led = await trx
    .selectFrom('session_mentors as led')
    .innerJoin('mentoring_sessions as fact', 'fact.id', 'led.session_id')
    .select((of) => ['fact.cohort_id as cohortId', of.fn.min('fact.day').as('day')])
    .where('led.person_id', '=', personId)
    .where('fact.company_id', '=', organisationId)
    .groupBy('fact.cohort_id')
    .execute()
  for (const { cohortId, day } of led) await markFigures(trx, [cohortId], day)
}

export type Due = Readonly<{ cohortId: number; schoolYear: number }>

/** Cohorts to be counted again, each from the earliest school year that is due. */
export async function listDue(db: Db, limit: number): Promise<Due[]> {
  return db
    .selectFrom('figures_due')
    .select((of) => ['cohort_id as cohortId', of.fn.min('school_year').as('schoolYear')])
    .groupBy('cohort_id')
    .orderBy('cohort_id')
    .limit(limit)
    .execute()
}

/** Months pass: every cohort that has somebody on a day, or had this school year, is due. */
export async function markEverybody(db: Db, day: string): Promise<void> {
  const schoolYear = schoolYearOf(day)
  await db
    .insertInto('figures_due')
    .columns(['cohort_id', 'school_year'])
    .expression((of) =>
      of
        .selectFrom('enrolments')
        .select((select) => ['cohort_id', select.lit(schoolYear).as('school_year')])
        .distinct()
        .where('from_day', '<=', day)
        .where((or) =>
          or.or([or('until_day', 'is', null), or('until_day', '>=', firstDayOf(schoolYear))]),
        ),
    )
    .execute()
}

/**
 * Takes what is due of a cohort, before its book is read: what is marked after that stays due.
 *
 * @returns the earliest school year; undefined if another worker was faster
 */
export async function takeDue(trx: Db, cohortId: number): Promise<number | undefined> {
  const taken = await trx
    .deleteFrom('figures_due')
    .where('cohort_id', '=', cohortId)
    .returning('school_year')
    .execute()
  return taken.length === 0 ? undefined : Math.min(...taken.map((row) => row.school_year))
}

export async function replaceFigures(
  trx: Db,
  of: Readonly<{ cohortId: number; fromYear: number }>,
  counted: Readonly<{
    figures: readonly NewRow<'cohort_figures'>[]
    sessions: readonly NewRow<'session_figures'>[]
  }>,
): Promise<void> {
  for (const name of ['cohort_figures', 'session_figures'] as const) {
    await trx
      .deleteFrom(name)
      .where('cohort_id', '=', of.cohortId)
      .where('school_year', '>=', of.fromYear)
      .execute()
  }
  const { figures, sessions } = counted
  if (figures.length > 0) await trx.insertInto('cohort_figures').values(figures).execute()
  if (sessions.length > 0) await trx.insertInto('session_figures').values(sessions).execute()
}
