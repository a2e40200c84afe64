import { dayBefore } from '../../people/days.js'
import { findOrganisation } from '../../people/store.js'
import type { Words } from '../../words.js'
import type { Db } from '../../store/schema.js'
import { firstDayOf } from '../school-year.js'
import { isWithin } from '../days.js'
import { calendarOf } from './calendar-of.js'
import { localHolidaysOf } from './holidays.js'
import type { Breaks } from './school-days.js'
import { breaksOf, listNamedBreaks } from './store.js'

/** The days without school of a school in a school year; none where its academy is not known. */
export async function breaksOfSchool(db: Db, schoolId: number, year: number): Promise<Breaks> {
  const school = await findOrganisation(db, schoolId)
  const calendar = calendarOf(school?.academyCode ?? null)
  const days = { fromDay: firstDayOf(year), untilDay: dayBefore(firstDayOf(year + 1)) }
  const breaks = await breaksOf(db, calendar, days.fromDay, days.untilDay)
  return [...breaks, ...localBreaks(school?.uai ?? null, days)]
}

/** Days without school, and what they are called. */
export type NamedBreak = Readonly<{ fromDay: string; untilDay: string; name: Words }>

/** The same between two days, with their names. */
export async function namedBreaksOf(
  db: Db,
  schoolId: number,
  { fromDay, untilDay }: Readonly<{ fromDay: string; untilDay: string }>,
): Promise<NamedBreak[]> {
  const school = await findOrganisation(db, schoolId)
  const calendar = calendarOf(school?.academyCode ?? null)
  const breaks =
    calendar === undefined ? [] : await listNamedBreaks(db, calendar, fromDay, untilDay)
  return [...breaks, ...localBreaks(school?.uai ?? null, { fromDay, untilDay })]
}

/** Alsace and Moselle: two days more, each by itself. */
function localBreaks(
  uai: string | null,
  within: Readonly<{ fromDay: string; untilDay: string }>,
): NamedBreak[] {
  const years = new Set([within.fromDay, within.untilDay].map((day) => Number(day.slice(0, 4))))
  return [...years]
    .flatMap((year) => localHolidaysOf(uai, year))
    .filter(({ day }) => isWithin(day, within))
    .map(({ day, name }) => ({ fromDay: day, untilDay: day, name }))
}
