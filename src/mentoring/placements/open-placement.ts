import type { Actor, Context } from '../../context.js'
import { DomainError } from '../../errors.js'
import { authorize } from '../../people/authorize.js'
import type { Words } from '../../words.js'
import { nothingHere } from '../refusals.js'
import { findPlacementWithPlan, type Placement, type Plan } from './placements-store.js'

/**
 * A placement that was planned and not cancelled, for the staff of its school.
 *
 * @throws {DomainError} forbidden, not-found, or conflict for one that was cancelled
 */
export async function openPlanned(
  ctx: Context,
  actor: Actor,
  publicId: string,
): Promise<Placement & { plan: Plan }> {
  const placement = await findPlacementWithPlan(ctx.db, publicId)
  if (!placement) throw nothingHere()
  authorize(actor, 'record-placement', { schoolId: placement.schoolId })
  const { plan } = placement
  if (!plan) throw nothingHere()
  if (placement.cancelledAt === null) return { ...placement, plan }
  throw conflict({
    fr: 'Cette période est annulée : il n’y a plus rien à y changer. Prévoyez-en une autre.',
    en: 'This placement is cancelled: nothing of it can be changed. Plan another one.',
  })
}

/** The same as long as its days are not known. @throws {DomainError} conflict afterwards */
export async function openPending(
  ctx: Context,
  actor: Actor,
  publicId: string,
): Promise<Placement & { plan: Plan }> {
  const placement = await openPlanned(ctx, actor, publicId)
  if (placement.daysDone === null && placement.outcome === null) return placement
  throw isOver()
}

export function isOver(): DomainError {
  return conflict({
    fr: 'Le bilan ou les jours de cette période sont déjà saisis. Rechargez la page.',
    en: 'The assessment or the days of this placement are recorded already. Reload the page.',
  })
}

export function conflict(words: Words, pointer?: string): DomainError {
  return new DomainError('conflict', words, pointer ? { fields: [{ pointer, words }] } : {})
}
