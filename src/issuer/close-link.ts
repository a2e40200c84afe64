import type { Actor, Context } from '../context.js'
import { appendAudit } from '../store/audit.js'
import { assertOwnBadge, noBadge } from './badge-of-student.js'
import { getBadge } from './store/badges.js'
import { findLink, markClosed } from './store/share-links.js'

/**
 * Closes a link, for good: its page and its files are gone at once. Closing it twice closes it once.
 *
 * @throws {DomainError} not-found or forbidden (not the student's own)
 */
export async function closeLink(ctx: Context, actor: Actor, linkId: string): Promise<void> {
  const link = await findLink(ctx.db, linkId)
  if (!link) throw noBadge()
  const badge = await assertOwnBadge(ctx, actor, await getBadge(ctx.db, link.badge_id))
  const at = ctx.now()
  await ctx.db.transaction().execute(async (trx) => {
    if (!(await markClosed(trx, link.id, at))) return
    await appendAudit(trx, {
      at,
      actor: actor.publicId,
      action: 'link.closed',
      subject: badge.public_id,
      details: { link: link.public_id },
    })
  })
}
