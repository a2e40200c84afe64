import type { Actor, Context } from '../../context.js'
import { authorize } from '../../people/authorize.js'
import { appendAudit } from '../../store/audit.js'
import { alreadyConfirmed, assertOtherPerson, personOf, roleFor } from '../facts/confirmation.js'
import { markFiguresOf } from '../indicators/store.js'
import { nothingHere } from '../refusals.js'
import { findPlacement, saveConfirmation } from '../facts/store.js'

/**
 * Confirms that a placement took place; never by whoever recorded it.
 *
 * @throws {DomainError} forbidden, not-found or conflict
 */
export async function confirmPlacement(
  ctx: Context,
  actor: Actor,
  publicId: string,
): Promise<void> {
  const placement = await findPlacement(ctx.db, publicId)
  if (!placement) throw nothingHere()
  const resource = { schoolId: placement.schoolId, companyIds: [placement.company_id] }
  authorize(actor, 'confirm-placement', resource)
  const by = personOf(actor)
  assertOtherPerson(by, placement.recorded_by_id)
  const at = ctx.now()
  const confirmation = { by, role: roleFor(actor, resource), at: at.toISOString() }
  await ctx.db.transaction().execute(async (trx) => {
    const saved = await saveConfirmation(trx, 'placements', placement.id, confirmation)
    if (!saved) throw alreadyConfirmed()
    await markFiguresOf(trx, [placement.student_id], placement.from_day)
    const action = 'placement.confirmed'
    await appendAudit(trx, { at, actor: actor.publicId, action, subject: publicId })
  })
}
