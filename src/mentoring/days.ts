import { firstInFrench } from '../web/say.js'
import type { Words } from '../words.js'
import { wrongField } from './refusals.js'

const DAY_MS = 24 * 60 * 60 * 1000

/** From its first day to its last, both within; without a last day it goes on. */
export type Period = Readonly<{ fromDay: string; untilDay: string | null }>

/** @throws {DomainError} invalid-request, unless it is a day of the calendar as YYYY-MM-DD */
export function toDay(text: string, pointer: string): string {
  if (isDay(text)) return text
  throw wrongField(pointer, {
    fr: `${text === '' ? 'Il manque la date.' : `La date « ${text.slice(0, 20)} » n’existe pas.`} Écrivez-la année-mois-jour, comme 2026-11-24.`,
    en: `${text === '' ? 'The day is missing.' : `There is no day “${text.slice(0, 20)}”.`} Write it year-month-day, such as 2026-11-24.`,
  })
}

export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  const instant = Date.parse(`${text}T00:00:00Z`)
  return !Number.isNaN(instant) && new Date(instant).toISOString().startsWith(text)
}

/** How many days a period has, its first and its last among them. */
export function countDays(fromDay: string, untilDay: string): number {
  return (Date.parse(untilDay) - Date.parse(fromDay)) / DAY_MS + 1
}

/** Full years: one more on the birthday itself. Both days as YYYY-MM-DD. */
export function ageOn(birthDate: string, day: string): number {
  const years = Number(day.slice(0, 4)) - Number(birthDate.slice(0, 4))
  return day.slice(5) >= birthDate.slice(5) ? years : years - 1
}

export function dayAfter(day: string): string {
  return new Date(Date.parse(day) + DAY_MS).toISOString().slice(0, 10)
}

/** @param month YYYY-MM */
export function lastDayOf(month: string): string {
  const [year = 0, number = 0] = month.split('-').map(Number)
  // Day 0 of the next month.
  return new Date(Date.UTC(year, number, 0)).toISOString().slice(0, 10)
}

export function isWithin(day: string, { fromDay, untilDay }: Period): boolean {
  return fromDay <= day && (untilDay === null || day <= untilDay)
}

export function overlap(one: Period, other: Period): boolean {
  return (
    (other.untilDay === null || one.fromDay <= other.untilDay) &&
    (one.untilDay === null || other.fromDay <= one.untilDay)
  )
}

const inWords = (language: string) =>
  new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: 'UTC' })
const IN_WORDS = { fr: inWords('fr-FR'), en: inWords('en-GB') }

/** How a day is shown: 24 novembre 2026, 24 November 2026. */
export function dayInWords(day: string): Words {
  const instant = new Date(`${day}T00:00:00Z`)
  return { fr: firstInFrench(IN_WORDS.fr.format(instant)), en: IN_WORDS.en.format(instant) }
}
