import type { Actor, Context } from '../../context.js'
import { today } from '../../people/days.js'
import { appendAudit } from '../../store/audit.js'
import { revokeAnswerLinks } from '../answers/answer-links.js'
import { personOf } from '../facts/confirmation.js'
import { assertAcknowledged, keepWarnings } from '../warnings.js'
import { deleteSignature } from './agreement-store.js'
import { listHeldByTutors } from './held-store.js'
import { judgeTutorLoad } from './hosting.js'
import { conflict, holdPending, openPending } from './open-placement.js'
import { saveCancelled, saveTutor } from './store.js'
import { admitTutor, chooseTutor, type TutorInput } from './tutors.js'

export type ChangeTutorInput = TutorInput &
  Readonly<{ placementId: string; acknowledged: readonly string[] }>

/**
 * Another tutor goes on midway. What the first one filled in of the assessment stays; their link and their
 * signature do not serve any more.
 *
 * @throws {DomainError} forbidden, not-found, invalid-request, unacknowledged or conflict
 */
export async function changeTutor(
  ctx: Context,
  actor: Actor,
  input: ChangeTutorInput,
): Promise<void> {
  const placement = await openPending(ctx, actor, input.placementId)
  const { companyId, publicId: subject } = placement
  const tutor = await chooseTutor(ctx.db, companyId, input, [today(ctx), placement.fromDay])
  const others = 'personId' in tutor ? await listHeldByTutors(ctx.db, [tutor.personId]) : []
  const warnings = judgeTutorLoad(
    placement,
    others.filter(({ id }) => id !== placement.id),
  )
  assertAcknowledged(warnings, input.acknowledged)
  const at = ctx.now()
  await ctx.db.transaction().execute(async (trx) => {
    const held = await holdPending(trx, placement)
    const tutorId = await admitTutor(ctx, trx, actor, { tutor, companyId })
    if (tutorId === held.tutorId) throw sameTutor()
    await saveTutor(trx, placement.id, tutorId)
    await deleteSignature(trx, placement.id, 'TUTOR')
    const question = { purpose: 'assess-placement', placementId: placement.id } as const
    await revokeAnswerLinks(trx, question, at)
    const kept = { subject_kind: 'placement', subject_id: subject, by_id: personOf(actor) }
    await keepWarnings(trx, warnings, { ...kept, at: at.toISOString() })
    const action = 'placement.tutor-changed'
    await appendAudit(trx, { at, actor: actor.publicId, action, subject })
  })
}

function sameTutor() {
  const words = {
    fr: 'C’est déjà le tuteur de cette période. Choisissez quelqu’un d’autre.',
    en: 'They are the tutor of this placement already. Choose somebody else.',
  }
  return conflict(words, '/tutorId')
}

/**
 * Cancels a placement that will not take place; its days are free again.
 *
 * @throws {DomainError} forbidden, not-found or conflict
 */
export async function cancelPlacement(ctx: Context, actor: Actor, publicId: string): Promise<void> {
  const placement = await openPending(ctx, actor, publicId)
  const at = ctx.now()
  await ctx.db.transaction().execute(async (trx) => {
    await holdPending(trx, placement)
    const saved = await saveCancelled(trx, placement.id, at.toISOString())
    if (!saved) throw alreadyCancelled()
    const question = { purpose: 'assess-placement', placementId: placement.id } as const
    await revokeAnswerLinks(trx, question, at)
    const action = 'placement.cancelled'
    await appendAudit(trx, { at, actor: actor.publicId, action, subject: publicId })
  })
}

function alreadyCancelled() {
  return conflict({
    fr: 'Cette période est déjà annulée. Rechargez la page.',
    en: 'This placement is cancelled already. Reload the page.',
  })
}
