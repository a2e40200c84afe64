import type { Actor, Context } from '../../context.js'
import { today } from '../../people/days.js'
import type { ExitReason } from '../cohorts/end-enrolment.js'
import { closeIn } from '../groups/close-group.js'
import { assertOpen } from '../groups/known-group.js'
import { toLastDay } from '../groups/last-day.js'
import { knownPair } from './known-pair.js'
import { toEndReason, toOutcome, type EndReason } from './pair-rules.js'
import { savePairEnd } from './store.js'

/**
 * Ends a pair, with the closing interview if there was one; by the structure or by the young person's school.
 *
 * @throws {DomainError} forbidden, not-found, invalid-request or conflict (it has ended)
 */
export async function endPair(
  ctx: Context,
  actor: Actor,
  input: Readonly<{
    pairId: string
    lastDay: string
    reason: string
    /** Empty: there was none. */
    interviewOn: string
    outcome: string
  }>,
): Promise<void> {
  const known = await knownPair(ctx, actor, input.pairId)
  assertOpen(known.group)
  const times = { fromDay: known.group.openedOn, today: today(ctx) }
  const lastDay = toLastDay(input.lastDay, times)
  const reason = toEndReason(input.reason)
  const hadInterview = input.interviewOn.trim() !== ''
  const interviewOn = hadInterview ? toLastDay(input.interviewOn, times, '/interviewOn') : null
  const outcome = hadInterview ? toOutcome(input.outcome) : null
  await ctx.db.transaction().execute(async (trx) => {
    await closeIn(ctx, trx, actor, { known, lastDay, exit: exitOf(reason) })
    await savePairEnd(trx, known.group.id, { reason, interviewOn, outcome })
  })
}

/** The reason as it stands with the student's enrolment. */
function exitOf(reason: EndReason): ExitReason {
  if (reason === 'OBJECTIF_ATTEINT' || reason === 'FIN_PREVUE') return 'FIN_DE_PARCOURS'
  return reason === 'DEMENAGEMENT' ? 'DEMENAGEMENT' : 'AUTRE'
}
