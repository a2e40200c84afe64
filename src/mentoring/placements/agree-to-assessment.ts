import type { Actor, Context } from '../../context.js'
import { authorize } from '../../people/authorize.js'
import { appendAudit } from '../../store/audit.js'
import { contestFact, type ContestInput } from '../facts/contest-fact.js'
import { nothingHere } from '../refusals.js'
import { lockStudent } from '../students/store.js'
import { saveAgreed } from './assessment-store.js'
import { conflict } from './open-placement.js'
import { findPlacementById, findPlacementWithPlan } from './placements-store.js'

/**
 * The student agrees to the assessment, once the school has confirmed it. To object is to contest the placement (`objectTo`).
 *
 * @throws {DomainError} forbidden, not-found or conflict
 */
export async function agreeToAssessment(
  ctx: Context,
  actor: Actor,
  publicId: string,
): Promise<void> {
  const placement = await findPlacementWithPlan(ctx.db, publicId)
  if (!placement) throw nothingHere()
  const { schoolId, studentId, studentPersonId } = placement
  authorize(actor, 'contest-fact', { schoolId, studentPersonId })
  const at = ctx.now()
  await ctx.db.transaction().execute(async (trx) => {
    await lockStudent(trx, studentId)
    const held = await findPlacementById(trx, placement.id)
    const open = held?.confirmedAt != null && held.contestedAt === null
    if (!open || !(await saveAgreed(trx, placement.id, at.toISOString()))) throw nothingToAgree()
    const action = 'assessment.agreed'
    await appendAudit(trx, { at, actor: actor.publicId, action, subject: publicId })
  })
}

/**
 * The student objects, with what is wrong: the placement counts no more.
 *
 * @throws {DomainError} forbidden, not-found, invalid-request, or conflict if it was corrected since it was read
 */
export async function objectTo(
  ctx: Context,
  actor: Actor,
  publicId: string,
  said: Pick<ContestInput, 'reason' | 'version'>,
): Promise<void> {
  const placement = await findPlacementWithPlan(ctx.db, publicId)
  if (!placement) throw nothingHere()
  const fact = {
    kind: 'placement',
    factId: publicId,
    studentId: placement.studentPublicId,
  } as const
  await contestFact(ctx, actor, { ...fact, ...said })
}

function nothingToAgree() {
  return conflict({
    fr: 'Il n’y a pas de bilan à approuver ici, ou vous l’avez déjà fait. Rechargez la page.',
    en: 'There is no assessment to agree to here, or you did so already. Reload the page.',
  })
}
