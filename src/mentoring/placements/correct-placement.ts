import type { Actor, Context } from '../../context.js'
import { authorize } from '../../people/authorize.js'
import { today } from '../../people/days.js'
import { appendAudit } from '../../store/audit.js'
import { toDay } from '../days.js'
import { personOf } from '../facts/confirmation.js'
import { changedMeanwhile, toReason } from '../facts/correct-session.js'
import { endContests, listContests } from '../facts/contests-store.js'
import { tellFactChanged } from '../facts/fact-changes.js'
import { pastDay } from '../facts/judge-session.js'
import { keepVersion } from '../facts/keep-version.js'
import { markFiguresOf } from '../indicators/store.js'
import { nothingHere } from '../refusals.js'
import { lockStudent } from '../students/store.js'
import { listHeldByStudent } from './held-store.js'
import { assertFree } from './plan-placement.js'
import { findPlacementWithPlan, type Placement } from './placements-store.js'
import { assertDaysDone } from './record-placement.js'
import { revisePlacement } from './store.js'

export type PlacementCorrection = Readonly<{
  placementId: string
  /** The version that was seen. */
  version: number
  fromDay: string
  untilDay: string
  daysDone: number
  reason: string
}>

/**
 * Corrects the dates or the days of a placement that is done: a new version, with the reason; the one before is
 * kept. It counts again once somebody other than who corrected it has confirmed it, and what rests on it is told.
 *
 * @throws {DomainError} forbidden, not-found, invalid-request, rule-refused or conflict
 */
export async function correctPlacement(
  ctx: Context,
  actor: Actor,
  input: PlacementCorrection,
): Promise<void> {
  const placement = await doneOrNothing(ctx, actor, input.placementId)
  const by = personOf(actor)
  const reason = toReason(input.reason)
  const days = {
    fromDay: toDay(input.fromDay, '/fromDay'),
    untilDay: pastDay(input.untilDay, today(ctx), '/untilDay'),
  }
  assertDaysDone(input.daysDone, days)
  const at = ctx.now()
  const fact = { kind: 'placement', factId: placement.id, by, at } as const
  await ctx.db.transaction().execute(async (trx) => {
    await lockStudent(trx, placement.studentId)
    const held = await listHeldByStudent(trx, placement.studentId)
    assertFree(
      days,
      held.filter(({ id }) => id !== placement.id),
    )
    const subject = placement.publicId
    const details = { version: input.version + 1 }
    const action = 'placement.corrected'
    await appendAudit(trx, { at, actor: actor.publicId, action, subject, details })
    const before = await keepVersion(trx, fact)
    const contests = await listContests(trx, fact)
    const said = { ...days, daysDone: input.daysDone, byId: by, at: at.toISOString() }
    const seen = { id: placement.id, version: input.version }
    if (!(await revisePlacement(trx, seen, said))) throw changedMeanwhile()
    const after = await keepVersion(trx, { ...fact, reason })
    const corrected = { at: at.toISOString(), by: 'CORRECTION' } as const
    if (before !== after) await endContests(trx, fact, contests, corrected)
    for (const day of [placement.fromDay, days.fromDay]) {
      await markFiguresOf(trx, [placement.studentId], day)
    }
    await tellFactChanged(ctx, trx, { kind: 'placement', factId: placement.id })
  })
}

/**
 * A placement whose days are known, for the staff of its school.
 *
 * @throws {DomainError} forbidden or not-found
 */
export async function doneOrNothing(
  ctx: Context,
  actor: Actor,
  publicId: string,
): Promise<Placement> {
  const placement = await findPlacementWithPlan(ctx.db, publicId)
  if (!placement) throw nothingHere()
  authorize(actor, 'record-placement', { schoolId: placement.schoolId })
  if (placement.daysDone === null || placement.cancelledAt !== null) throw nothingHere()
  return placement
}
