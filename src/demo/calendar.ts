const DAY_MS = 86_400_000

/** First and last days off of zone A, alike in each year of the demo; summer is from 4 July. */
const HOLIDAYS: readonly (readonly [from: string, until: string])[] = [
  ['01-01', '01-04'],
  ['02-07', '02-22'],
  ['04-04', '04-19'],
  ['05-01', '05-01'],
  ['05-08', '05-08'],
  ['07-04', '08-31'],
  ['10-18', '11-02'],
  ['11-11', '11-11'],
  ['12-20', '12-31'],
]

export function addDays(day: string, days: number): string {
  return new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10)
}

export function isWorkday(day: string): boolean {
  const weekday = new Date(day).getUTCDay()
  return weekday !== 0 && weekday !== 6
}

export function isSchoolDay(day: string): boolean {
  const date = day.slice(5)
  return isWorkday(day) && !HOLIDAYS.some(([from, until]) => from <= date && date <= until)
}

/** The day itself, or the first school day after it. */
export function schoolDayFrom(day: string): string {
  return isSchoolDay(day) ? day : schoolDayFrom(addDays(day, 1))
}

/** The first school day from a day on, or the last one before it where the month has none after it. */
export function schoolDayOfMonth(day: string): string {
  const after = schoolDayFrom(day)
  return after.slice(0, 7) === day.slice(0, 7) ? after : schoolDayBefore(day)
}

function schoolDayBefore(day: string): string {
  const before = addDays(day, -1)
  return isSchoolDay(before) ? before : schoolDayBefore(before)
}

/** The day itself, or the first Monday to Friday after it. */
export function workdayFrom(day: string): string {
  return isWorkday(day) ? day : workdayFrom(addDays(day, 1))
}

/** The first Monday on or after a day. */
export function mondayFrom(day: string): string {
  return new Date(day).getUTCDay() === 1 ? day : mondayFrom(addDays(day, 1))
}

/**
 * A day of a school year: October 2026 and March 2027 are both of the year 2026.
 *
 * @param date MM-DD
 */
export function dayOf(schoolYear: number, date: string): string {
  return `${date >= '08-15' ? schoolYear : schoolYear + 1}-${date}`
}

/** An instant of a day, at an hour that is within office hours in Paris all the year. */
export function at(day: string, hour: number, minute = 0): string {
  const two = (figure: number) => String(figure).padStart(2, '0')
  return `${day}T${two(hour)}:${two(minute)}:00.000Z`
}
