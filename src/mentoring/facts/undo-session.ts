import type { Actor, Context } from '../../context.js'
import { DomainError } from '../../errors.js'
import { authorize } from '../../people/authorize.js'
import { dayAt, today } from '../../people/days.js'
import { appendAudit } from '../../store/audit.js'
import type { Row } from '../../store/schema.js'
import { markFigures } from '../indicators/store.js'
import { personOf } from './confirmation.js'
import { nothingHere } from '../refusals.js'
import { resourceOfSession } from './session-resource.js'
import { deleteSession, lockSession } from './changes-store.js'
import { findSession } from './store.js'

/**
 * Undoes what somebody recorded by mistake today: it was never there, but for its line of audit. Once it is
 * confirmed, or from the next day on, it is corrected instead, with a reason.
 *
 * @throws {DomainError} forbidden, not-found or conflict (too late)
 */
export async function undoSession(ctx: Context, actor: Actor, publicId: string): Promise<void> {
  const session = await findSession(ctx.db, publicId)
  if (!session) throw nothingHere()
  authorize(actor, 'record-session', resourceOfSession(session))
  if (!mayUndo(ctx, personOf(actor), session)) throw tooLate()
  const at = ctx.now()
  await ctx.db.transaction().execute(async (trx) => {
    await lockSession(trx, session.id)
    const action = 'session.undone'
    await appendAudit(trx, { at, actor: actor.publicId, action, subject: publicId })
    // Somebody confirmed it in the meantime.
    if (!(await deleteSession(trx, session))) throw tooLate()
    await markFigures(trx, [session.cohort_id], session.day)
  })
}

type Recorded = Pick<
  Row<'mentoring_sessions'>,
  'recorded_by_id' | 'recorded_at' | 'confirmed_at' | 'version'
>

/** By who recorded it, on the day on which they did, until somebody confirms it. */
export function mayUndo(
  ctx: Pick<Context, 'now' | 'config'>,
  personId: number | null,
  { recorded_by_id, recorded_at, confirmed_at, version }: Recorded,
): boolean {
  const isOfToday = dayAt(new Date(recorded_at), ctx.config.timeZone) === today(ctx)
  return personId === recorded_by_id && isOfToday && confirmed_at === null && version === 1
}

function tooLate(): DomainError {
  return new DomainError('conflict', {
    fr: 'On annule le jour même, soi-même, et avant toute confirmation. Corrigez plutôt cette séance, en disant pourquoi.',
    en: 'One undoes one’s own, on the same day, before anybody confirms. Correct this session instead, and say why.',
  })
}
