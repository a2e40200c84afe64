import { dayAfter, lastDayOf, type Period } from '../days.js'

const MONTH = /^(\d{4})-(0[1-9]|1[0-2])$/

/** The month that is asked for, YYYY-MM; that of `today` for anything that is none. */
export function toMonth(asked: string | undefined, today: string): string {
  return asked !== undefined && MONTH.test(asked) ? asked : today.slice(0, 7)
}

/** @returns YYYY-MM, so many months later, or earlier for a negative number */
export function monthsLater(month: string, count: number): string {
  const [year = 0, number = 1] = month.split('-').map(Number)
  return new Date(Date.UTC(year, number - 1 + count)).toISOString().slice(0, 7)
}

export function periodOf(month: string): Closed {
  return { fromDay: `${month}-01`, untilDay: lastDayOf(month) }
}

/** A period that ends. */
export type Closed = Period & Readonly<{ untilDay: string }>

/** The weeks of a month, Monday to Sunday, with the days of other months that fill the first and the last. */
export function weeksOf(month: string): string[][] {
  const { fromDay, untilDay } = periodOf(month)
  const weeks: string[][] = []
  for (let day = mondayOf(fromDay); day <= untilDay;) {
    const week: string[] = []
    while (week.length < 7) {
      week.push(day)
      day = dayAfter(day)
    }
    weeks.push(week)
  }
  return weeks
}

function mondayOf(day: string): string {
  const date = new Date(`${day}T00:00:00Z`)
  // Sunday is 0, and the last of its week.
  date.setUTCDate(date.getUTCDate() - ((date.getUTCDay() + 6) % 7))
  return date.toISOString().slice(0, 10)
}
