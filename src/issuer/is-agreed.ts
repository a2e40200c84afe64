import type { Context } from '../context.js'
import { mayBeShown } from '../mentoring/consents/may-be-shown.js'
import type { Purpose } from '../mentoring/consents/purposes.data.js'
import { getDossier } from './store/dossiers.js'
import type { Badge } from './store/badges.js'
import type { ShareLink } from './store/share-links.js'

/** Whether those who must agree to a badge behind a link agree now: asked at each request. Without a link: of any. */
export async function isAgreed(
  ctx: Context,
  badge: Pick<Badge, 'id' | 'dossier_id'>,
  link?: Pick<ShareLink, 'created_at'>,
  purpose: Purpose = 'public-page',
): Promise<boolean> {
  const { student_id: studentId } = await getDossier(ctx.db, badge.dossier_id)
  const of = { studentId, purpose, badgeId: badge.id }
  return mayBeShown(ctx, link ? { ...of, openedAt: link.created_at } : of)
}
