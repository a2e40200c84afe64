import type { Actor, Context } from '../context.js'
import { DomainError } from '../errors.js'
import { personOf } from '../mentoring/facts/confirmation.js'
import { authorize } from '../people/authorize.js'
import { appendAudit } from '../store/audit.js'
import { ISSUANCE_ACTS } from './acts.data.js'
import { toReason } from './commitment.js'
import { publishStatusList } from './status.js'
import { noDossier } from './steps.js'
import { findBadge, markRevoked } from './store/badges.js'
import { getDossier } from './store/dossiers.js'
import { getEntry, getList, revokeEntry } from './store/status-lists.js'

/**
 * Revokes a badge, for good: the bit of the signed list is set and the list is published at once.
 *
 * @throws {DomainError} not-found, forbidden, invalid-request (no reason), conflict (revoked already)
 */
export async function revokeBadge(
  ctx: Context,
  actor: Actor,
  input: Readonly<{ badgeId: string; reason: string }>,
): Promise<void> {
  const badge = await findBadge(ctx.db, input.badgeId)
  if (!badge) throw noDossier()
  const dossier = await getDossier(ctx.db, badge.dossier_id)
  authorize(actor, ISSUANCE_ACTS.revokeBadge.who, { schoolId: dossier.school_id })
  if (badge.released_at === null) throw notReleased()
  const reason = toReason(input.reason)
  const at = ctx.now()
  await ctx.db.transaction().execute(async (trx) => {
    const revocation = { id: badge.id, reason, byId: personOf(actor), at }
    if (!(await markRevoked(trx, revocation))) {
      throw new DomainError('conflict', {
        fr: 'Ce badge est déjà révoqué.',
        en: 'This badge is revoked already.',
      })
    }
    await revokeEntry(trx, badge.status_entry_id, at)
    await appendAudit(trx, {
      at,
      actor: actor.publicId,
      action: ISSUANCE_ACTS.revokeBadge.audit,
      subject: badge.public_id,
    })
  })
  const entry = await getEntry(ctx.db, badge.status_entry_id)
  await publishStatusList(ctx, await getList(ctx.db, entry.list_id))
}

function notReleased(): DomainError {
  return new DomainError('conflict', {
    fr: 'Ce badge est en cours de signature : attendez qu’il soit délivré.',
    en: 'This badge is being signed: wait until it is issued.',
  })
}
