import type { Actor, Context } from '../context.js'
import { personOf } from '../mentoring/facts/confirmation.js'
import { appendAudit } from '../store/audit.js'
import { assertInForce, awardFor } from './award-for.js'
import { toNote } from './commitment.js'
import { toHoldReason } from './life-reasons.data.js'
import { markHeld } from './store/lineage.js'
import { tellHolder } from './tell-holder.js'

/** `reason` of HOLD_REASONS, told to the holder; `note` for staff. */
export type HoldInput = Readonly<{ badgeId: string; reason: string; note?: string | undefined }>

/**
 * Holds a badge while the school examines it: our pages and our verifier show it as suspended, and the signed
 * list, which knows revocation only, stays as it is. Its holder is told. One that is held already stays so.
 *
 * @throws {DomainError} not-found, forbidden, invalid-request (reason, note), conflict (revoked, or not released)
 */
export async function holdBadge(ctx: Context, actor: Actor, input: HoldInput): Promise<void> {
  const award = await awardFor(ctx, actor, 'revoke-badge', input.badgeId)
  const reason = toHoldReason(input.reason)
  const note = toNote(input.note)
  const byId = personOf(actor)
  const at = ctx.now()
  await ctx.db.transaction().execute(async (trx) => {
    // First the one that waits for a release or a revocation that is under way.
    if (!(await markHeld(trx, award.badge.id, at))) return assertInForce(trx, award.badge)
    const { public_id: subject } = award.badge
    const details = { reason }
    await appendAudit(trx, { at, actor: actor.publicId, action: 'badge.held', subject, details })
    await tellHolder(trx, ctx, award, { act: 'hold', reason, note, byId, at })
  })
}
