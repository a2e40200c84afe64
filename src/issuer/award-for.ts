import type { Actor, Context } from '../context.js'
import { DomainError } from '../errors.js'
import { authorize, type Action } from '../people/authorize.js'
import type { Db } from '../store/schema.js'
import type { Award } from './sign-badge.js'
import { noDossier } from './steps.js'
import { findBadge, type Badge } from './store/badges.js'
import { getDossier } from './store/dossiers.js'

/** A badge with its dossier, to which the actor may do something. @throws {DomainError} not-found or forbidden */
export async function awardFor(
  ctx: Context,
  actor: Actor,
  action: Action,
  badgeId: string,
): Promise<Award> {
  const badge = await findBadge(ctx.db, badgeId)
  if (!badge) throw noDossier()
  const dossier = await getDossier(ctx.db, badge.dossier_id)
  authorize(actor, action, { schoolId: dossier.school_id })
  return { badge, dossier }
}

/**
 * Why a badge could be neither held nor restored, as its row is now; nothing is wrong where it was so already.
 *
 * @throws {DomainError} conflict (revoked, or not released), not-found (void since)
 */
export async function assertInForce(trx: Db, { public_id }: Badge): Promise<void> {
  const now = await findBadge(trx, public_id)
  if (!now) throw noDossier()
  if (now.revoked_at !== null)
    throw new DomainError('conflict', {
      fr: 'Ce badge est révoqué, pour de bon : il ne peut plus être suspendu, ni rendu.',
      en: 'This badge is revoked, for good: it can’t be suspended or given back any more.',
    })
  if (now.released_at === null) throw notReleased()
}

export function notReleased(): DomainError {
  return new DomainError('conflict', {
    fr: 'Ce badge est en cours de signature : personne ne l’a encore. Révoquez-le, ou attendez qu’il soit délivré.',
    en: 'This badge is being signed: nobody has it yet. Revoke it, or wait until it is issued.',
  })
}
