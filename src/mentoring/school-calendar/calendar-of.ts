import { ACADEMIES, academyOf } from '../../people/academies.data.js'
import type { Words } from '../../words.js'

/**
 * The calendar that an academy follows: its zone, or its own code where it is in none.
 *
 * @param academyCode of a school; null: not told
 * @returns undefined where nobody knows
 */
export function calendarOf(academyCode: string | null): string | undefined {
  const academy = academyCode === null ? undefined : academyOf(academyCode)
  return academy && (academy.zone ?? academy.code)
}

/** Every calendar that there may be, those of the zones first. */
export const CALENDARS: readonly string[] = [
  ...new Set(['A', 'B', 'C', ...ACADEMIES.map(({ zone, code }) => zone ?? code)]),
]

export function calendarWords(calendar: string): Words {
  const name = academyOf(calendar)?.name
  return name === undefined
    ? { fr: `Zone ${calendar}`, en: `Zone ${calendar}` }
    : { fr: `Académie : ${name}`, en: `Academy: ${name}` }
}
