import type { Actor, Context } from '../../context.js'
import { today } from '../../people/days.js'
import { appendAudit } from '../../store/audit.js'
import { makeAnswerLink } from '../answers/answer-links.js'
import { personOf } from '../facts/confirmation.js'
import { wrongField } from '../refusals.js'
import { beginAssessment, findAssessment, saveGridOf } from './assessment-store.js'
import { gridsFor } from './grids.js'
import { conflict, holdPending, openPending } from './open-placement.js'

/**
 * Makes the link by which the tutor assesses a placement without an account. Asked again, the link before it
 * closes and all that was filled in stays.
 *
 * @returns the address, shown once
 * @throws {DomainError} forbidden, not-found, invalid-request or conflict
 */
export async function askAssessment(
  ctx: Context,
  actor: Actor,
  input: Readonly<{ placementId: string; gridId: string }>,
): Promise<{ url: string }> {
  const placement = await openPending(ctx, actor, input.placementId)
  if (today(ctx) < placement.fromDay) {
    throw conflict({
      fr: 'La période n’a pas commencé : demandez le bilan au tuteur une fois qu’elle a lieu.',
      en: 'The placement has not begun: ask the tutor to assess it once it takes place.',
    })
  }
  const grids = await gridsFor(ctx.db, placement.schoolId)
  const grid = grids.find(({ publicId }) => publicId === input.gridId)
  if (!grid) {
    throw wrongField('/gridId', {
      fr: 'Choisissez une grille de votre lycée, ou la grille générale.',
      en: 'Choose a grid of your lycée, or the general one.',
    })
  }
  const at = ctx.now()
  return ctx.db.transaction().execute(async (trx) => {
    const { tutorId } = await holdPending(trx, placement)
    await beginAssessment(trx, placement.id, grid.publicId)
    const begun = await findAssessment(trx, placement.id)
    if (begun?.grid_id !== grid.publicId && !(await saveGridOf(trx, placement.id, grid.publicId))) {
      throw otherGrid()
    }
    const question = { purpose: 'assess-placement', placementId: placement.id } as const
    const asked = { ...question, personId: tutorId, madeById: personOf(actor) }
    const { url } = await makeAnswerLink(ctx, trx, asked)
    const subject = placement.publicId
    const action = 'assessment.asked'
    await appendAudit(trx, { at, actor: actor.publicId, action, subject })
    return { url }
  })
}

function otherGrid() {
  const words = {
    fr: 'Le tuteur a déjà commencé avec une autre grille. Gardez celle-là.',
    en: 'The tutor has begun with another grid. Keep that one.',
  }
  return conflict(words, '/gridId')
}
