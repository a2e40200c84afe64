import type { Actor, Context } from '../context.js'
import { personOf } from '../mentoring/facts/confirmation.js'
import { appendAudit } from '../store/audit.js'
import { assertInForce, awardFor } from './award-for.js'
import { toNote } from './commitment.js'
import { markRestored } from './store/lineage.js'
import { tellHolder } from './tell-holder.js'

/**
 * Gives a badge back that was held: it counts again, and its holder is told. What was is kept for staff. One
 * that is not held stays as it is.
 *
 * @param input.note for staff
 * @throws {DomainError} not-found, forbidden, invalid-request (note), conflict (revoked, or not released)
 */
export async function restoreBadge(
  ctx: Context,
  actor: Actor,
  input: Readonly<{ badgeId: string; note?: string | undefined }>,
): Promise<void> {
  const award = await awardFor(ctx, actor, 'revoke-badge', input.badgeId)
  const note = toNote(input.note)
  const byId = personOf(actor)
  const at = ctx.now()
  await ctx.db.transaction().execute(async (trx) => {
    if (!(await markRestored(trx, award.badge.id))) return assertInForce(trx, award.badge)
    const { public_id: subject } = award.badge
    await appendAudit(trx, { at, actor: actor.publicId, action: 'badge.restored', subject })
    await tellHolder(trx, ctx, award, { act: 'restore', note, byId, at })
  })
}
