import type { Assignment } from '../context.js'
import type { Db } from '../store/schema.js'
import { hasBeenStudent, listAssignments } from './store.js'

/** Of a student whose school has closed their account: no school's, so that it reaches their own record and nothing else. */
export const OF_NO_SCHOOL: Assignment = { role: 'student', organisationId: null }

/** The roles with which a person comes in: what a school ends takes nobody's own record from them. */
export async function rightsOf(db: Db, personId: number, day: string): Promise<Assignment[]> {
  const held = await listAssignments(db, personId, day)
  if (held.some(({ role }) => role === 'student')) return held
  return (await hasBeenStudent(db, personId, day)) ? [...held, OF_NO_SCHOOL] : held
}
