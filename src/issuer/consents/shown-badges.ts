import type { Context } from '../../context.js'
import { mayBeShown } from '../../mentoring/consents/may-be-shown.js'
import { dayAt, today } from '../../people/days.js'
import { isOpen } from '../link-life.js'
import { listPlacesOfSelections } from '../selections/store.js'
import { listLinks } from '../store/share-links.js'
import type { BadgeChoice } from './badge-choices.js'

/** A badge that anybody who has one of its addresses can see now. */
export type ShownBadge = BadgeChoice &
  Readonly<{
    /** The day on which the first of the addresses that show it was opened. */
    openSince: string
  }>

/**
 * Which badges of a student are public, by a link of their own or on a page of several. To whom an address was given is
 * the student's own.
 */
export async function shownBadges(
  ctx: Context,
  studentId: number,
  badges: readonly BadgeChoice[],
): Promise<ShownBadge[]> {
  const day = today(ctx)
  const ids = badges.map(({ rowId }) => rowId)
  const places = [
    ...(await listLinks(ctx.db, ids)),
    ...(await listPlacesOfSelections(ctx.db, studentId)),
  ]
  const openings = places
    .filter((place) => isOpen(place, day))
    .toSorted((one, other) => one.created_at.localeCompare(other.created_at))
  const shown = []
  for (const badge of badges) {
    const of = { studentId, purpose: 'public-page', badgeId: badge.rowId } as const
    for (const { badge_id, created_at: openedAt } of openings) {
      if (badge_id !== badge.rowId || !(await mayBeShown(ctx, { ...of, openedAt }))) continue
      shown.push({ ...badge, openSince: dayAt(new Date(openedAt), ctx.config.timeZone) })
      break
    }
  }
  return shown
}
