import type { Context } from '../../../context.js'
import { isWithin } from '../../days.js'
import { nominalLevel } from '../../levels.js'
import { calendarOf } from '../../school-calendar/calendar-of.js'
import { schoolTimeSince } from '../../school-calendar/school-days.js'
import { breaksOfAll } from '../../school-calendar/store.js'
import { schemeOf } from '../../schemes/index.js'
import { ptech } from '../../schemes/ptech.js'
import { schoolYearOf } from '../../school-year.js'
import { SEE_COHORT, type Alert, type FindAlerts, type Scope } from '../alert.js'
import { lastSessionOf, listFollowed, listStaysIn, type Followed } from '../followed-store.js'

/** A month of school time; mentors forget to record. */
const SILENT_DAYS = 31

/** AL-1: P-TECH cohorts with students in them and no session for 31 days of school time. */
export const cohortSilence: FindAlerts = (ctx, scope, today) =>
  silenceOf(ctx, scope, { today, isMeant: ({ scheme }) => scheme === ptech.code })

/** The same of groups of other schemes; of those of one young person their own rules tell. */
export const groupSilence: FindAlerts = (ctx, scope, today) =>
  silenceOf(ctx, scope, {
    today,
    isMeant: ({ scheme }) => scheme !== ptech.code && !schemeOf(scheme).ofOne,
  })

async function silenceOf(
  { db }: Context,
  scope: Scope,
  { today, isMeant }: Readonly<{ today: string; isMeant: (one: Followed) => boolean }>,
): Promise<Alert[]> {
  const cohorts = (await listFollowed(db, scope, today)).filter(
    (one) => isMeant(one) && isUnderWay(one, today),
  )
  const ids = cohorts.map(({ id }) => id)
  const lastDays = await lastSessionOf(db, ids)
  const stays = (await listStaysIn(db, ids)).filter((stay) => isWithin(today, stay))
  const members = Map.groupBy(stays, ({ cohortId }) => cohortId)
  const begun = cohorts.flatMap((cohort) => {
    const firstDay = members
      .get(cohort.id)
      ?.map(({ fromDay }) => fromDay)
      .toSorted()[0]
    if (firstDay === undefined) return []
    const last = lastDays.get(cohort.id)
    return [{ cohort, last, since: last !== undefined && last > firstDay ? last : firstDay }]
  })
  const earliest = begun.map(({ since }) => since).toSorted()[0] ?? today
  const calendars = new Set(begun.flatMap(({ cohort }) => calendarOf(cohort.academyCode) ?? []))
  const breaks = await breaksOfAll(db, [...calendars], earliest, today)
  return begun
    .filter(({ cohort, since }) => {
      const known = breaks.get(calendarOf(cohort.academyCode) ?? '') ?? []
      return schoolTimeSince(since, today, known) >= SILENT_DAYS
    })
    .map(({ cohort, since }) => toAlert(cohort, since))
}

function isUnderWay({ entryYear }: Followed, today: string): boolean {
  if (entryYear === null) return true
  const level = nominalLevel(entryYear, schoolYearOf(today))
  return level !== undefined && level !== 'CLOSED'
}

function toAlert({ publicId, title, scheme }: Followed, since: string): Alert {
  return {
    rule: 'AL-1',
    severity: 'due',
    words: {
      fr: 'Plus d’un mois sans séance. Si une séance a eu lieu, enregistrez-la.',
      en: 'More than a month without a session. If one took place, record it.',
    },
    place: title,
    href: `${schemeOf(scheme).group.page}/${publicId}`,
    action: SEE_COHORT,
    subject: publicId,
    since,
  }
}
