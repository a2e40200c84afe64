import type { Actor, Context } from '../context.js'
import { today } from '../people/days.js'
import { appendAudit } from '../store/audit.js'
import { assertOwnBadge, noBadge } from './badge-of-student.js'
import { isOpen } from './link-life.js'
import { getBadge } from './store/badges.js'
import { findLink, setNameCheck } from './store/share-links.js'

/**
 * Says whether whoever has the short code of a link may ask if its badge is that of a name. Allowing it anew forgets
 * the names that were wrong.
 *
 * @throws {DomainError} not-found (a link that opens no more, too) or forbidden (not the student's own)
 */
export async function allowNameCheck(
  ctx: Context,
  actor: Actor,
  { linkId, allowed }: Readonly<{ linkId: string; allowed: boolean }>,
): Promise<void> {
  const link = await findLink(ctx.db, linkId)
  if (!link) throw noBadge()
  const badge = await assertOwnBadge(ctx, actor, await getBadge(ctx.db, link.badge_id))
  if (!isOpen(link, today(ctx))) throw noBadge()
  await ctx.db.transaction().execute(async (trx) => {
    await appendAudit(trx, {
      at: ctx.now(),
      actor: actor.publicId,
      action: 'link.name-check',
      subject: badge.public_id,
      details: { link: link.public_id, allowed: allowed ? 1 : 0 },
    })
    if (!(await setNameCheck(trx, link.id, allowed))) throw noBadge()
  })
}
