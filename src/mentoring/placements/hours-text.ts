import { wrongField } from '../refusals.js'

/**
 * A duration as people write it: 7, 7,5, 7 h, 7 h 30.
 *
 * @returns minutes
 * @throws {DomainError} invalid-request
 */
export function toMinutes(text: string, pointer: string): number {
  const [, whole, tenths, minutes] =
    /^(\d{1,3})(?:[.,](\d{1,2})|\s*h\s*([0-5]?\d)?)?\s*h?$/i.exec(text.trim()) ?? []
  if (whole !== undefined) {
    const rest =
      tenths === undefined ? Number(minutes ?? 0) : Math.round(Number(`0.${tenths}`) * 60)
    return Number(whole) * 60 + rest
  }
  throw wrongField(pointer, {
    fr: `« ${text.slice(0, 20)} » n’est pas une durée. Écrivez-la comme 7 h ou 7 h 30.`,
    en: `“${text.slice(0, 20)}” is not a duration. Write it like 7 h or 7 h 30.`,
  })
}
