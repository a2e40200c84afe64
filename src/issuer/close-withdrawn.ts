import { z } from 'zod'
import type { Context } from '../context.js'
import { appendAudit } from '../store/audit.js'
import { listSelections, markSelectionClosed } from './selections/store.js'
import { listBadgesOfStudent } from './store/badges-of-students.js'
import { listLinks, markClosed } from './store/share-links.js'

const Payload = z.object({ studentId: z.number(), badgeId: z.number().nullable(), at: z.string() })

/**
 * Somebody has said no to showing a student's badges, or one of them. What links show is gone already, by the check of
 * each request; this closes them in the book, so that nobody takes them for open ones. Running it twice changes nothing more.
 */
export async function closeWithdrawn(ctx: Context, payload: unknown): Promise<void> {
  const { studentId, badgeId, at: saidAt } = Payload.parse(payload)
  const badges = await listBadgesOfStudent(ctx.db, studentId)
  const meant = badges.filter(({ id }) => badgeId === null || id === badgeId)
  const links = await listLinks(
    ctx.db,
    meant.map(({ id }) => id),
  )
  const at = ctx.now()
  await ctx.db.transaction().execute(async (trx) => {
    for (const link of links.filter(({ created_at }) => created_at <= saidAt)) {
      const subject = meant.find(({ id }) => id === link.badge_id)?.public_id ?? ''
      if (!(await markClosed(trx, link.id, at))) continue
      const details = { link: link.public_id }
      await appendAudit(trx, { at, actor: 'consents', action: 'link.closed', subject, details })
    }
    // A page of several shows what is left of it; a no to every badge leaves nothing.
    if (badgeId !== null) return
    for (const page of await listSelections(trx, studentId)) {
      if (page.created_at > saidAt || !(await markSelectionClosed(trx, page.id, at))) continue
      const line = { at, actor: 'consents', action: 'selection.closed', subject: page.public_id }
      await appendAudit(trx, { ...line, details: {} })
    }
  })
}
