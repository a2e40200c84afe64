import { dayBefore } from '../../people/days.js'
import { findOrganisation } from '../../people/store.js'
import type { Db } from '../../store/schema.js'
import { firstDayOf } from '../school-year.js'
import { calendarOf } from './calendar-of.js'
import type { Breaks } from './school-days.js'
import { breaksOf } from './store.js'

/** The days without school of a school in a school year; none where its academy is not known. */
export async function breaksOfSchool(db: Db, schoolId: number, year: number): Promise<Breaks> {
  const school = await findOrganisation(db, schoolId)
  const calendar = calendarOf(school?.academyCode ?? null)
  return breaksOf(db, calendar, firstDayOf(year), dayBefore(firstDayOf(year + 1)))
}
