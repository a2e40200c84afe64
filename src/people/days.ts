import type { Context } from '../context.js'

/** The day that it is at school: rights and enrolments begin and end with days. */
export function today(ctx: Pick<Context, 'now' | 'config'>): string {
  return dayAt(ctx.now(), ctx.config.timeZone)
}

/** Nodes may differ by less; what is further ahead was written by a clock that was wrong. */
const AHEAD_MS = 10 * 60_000

/** Whether an instant that was written when it was now is still to come: what lasts from then on would last too long. */
export function isAhead(written: string, ctx: Pick<Context, 'now'>): boolean {
  return Date.parse(written) > ctx.now().getTime() + AHEAD_MS
}

/** @returns YYYY-MM-DD */
export function dayAt(instant: Date, timeZone: string): string {
  const kept = formats.get(timeZone)
  // Sweden writes days as ISO 8601 does.
  const format = kept ?? new Intl.DateTimeFormat('sv-SE', { timeZone })
  if (!kept) formats.set(timeZone, format)
  return format.format(instant)
}

/** By time zone: to make one takes 30 times as long as to use it, and every request asks for the day. */
const formats = new Map<string, Intl.DateTimeFormat>()

/** @param day YYYY-MM-DD */
export function dayBefore(day: string): string {
  const date = new Date(`${day}T00:00:00Z`)
  date.setUTCDate(date.getUTCDate() - 1)
  return date.toISOString().slice(0, 10)
}

/** @param day YYYY-MM-DD */
export function dayAfter(day: string, days: number): string {
  const date = new Date(`${day}T00:00:00Z`)
  date.setUTCDate(date.getUTCDate() + days)
  return date.toISOString().slice(0, 10)
}

/**
 * The instant at which clocks of a time zone show a day and a time; of two, at the end of summer, the earlier.
 *
 * @param time HH:MM
 */
export function instantOf(day: string, time: string, timeZone: string): Date {
  const shown = new Intl.DateTimeFormat('sv-SE', {
    timeZone,
    dateStyle: 'short',
    timeStyle: 'medium',
  })
  const wanted = Date.parse(`${day}T${time}:00Z`)
  const ahead = (at: number) => Date.parse(`${shown.format(at).replace(' ', 'T')}Z`) - at
  // What is ahead a day before is so still, or has just changed.
  const before = wanted - ahead(wanted - 86_400_000)
  return new Date(before + ahead(before) === wanted ? before : wanted - ahead(before))
}
