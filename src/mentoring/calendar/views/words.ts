import type { Link } from '../../../web/components/links.js'
import { firstInFrench, type Say } from '../../../web/say.js'
import type { AnyCohort } from '../../cohorts/store.js'
import type { CalendarSession } from '../facts-store.js'
import type { Standing } from '../../facts/views/facts.js'

/** The way to a page of the calendar of a cohort. */
export function wayTo(say: Say, { publicId, title }: AnyCohort, below: 'cohort' | 'calendar') {
  const way: Link[] = [
    { href: '/cohorts', title: say({ fr: 'Cohortes', en: 'Cohorts' }) },
    { href: `/cohorts/${publicId}`, title },
  ]
  if (below === 'cohort') return way
  const calendar = say({ fr: 'Calendrier', en: 'Calendar' })
  return [...way, { href: `/cohorts/${publicId}/calendar`, title: calendar }]
}

/** « mardi 10 novembre » */
export function longDay(say: Say, day: string): string {
  return format(say, { weekday: 'long', day: 'numeric', month: 'long' }, day)
}

/** « lundi » */
export function weekday(say: Say, day: string): string {
  return format(say, { weekday: 'long' }, day)
}

function format(say: Say, options: Intl.DateTimeFormatOptions, day: string): string {
  const locale = say.language === 'fr' ? 'fr-FR' : 'en-GB'
  const made = new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' })
  const date = made.format(new Date(`${day}T00:00:00Z`))
  return say.language === 'fr' ? firstInFrench(date) : date
}

/** Where a session stands as a whole: it is contested when all who were there contest it. */
export function sessionStanding({ students, contested, confirmedAt }: CalendarSession): Standing {
  if (contested === students) return 'contested'
  return confirmedAt === null ? 'waits' : 'confirmed'
}

/** The form in which a session is recorded, begun for a day or from what was planned. */
export function recordHref(
  { publicId }: AnyCohort,
  from: Readonly<{ day: string } | { planned: string }>,
): string {
  return `/cohorts/${publicId}/sessions/new?${new URLSearchParams(from).toString()}`
}
