import { dayAfter } from '../people/days.js'
import type { Words } from '../words.js'
import type { ShareLink } from './store/share-links.js'

/**
 * How long a link opens, in days. Half a year is what is chosen for who chooses nothing: an application or the search
 * for a placement is over by then, and a link that everybody has forgotten closes itself. What is printed or stands in
 * a profile may need longer, and whoever opens the link says so.
 */
export const LINK_LIVES = {
  month: { days: 30, words: { fr: 'Un mois', en: 'One month' } },
  'half-year': { days: 183, words: { fr: 'Six mois', en: 'Six months' } },
  year: { days: 365, words: { fr: 'Un an', en: 'One year' } },
  unlimited: {
    days: null,
    words: { fr: 'Jusqu’à ce que je le ferme', en: 'Until I close it' },
  },
} as const satisfies Record<string, { days: number | null; words: Words }>
export type LinkLife = keyof typeof LINK_LIVES
export const USUAL_LIFE: LinkLife = 'half-year'

/** What a link shows of its badge. A name is shown only while those who must agree to it do: see `name-behind.ts`. */
export const LINK_SHOWS = {
  badge: { fr: 'Le badge seul', en: 'The badge alone' },
  evidence: {
    fr: 'Le badge et ses preuves',
    en: 'The badge and its evidence',
  },
  named: {
    fr: 'Le badge, ses preuves et mon nom',
    en: 'The badge, its evidence and my name',
  },
} as const satisfies Record<string, Words>
export type LinkShows = keyof typeof LINK_SHOWS

/** What is not in the list any more shows the least. */
export function showsOf({ shows }: Pick<ShareLink, 'shows'>): LinkShows {
  return shows === 'evidence' || shows === 'named' ? shows : 'badge'
}

/** Whether a link shows the evidence, and gives the signed files, which have it in them. */
export function showsEvidence(link: Pick<ShareLink, 'shows'>): boolean {
  return showsOf(link) !== 'badge'
}

/** @returns the last day (YYYY-MM-DD) on which a link of `today` opens; null for one without an end */
export function lastDayOf(life: LinkLife, today: string): string | null {
  const { days } = LINK_LIVES[life]
  return days === null ? null : dayAfter(today, days)
}

/** Whether a link opens today, its last day included. */
export function isOpen(link: Pick<ShareLink, 'closed_at' | 'until_day'>, today: string): boolean {
  return link.closed_at === null && (link.until_day === null || link.until_day >= today)
}
