import type { Actor, Context } from '../../context.js'
import { today } from '../../people/days.js'
import { appendAudit } from '../../store/audit.js'
import { revokeAnswerLinks } from '../answers/answer-links.js'
import { personOf } from '../facts/confirmation.js'
import { pastDay } from '../facts/judge-session.js'
import { markFiguresOf } from '../indicators/store.js'
import { holdPending, isOver, openPending } from './open-placement.js'
import { assertDaysDone } from './record-placement.js'
import { saveDaysDone } from './store.js'

/**
 * Records the days that an attestation on paper says were done; somebody else then confirms them.
 *
 * @throws {DomainError} forbidden, not-found, invalid-request, rule-refused or conflict
 */
export async function completePlacement(
  ctx: Context,
  actor: Actor,
  input: Readonly<{ placementId: string; daysDone: number }>,
): Promise<void> {
  const placement = await openPending(ctx, actor, input.placementId)
  pastDay(placement.untilDay, today(ctx), '/daysDone')
  assertDaysDone(input.daysDone, placement)
  const at = ctx.now()
  const { untilDay } = placement
  const said = { daysDone: input.daysDone, untilDay, byId: personOf(actor), at: at.toISOString() }
  await ctx.db.transaction().execute(async (trx) => {
    await holdPending(trx, placement)
    if (!(await saveDaysDone(trx, placement.id, said))) throw isOver()
    await markFiguresOf(trx, [placement.studentId], placement.fromDay)
    const question = { purpose: 'assess-placement', placementId: placement.id } as const
    await revokeAnswerLinks(trx, question, at)
    const subject = placement.publicId
    const action = 'placement.completed'
    await appendAudit(trx, { at, actor: actor.publicId, action, subject })
  })
}
