import type { Resource } from '../../people/authorize.js'
import type { Db } from '../../store/schema.js'
import { schoolsOf, type AnyCohort } from '../cohorts/store.js'
import type { FoundSession } from './store.js'

/** What a session of a cohort on a day belongs to, before there is one: its schools, and who runs it. */
export async function resourceOn(
  db: Db,
  cohort: Pick<AnyCohort, 'id' | 'ownerId'>,
  day: string,
): Promise<Resource> {
  return { schoolIds: await schoolsOf(db, cohort.id, day), companyIds: [cohort.ownerId] }
}

/** What a recorded session belongs to: the organisation of its mentors has a part in it, too. */
export function resourceOfSession({
  schoolIds,
  ownerId,
  company_id,
}: Pick<FoundSession, 'schoolIds' | 'ownerId' | 'company_id'>): Resource {
  return { schoolIds, companyIds: [company_id, ownerId] }
}
