import { z } from 'zod'
import type { Context } from '../context.js'
import { isClosedByNo } from '../mentoring/consents/may-be-shown.js'
import { appendAudit } from '../store/audit.js'
import {
  badgeIdsOf,
  listSelections,
  markSelectionClosed,
  type Selection,
} from './selections/store.js'
import { listBadgesOfStudent } from './store/badges-of-students.js'
import { listLinks, markClosed, type ShareLink } from './store/share-links.js'

const Payload = z.object({ studentId: z.number(), badgeId: z.number().nullable() })

/**
 * Somebody has said no to showing a student's badges, or one of them. What links show is gone already, by the check of
 * each request; this closes them in the book, by the same rule, so that nobody takes them for open ones. Running it twice changes
 * nothing more.
 */
export async function closeWithdrawn(ctx: Context, payload: unknown): Promise<void> {
  const { studentId, badgeId } = Payload.parse(payload)
  const badges = await listBadgesOfStudent(ctx.db, studentId)
  const meant = badges.filter(({ id }) => badgeId === null || id === badgeId)
  const links = await linksToClose(ctx, studentId, meant)
  // A page of several shows what is left of it; a no to every badge leaves nothing.
  const pages = badgeId === null ? await pagesToClose(ctx, studentId) : []
  const at = ctx.now()
  await ctx.db.transaction().execute(async (trx) => {
    for (const link of links) {
      const subject = meant.find(({ id }) => id === link.badge_id)?.public_id ?? ''
      if (!(await markClosed(trx, link.id, at))) continue
      const details = { link: link.public_id }
      await appendAudit(trx, { at, actor: 'consents', action: 'link.closed', subject, details })
    }
    for (const page of pages) {
      if (!(await markSelectionClosed(trx, page.id, at))) continue
      const line = { at, actor: 'consents', action: 'selection.closed', subject: page.public_id }
      await appendAudit(trx, { ...line, details: {} })
    }
  })
}

async function linksToClose(
  ctx: Context,
  studentId: number,
  badges: readonly Readonly<{ id: number }>[],
): Promise<ShareLink[]> {
  const links = await listLinks(
    ctx.db,
    badges.map(({ id }) => id),
  )
  const found: ShareLink[] = []
  for (const link of links.filter(({ closed_at }) => closed_at === null)) {
    if (await isClosed(ctx, studentId, link.badge_id, link.created_at)) found.push(link)
  }
  return found
}

async function pagesToClose(ctx: Context, studentId: number): Promise<Selection[]> {
  const found: Selection[] = []
  for (const page of await listSelections(ctx.db, studentId)) {
    if (page.closed_at !== null) continue
    const ids = await badgeIdsOf(ctx.db, page.id)
    const closed = await Promise.all(
      ids.map((badgeId) => isClosed(ctx, studentId, badgeId, page.created_at)),
    )
    if (closed.every(Boolean)) found.push(page)
  }
  return found
}

function isClosed(ctx: Context, studentId: number, badgeId: number, openedAt: string) {
  return isClosedByNo(ctx, { studentId, purpose: 'public-page', badgeId, openedAt })
}
