import type { Context } from '../context.js'
import { appendAudit } from '../store/audit.js'
import type { Db } from '../store/schema.js'
import { ISSUANCE_ACTS } from './acts.data.js'
import type { Award } from './sign-badge.js'
import { markRevoked } from './store/badge-life.js'
import { getBadge } from './store/badges.js'
import { getDossier } from './store/dossiers.js'
import { revokeEntry } from './store/status-lists.js'
import { tellHolder } from './tell-holder.js'

/** What stands where somebody else would have typed a reason. */
const REPLACED = 'replaced'

/**
 * Revokes the badge that another takes the place of, in the transaction that releases that one: there is never
 * a moment with both, nor with neither. One that was revoked before stays as it was. Its list is signed anew by
 * whoever reads it next.
 *
 * @param trx has locked both badges
 */
export async function revokeReplaced(
  trx: Db,
  ctx: Context,
  { dossier: { replaces_badge_id, replacement_reason, approved_by_id }, badge: newer }: Award,
  at: Date,
): Promise<void> {
  if (replaces_badge_id === null) return
  const badge = await getBadge(trx, replaces_badge_id)
  const dossier = await getDossier(trx, badge.dossier_id)
  const revocation = { id: badge.id, reason: REPLACED, byId: approved_by_id, at }
  if (await markRevoked(trx, revocation)) {
    await appendAudit(trx, {
      at,
      actor: 'issuer',
      action: ISSUANCE_ACTS.revokeBadge.audit,
      subject: badge.public_id,
      details: { reason: REPLACED, by: newer.public_id },
    })
    await revokeEntry(trx, badge.status_entry_id, at)
  }
  const reason = replacement_reason ?? ''
  await tellHolder(
    trx,
    ctx,
    { badge, dossier },
    { act: 'replace', reason, byId: approved_by_id, at },
  )
}
