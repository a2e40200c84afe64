import type { Action, Resource } from '../../people/authorize.js'
import type { Db } from '../../store/schema.js'
import type { AnyCohort } from '../cohorts/store.js'
import { listGroupSchools, type GroupSchool } from './store.js'

/** What one must be allowed to do to manage who is in a cohort of whatever scheme. */
export function managing({ classId }: Pick<AnyCohort, 'classId'>): Action {
  return classId === null ? 'manage-schemes' : 'manage-classes'
}

/** Whom a cohort of whatever scheme concerns: who runs it, and the schools that have or had a part in it. */
export async function reachOf(
  db: Db,
  { id, ownerId }: Pick<AnyCohort, 'id' | 'ownerId'>,
): Promise<{ schools: GroupSchool[]; resource: Resource }> {
  const schools = await listGroupSchools(db, [id])
  const schoolIds = [ownerId, ...schools.map(({ schoolId }) => schoolId)]
  return { schools, resource: { schoolIds, companyIds: [ownerId] } }
}
