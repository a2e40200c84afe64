import { dayInWords, toDay } from '../days.js'
import { wrongField } from '../refusals.js'
import { firstDayOf, schoolYearLabel, schoolYearOf } from '../school-year.js'

/** What a person says of a break. */
export type BreakDates = Readonly<{
  fromDay: string
  untilDay: string
  /** Where the dates were read. */
  source: string
  /** They were held against the official calendar. */
  verified: boolean
}>

/** A break as it is kept. @throws {DomainError} invalid-request */
export function toBreak(input: BreakDates, schoolYear: number, today: string) {
  const from_day = toDay(input.fromDay, '/fromDay')
  const until_day = toDay(input.untilDay, '/untilDay')
  if (until_day < from_day) {
    throw wrongField('/untilDay', {
      fr: `Le dernier jour (${dayInWords(until_day).fr}) est avant le premier. Corrigez l’une des deux dates.`,
      en: `The last day (${dayInWords(until_day).en}) is before the first. Correct one of the two dates.`,
    })
  }
  assertInYear(from_day, '/fromDay', schoolYear)
  assertInYear(until_day, '/untilDay', schoolYear)
  const source = input.source.trim()
  if (source === '') {
    throw wrongField('/source', {
      fr: 'Il manque la source. Dites où vous avez lu ces dates : un arrêté, une page officielle.',
      en: 'The source is missing. Say where you read these dates: an order, an official page.',
    })
  }
  return { from_day, until_day, source, verified_on: input.verified ? today : null }
}

function assertInYear(day: string, pointer: string, schoolYear: number): void {
  if (schoolYearOf(day) === schoolYear) return
  const [on, first] = [dayInWords(day), dayInWords(firstDayOf(schoolYear))]
  const label = schoolYearLabel(schoolYear)
  throw wrongField(pointer, {
    fr: `Le ${on.fr} n’est pas dans l’année scolaire ${label}, qui commence le ${first.fr}. Corrigez la date ou l’année.`,
    en: `${on.en} is not in the school year ${label}, which begins on ${first.en}. Correct the day or the year.`,
  })
}
