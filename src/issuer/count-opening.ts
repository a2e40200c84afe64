import type { Actor, Context } from '../context.js'
import { getStudent } from '../mentoring/students/store.js'
import { today } from '../people/days.js'
import { atOpenLink } from './public-badge.js'
import { getDossier } from './store/dossiers.js'
import { countOpening as countOne } from './store/share-links.js'

/**
 * Counts that the page of a link was opened, and on which day: never by whom. Its owner is not counted. A page that
 * can't be counted is shown all the same.
 */
export async function countOpening(
  ctx: Context,
  token: string,
  actor: Actor | undefined,
): Promise<void> {
  const { badge, link } = await atOpenLink(ctx, token)
  if (actor && (await ownsBadge(ctx, actor, badge.dossier_id))) return
  try {
    await countOne(ctx.db, link.id, today(ctx))
  } catch (err) {
    ctx.log.warn({ err, event: 'opening-not-counted' })
  }
}

async function ownsBadge(ctx: Context, actor: Actor, dossierId: number): Promise<boolean> {
  const { student_id } = await getDossier(ctx.db, dossierId)
  const { person_id } = await getStudent(ctx.db, student_id)
  return actor.personId !== null && actor.personId === person_id
}
