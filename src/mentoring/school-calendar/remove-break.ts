import type { Actor, Context } from '../../context.js'
import { appendAudit } from '../../store/audit.js'
import { breakToCorrect, changedMeanwhile, type BreakCorrection } from './correct-break.js'
import { deleteBreak } from './store.js'

/**
 * Takes holidays out of a calendar, for every school that follows it. Added again, they are there again.
 *
 * @returns the school year that they were of, by the year that it starts in
 * @throws {DomainError} not-found, or conflict when somebody else was faster
 */
export async function removeBreak(
  ctx: Context,
  actor: Actor,
  input: Pick<BreakCorrection, 'id' | 'shownFrom' | 'shownUntil'>,
): Promise<number> {
  const found = await breakToCorrect(ctx, actor, input.id)
  const shown = { from_day: input.shownFrom, until_day: input.shownUntil }
  await ctx.db.transaction().execute(async (trx) => {
    if (!(await deleteBreak(trx, found.id, shown))) throw changedMeanwhile()
    await appendAudit(trx, {
      at: ctx.now(),
      actor: actor.publicId,
      action: 'calendar.break-removed',
      subject: found.public_id,
      // All that it takes to add them again.
      details: {
        calendar: found.zone,
        name: found.name_fr,
        from: found.from_day,
        until: found.until_day,
        source: found.source.slice(0, 200),
      },
    })
  })
  return found.school_year
}
