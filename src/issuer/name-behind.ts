import type { Context } from '../context.js'
import { getStudent } from '../mentoring/students/store.js'
import { isAgreed } from './is-agreed.js'
import { showsOf } from './link-life.js'
import type { Badge } from './store/badges.js'
import { getDossier } from './store/dossiers.js'
import type { ShareLink } from './store/share-links.js'

/**
 * The name that a link adds to its page and its sheet, and to nothing else: asked at each request. Where an agreement
 * to it was withdrawn or has run out, the link shows what one without a name shows.
 *
 * @returns null where nobody is named
 */
export async function nameBehind(
  ctx: Context,
  badge: Pick<Badge, 'id' | 'dossier_id'>,
  link: Pick<ShareLink, 'shows' | 'created_at'>,
): Promise<string | null> {
  if (showsOf(link) !== 'named' || !(await isAgreed(ctx, badge, link, 'named-link'))) return null
  const { student_id } = await getDossier(ctx.db, badge.dossier_id)
  const { given_name, family_name } = await getStudent(ctx.db, student_id)
  return `${given_name} ${family_name}`.trim()
}
