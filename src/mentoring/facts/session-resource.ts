import type { Resource } from '../../people/authorize.js'
import type { Db } from '../../store/schema.js'
import { schoolsOf, type AnyCohort } from '../cohorts/store.js'
import type { FoundSession } from './store.js'

type Run = Pick<AnyCohort, 'classId' | 'ownerId'>

/** Who runs a cohort as no school does. A P-TECH cohort is its lycée's: who coordinates a cordée there has no part in it. */
export function runnersOf({ classId, ownerId }: Run): number[] {
  return classId === null ? [ownerId] : []
}

/** What a session of a cohort on a day belongs to, before there is one: its schools, and who runs it. */
export async function resourceOn(
  db: Db,
  cohort: Run & Pick<AnyCohort, 'id'>,
  day: string,
): Promise<Resource> {
  return { schoolIds: await schoolsOf(db, cohort.id, day), companyIds: runnersOf(cohort) }
}

/** Whose a recorded session is: the schools' whose students were there, and of who runs the cohort. */
export function keepersOf(session: Run & Pick<FoundSession, 'schoolIds'>): Resource {
  return { schoolIds: session.schoolIds, companyIds: runnersOf(session) }
}

/** What a recorded session belongs to: the organisation of its mentors has a part in it, too. */
export function resourceOfSession(
  session: Run & Pick<FoundSession, 'schoolIds' | 'company_id'>,
): Resource {
  return { schoolIds: session.schoolIds, companyIds: [session.company_id, ...runnersOf(session)] }
}
