import type { Words } from '../../words.js'
import { LOCAL_HOLIDAYS } from './local-holidays.data.js'

const DAY_MS = 24 * 60 * 60 * 1000

/** Code du travail, L3133-1; as MM-DD. Alsace and Moselle have two more: `localHolidaysOf`. */
const FIXED = ['01-01', '05-01', '05-08', '07-14', '08-15', '11-01', '11-11', '12-25']
/** Easter Monday, Ascension and Whit Monday, in days after Easter. */
const AFTER_EASTER = [1, 39, 50]

/** Easter Sunday of a year of the Gregorian calendar, by the algorithm of Meeus, Jones and Butcher. */
export function easterOf(year: number): string {
  const golden = year % 19
  const [century, ofCentury] = [Math.floor(year / 100), year % 100]
  const moon =
    (19 * golden +
      century -
      Math.floor(century / 4) -
      Math.floor((century - Math.floor((century + 8) / 25) + 1) / 3) +
      15) %
    30
  const weekday =
    (32 + 2 * (century % 4) + 2 * Math.floor(ofCentury / 4) - moon - (ofCentury % 4)) % 7
  const shift = Math.floor((golden + 11 * moon + 22 * weekday) / 451)
  const sum = moon + weekday - 7 * shift + 114
  const [month, day] = [Math.floor(sum / 31), (sum % 31) + 1]
  return new Date(Date.UTC(year, month - 1, day)).toISOString().slice(0, 10)
}

/** The public holidays of a calendar year in metropolitan France, in order. */
export function holidaysOf(year: number): readonly string[] {
  const known = computed.get(year)
  if (known) return known
  const easter = Date.parse(easterOf(year))
  const movable = AFTER_EASTER.map((days) =>
    new Date(easter + days * DAY_MS).toISOString().slice(0, 10),
  )
  const days = [...FIXED.map((day) => `${year}-${day}`), ...movable].toSorted()
  computed.set(year, days)
  return days
}

/** Every school day that is counted asks for those of its year. */
const computed = new Map<number, readonly string[]>()

/**
 * The public holidays of a calendar year that a school has more than others, by the department in its UAI.
 *
 * @param uai null: not told, or no school
 */
export function localHolidaysOf(uai: string | null, year: number): { day: string; name: Words }[] {
  const { departments, days } = LOCAL_HOLIDAYS
  if (!departments.some((department) => uai?.startsWith(department))) return []
  const easter = Date.parse(easterOf(year))
  return days.map((one) => ({
    name: one.name,
    day:
      'fixed' in one
        ? `${year}-${one.fixed}`
        : new Date(easter + one.afterEaster * DAY_MS).toISOString().slice(0, 10),
  }))
}
