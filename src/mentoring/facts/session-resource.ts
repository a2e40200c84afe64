import type { Resource } from '../../people/authorize.js'
import type { Db } from '../../store/schema.js'
import { schoolsOf, type AnyCohort } from '../cohorts/store.js'
import type { FoundSession } from './store.js'

type Run = Pick<AnyCohort, 'classId' | 'ownerId'>

/** Who runs a cohort that is of no class. A P-TECH cohort is its lycée's: who coordinates a cordée there has no part in it. */
export function runnersOf({ classId, ownerId }: Run): number[] {
  return classId === null ? [ownerId] : []
}

/** What a session of a cohort on a day belongs to, before there is one: its schools, and who runs it, which may be a lycée. */
export async function resourceOn(
  db: Db,
  cohort: Run & Pick<AnyCohort, 'id'>,
  day: string,
): Promise<Resource> {
  const runners = runnersOf(cohort)
  return { schoolIds: [...(await schoolsOf(db, cohort.id, day)), ...runners], companyIds: runners }
}

/** Whose a recorded session is: the schools' whose students were there, and of who runs the cohort. */
export function keepersOf(session: Run & Pick<FoundSession, 'schoolIds'>): Resource {
  const runners = runnersOf(session)
  return { schoolIds: [...session.schoolIds, ...runners], companyIds: runners }
}

/** What a recorded session belongs to: the organisation of its mentors has a part in it, too. */
export function resourceOfSession(
  session: Run & Pick<FoundSession, 'schoolIds' | 'company_id'>,
): Resource {
  return { ...keepersOf(session), companyIds: [session.company_id, ...runnersOf(session)] }
}
