/** The month and day on which a school year begins, all over metropolitan France. */
const FIRST_DAY = '09-01'

/**
 * The school year of a day, by the year that it starts in: 2026 is 2026-2027.
 *
 * @param day YYYY-MM-DD
 */
export function schoolYearOf(day: string): number {
  const year = Number(day.slice(0, 4))
  return day.slice(5) >= FIRST_DAY ? year : year - 1
}

export function schoolYearLabel(year: number): string {
  return `${year}-${year + 1}`
}

export function firstDayOf(year: number): string {
  return `${year}-${FIRST_DAY}`
}
