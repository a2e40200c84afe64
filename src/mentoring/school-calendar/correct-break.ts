import type { Actor, Context } from '../../context.js'
import { DomainError } from '../../errors.js'
import { today } from '../../people/days.js'
import { appendAudit } from '../../store/audit.js'
import { nothingHere } from '../refusals.js'
import { toBreak, type BreakDates } from './break-rules.js'
import { managedCalendars } from './managed-calendars.js'
import { findBreak, saveBreak, type SchoolBreak } from './store.js'

export type BreakCorrection = BreakDates &
  Readonly<{
    id: string
    /** The dates that the person saw: others have changed nothing in between. */
    shownFrom: string
    shownUntil: string
  }>

/**
 * Corrects the dates of holidays, or says that they were verified; what is not said to be verified is
 * to be verified again.
 *
 * @throws {DomainError} not-found, invalid-request, or conflict when somebody else was faster
 */
export async function correctBreak(
  ctx: Context,
  actor: Actor,
  input: BreakCorrection,
): Promise<void> {
  const found = await breakToCorrect(ctx, actor, input.id)
  const change = toBreak(input, found.school_year, today(ctx))
  const shown = { from_day: input.shownFrom, until_day: input.shownUntil }
  await ctx.db.transaction().execute(async (trx) => {
    if (!(await saveBreak(trx, found.id, change, shown))) throw changedMeanwhile()
    await appendAudit(trx, {
      at: ctx.now(),
      actor: actor.publicId,
      action: 'calendar.break-corrected',
      subject: found.public_id,
      details: {
        from: change.from_day,
        until: change.until_day,
        verifiedOn: change.verified_on,
        source: change.source.slice(0, 200),
      },
    })
  })
}

/** @throws {DomainError} not-found, for whoever does not keep its calendar too */
export async function breakToCorrect(ctx: Context, actor: Actor, id: string): Promise<SchoolBreak> {
  const calendars = await managedCalendars(ctx, actor)
  const found = await findBreak(ctx.db, id)
  if (!found || !calendars.includes(found.zone)) throw nothingHere()
  return found
}

export function changedMeanwhile(): DomainError {
  return new DomainError('conflict', {
    fr: 'Quelqu’un vient de changer ces dates. Rechargez la page et relisez-les.',
    en: 'Somebody has just changed these dates. Reload the page and read them again.',
  })
}
