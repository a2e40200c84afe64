import type { Actor, Context } from '../../context.js'
import { authorize, may, organisationsWith } from '../../people/authorize.js'
import { today } from '../../people/days.js'
import { findAnyCohort, schoolsOf, type AnyCohort } from '../cohorts/store.js'
import { runnersOf } from '../facts/session-resource.js'
import { nothingHere } from '../refusals.js'
import type { Share } from './facts-store.js'

/** What somebody sees of the calendar of a cohort. */
export type Reach = Readonly<{
  cohort: AnyCohort
  /** The sessions: all of them to who runs the cohort, to others those that their students were at. */
  sessions: Share
  /** The schools whose placements are theirs to see. */
  placements: Readonly<{ cohortId: number; schoolIds: readonly number[] }>
}>

/**
 * A cohort whose sessions the actor records: that is who sees its calendar and plans in it.
 *
 * @throws {DomainError} forbidden or not-found
 */
export async function reachOf(ctx: Context, actor: Actor, cohortId: string): Promise<Reach> {
  const cohort = await findAnyCohort(ctx.db, cohortId)
  if (!cohort) throw nothingHere()
  const { id, ownerId } = cohort
  const schoolIds = [...(await schoolsOf(ctx.db, id, today(ctx))), ownerId]
  const companyIds = runnersOf(cohort)
  authorize(actor, 'record-session', { schoolIds, companyIds })
  const runs = may(actor, 'record-session', { schoolId: ownerId, companyIds })
  const students = organisationsWith(actor, 'see-student').filter((one) => schoolIds.includes(one))
  return {
    cohort,
    sessions: { cohortId: id, schoolIds: runs ? undefined : students },
    placements: { cohortId: id, schoolIds: students },
  }
}
