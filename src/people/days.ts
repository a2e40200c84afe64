import type { Context } from '../context.js'

/** The day that it is at school: rights and enrolments begin and end with days. */
export function today(ctx: Pick<Context, 'now' | 'config'>): string {
  return dayAt(ctx.now(), ctx.config.timeZone)
}

/** @returns YYYY-MM-DD */
export function dayAt(instant: Date, timeZone: string): string {
  // Sweden writes days as ISO 8601 does.
  return new Intl.DateTimeFormat('sv-SE', { timeZone }).format(instant)
}

/** @param day YYYY-MM-DD */
export function dayBefore(day: string): string {
  const date = new Date(`${day}T00:00:00Z`)
  date.setUTCDate(date.getUTCDate() - 1)
  return date.toISOString().slice(0, 10)
}
