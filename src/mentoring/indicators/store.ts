import type { Db } from '../../store/schema.js'
import { schoolYearOf } from '../school-year.js'

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
