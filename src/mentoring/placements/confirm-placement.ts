import type { Actor, Context } from '../../context.js'
import { authorize } from '../../people/authorize.js'
import { appendAudit } from '../../store/audit.js'
import { alreadyConfirmed, assertOtherPerson, personOf, roleFor } from '../facts/confirmation.js'
import { keepConfirmed } from '../facts/keep-version.js'
import { markFiguresOf } from '../indicators/store.js'
import { nothingHere } from '../refusals.js'
import { findAssessment } from './assessment-store.js'
import { conflict } from './open-placement.js'
import { findPlacement, savePlacementConfirmation } from '../facts/store.js'

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
  const assessment = await findAssessment(ctx.db, placement.id)
  // What the company's tutor sent is the company's word: the school's is the second.
  const bySchool = assessment?.sent_at && assessment.manner === 'LINK'
  const resource = {
    schoolId: placement.schoolId,
    companyIds: bySchool ? [] : [placement.company_id],
  }
  authorize(actor, 'confirm-placement', resource)
  if (placement.days_done === null && !assessment?.sent_at) throw notKnownYet()
  const by = personOf(actor)
  assertOtherPerson(by, placement.recorded_by_id)
  const at = ctx.now()
  const confirmation = { by, role: roleFor(actor, resource), at: at.toISOString() }
  await ctx.db.transaction().execute(async (trx) => {
    const saved = await savePlacementConfirmation(trx, placement, confirmation)
    if (!saved) throw alreadyConfirmed()
    await keepConfirmed(ctx, trx, 'placement', { fact: placement, by, at })
    await markFiguresOf(trx, [placement.student_id], placement.from_day)
    const action = 'placement.confirmed'
    await appendAudit(trx, { at, actor: actor.publicId, action, subject: publicId })
  })
}

function notKnownYet() {
  return conflict({
    fr: 'Les jours faits de cette période ne sont pas encore connus. Attendez le bilan du tuteur, ou saisissez-les.',
    en: 'The days done of this placement are not known yet. Wait for the tutor’s assessment, or record them.',
  })
}
