import type { Actor, Context } from '../../context.js'
import { authorize } from '../../people/authorize.js'
import { appendAudit } from '../../store/audit.js'
import { alreadyConfirmed, assertOtherPerson, personOf, roleFor } from './confirmation.js'
import { markFigures } from '../indicators/store.js'
import { nothingHere } from '../refusals.js'
import { findSession, saveConfirmation } from './store.js'

/**
 * Confirms that a session took place; never by whoever recorded it.
 *
 * @throws {DomainError} forbidden, not-found or conflict
 */
export async function confirmSession(ctx: Context, actor: Actor, publicId: string): Promise<void> {
  const session = await findSession(ctx.db, publicId)
  if (!session) throw nothingHere()
  const resource = { schoolId: session.schoolId, companyIds: [session.company_id] }
  authorize(actor, 'confirm-session', resource)
  const by = personOf(actor)
  assertOtherPerson(by, session.recorded_by_id)
  const at = ctx.now()
  const confirmation = { by, role: roleFor(actor, resource), at: at.toISOString() }
  await ctx.db.transaction().execute(async (trx) => {
    const saved = await saveConfirmation(trx, 'mentoring_sessions', session.id, confirmation)
    if (!saved) throw alreadyConfirmed()
    await markFigures(trx, [session.cohort_id], session.day)
    const action = 'session.confirmed'
    await appendAudit(trx, { at, actor: actor.publicId, action, subject: publicId })
  })
}
