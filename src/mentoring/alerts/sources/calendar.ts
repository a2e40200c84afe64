import type { Context } from '../../../context.js'
import { findOrganisation } from '../../../people/store.js'
import { calendarOf, CALENDARS } from '../../school-calendar/calendar-of.js'
import { listBreaks } from '../../school-calendar/store.js'
import { schoolYearLabel, schoolYearOf } from '../../school-year.js'
import type { Alert, Scope } from '../alert.js'

/** AL-4: schools whose academy nobody told, so that no holidays are taken into account. */
export async function unknownZoneAlerts({ db }: Context, { schoolIds }: Scope): Promise<Alert[]> {
  const schools = await Promise.all(schoolIds.map((id) => findOrganisation(db, id)))
  return schools.flatMap((school) =>
    school === undefined || calendarOf(school.academyCode) !== undefined
      ? []
      : [
          {
            rule: 'AL-4',
            severity: 'info' as const,
            words: {
              fr: 'L’académie n’est pas indiquée : les vacances scolaires ne sont pas décomptées, sauf juillet et août',
              en: 'No academy is told: school holidays are not taken into account, but for July and August',
            },
            place: school.name,
            ...TO_CALENDAR,
            subject: school.publicId,
            since: null,
          },
        ],
  )
}

/** AL-5: holidays of this school year that nobody has verified, for those who keep the calendar. */
export async function unverifiedAlerts(
  { db }: Context,
  { academyIds }: Scope,
  today: string,
): Promise<Alert[]> {
  const academies = await Promise.all(academyIds.map((id) => findOrganisation(db, id)))
  const own = academies.flatMap((academy) => calendarOf(academy?.academyCode ?? null) ?? [])
  // The platform's administrator has no organisation, and keeps all of them.
  const kept = academyIds.length === 0 ? CALENDARS : own
  const year = schoolYearOf(today)
  const count = (await listBreaks(db, year)).filter(
    ({ zone, verified_on }) => verified_on === null && kept.includes(zone),
  ).length
  if (count === 0) return []
  const label = schoolYearLabel(year)
  return [
    {
      rule: 'AL-5',
      severity: 'soon',
      words: {
        fr: `${count} ${count > 1 ? 'vacances scolaires restent' : 'période de vacances scolaires reste'} à vérifier en ${label}`,
        en: `${count} ${count > 1 ? 'school holidays are' : 'school holiday is'} still to be verified in ${label}`,
      },
      place: '',
      ...TO_CALENDAR,
      subject: `calendar-${year}`,
      since: null,
    },
  ]
}

const TO_CALENDAR = {
  href: '/calendar',
  action: { fr: 'Voir le calendrier', en: 'See the calendar' },
}
