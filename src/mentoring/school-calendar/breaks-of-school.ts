import { dayBefore } from '../../people/days.js'
import { findOrganisation } from '../../people/store.js'
import type { Words } from '../../words.js'
import type { Db } from '../../store/schema.js'
import { firstDayOf } from '../school-year.js'
import { calendarOf } from './calendar-of.js'
import type { Breaks } from './school-days.js'
import { breaksOf, listNamedBreaks } from './store.js'

/** The days without school of a school in a school year; none where its academy is not known. */
export async function breaksOfSchool(db: Db, schoolId: number, year: number): Promise<Breaks> {
  const school = await findOrganisation(db, schoolId)
  const calendar = calendarOf(school?.academyCode ?? null)
  return breaksOf(db, calendar, firstDayOf(year), dayBefore(firstDayOf(year + 1)))
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
  return calendar === undefined ? [] : listNamedBreaks(db, calendar, fromDay, untilDay)
}
