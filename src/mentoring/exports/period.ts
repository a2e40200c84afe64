import { dayBefore } from '../../people/days.js'
import type { Closed } from '../calendar/month.js'
import { firstDayOf } from '../school-year.js'

/** A school year, from its first day to the day before the next one. */
export function yearPeriod(year: number): Closed {
  return { fromDay: firstDayOf(year), untilDay: dayBefore(firstDayOf(year + 1)) }
}
