import { dayAfter, isWithin, lastDayOf, type Period } from '../days.js'
import { holidaysOf } from './holidays.js'

/** Days without school, as the calendar of a zone has them; none where the calendar is not known. */
export type Breaks = readonly Period[]

/** Whether a lycée is open: Monday to Friday, but for holidays. */
export function isSchoolDay(day: string, breaks: Breaks): boolean {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay()
  if (weekday === 0 || weekday === 6) return false
  return isSchoolTime(day, breaks) && !holidaysOf(Number(day.slice(0, 4))).includes(day)
}

/**
 * How many days of a month a lycée is open.
 *
 * @param month YYYY-MM
 */
export function openSchoolDays(month: string, breaks: Breaks): number {
  return daysFrom(`${month}-01`, lastDayOf(month)).filter((day) => isSchoolDay(day, breaks)).length
}

/**
 * How many days of school time lie after a day, up to another: weekends count, holidays and the
 * months of July and August do not.
 */
export function schoolTimeSince(day: string, until: string, breaks: Breaks): number {
  return daysFrom(dayAfter(day), until).filter((one) => isSchoolTime(one, breaks)).length
}

/** July and August are no school time, whatever is known of a calendar. */
function isSchoolTime(day: string, breaks: Breaks): boolean {
  const month = day.slice(5, 7)
  return month !== '07' && month !== '08' && !breaks.some((one) => isWithin(day, one))
}

function daysFrom(first: string, last: string): string[] {
  const days: string[] = []
  for (let day = first; day <= last; day = dayAfter(day)) days.push(day)
  return days
}
