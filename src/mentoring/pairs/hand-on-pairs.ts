import { dayBefore } from '../../people/days.js'
import type { Db } from '../../store/schema.js'
import { insertCohortSchool } from '../cohorts/store.js'
import { endSchoolLinks } from '../groups/store.js'
import { listOpenPairsAt } from './store.js'

/**
 * The open pairs of students who came to a school are its own from the first day with it on, within the transaction of
 * their move; the structure goes on running them. The school before keeps what took place until the day before.
 */
export async function handOnPairs(
  trx: Db,
  studentIds: readonly number[],
  schoolId: number,
): Promise<void> {
  for (const { cohortId, fromDay } of await listOpenPairsAt(trx, studentIds, schoolId)) {
    await endSchoolLinks(trx, cohortId, dayBefore(fromDay))
    await insertCohortSchool(trx, { cohort_id: cohortId, school_id: schoolId, from_day: fromDay })
  }
}
