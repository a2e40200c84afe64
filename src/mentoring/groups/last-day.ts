import { dayInWords, toDay } from '../days.js'
import { wrongField } from '../refusals.js'

/**
 * The last day of something that goes on: not before it began, and not to come.
 *
 * @throws {DomainError} invalid-request
 */
export function toLastDay(
  text: string,
  { fromDay, today }: Readonly<{ fromDay: string; today: string }>,
  pointer = '/lastDay',
): string {
  const day = toDay(text, pointer)
  if (day >= fromDay && day <= today) return day
  const [first, last] = [dayInWords(fromDay), dayInWords(today)]
  throw wrongField(pointer, {
    fr: `Donnez un jour du ${first.fr}, où cela a commencé, au ${last.fr}.`,
    en: `Give a day from ${first.en}, when it began, to ${last.en}.`,
  })
}
