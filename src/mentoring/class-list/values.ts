import { isDay } from '../days.js'
import type { LevelCode } from '../levels.js'

/** For comparing what people write: no accents, no capitals, one space between words. */
export function plain(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, ' ')
    .trim()
}

/**
 * The day that a list means by 03/02/2011 or 2011-02-03, as YYYY-MM-DD. The year's four digits tell the
 * two apart; with two digits nobody knows the century.
 *
 * @returns undefined for what is no day
 */
export function toListedDay(text: string): string | undefined {
  const [, day = '', month = '', year] = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/.exec(text) ?? []
  // Spreadsheets add a midnight.
  const iso = /^(\d{4}-\d{2}-\d{2})(?:[T ]00:00(?::00)?)?$/.exec(text)?.[1]
  const found = year ? `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}` : iso
  return found !== undefined && isDay(found) ? found : undefined
}

const SEXES: Readonly<Record<string, 'F' | 'M'>> = {
  '1': 'M',
  m: 'M',
  h: 'M',
  g: 'M',
  masculin: 'M',
  homme: 'M',
  garcon: 'M',
  '2': 'F',
  f: 'F',
  feminin: 'F',
  femme: 'F',
  fille: 'F',
}

/** SIECLE writes 1 and 2, APLyPro h and f, others words. @returns undefined for what is none of them */
export function toSex(text: string): 'F' | 'M' | undefined {
  const key = plain(text)
  return Object.hasOwn(SEXES, key) ? SEXES[key] : undefined
}

/** How a school year is written: 2026, 2026-2027, 2026/27. @returns the year that it starts in */
export function toYear(text: string): number | undefined {
  const year = /^(20\d{2})(?:\s*[-/]\s*(?:20)?\d{2})?$/.exec(text)?.[1]
  return year === undefined ? undefined : Number(year)
}

/** No scheme follows anybody below the 4e (CO-03): those years are left out of a list. */
const LEVEL_FORMS: readonly (readonly [LevelCode, RegExp])[] = [
  ['4E', /^(4|4e|4eme|quatrieme)$/],
  ['3E', /^(3|3e|3eme|troisieme)$/],
  ['2NDE_PRO', /^(2|2nd|2nde|2de|seconde) ?(pro|professionnelle)$/],
  ['1RE_PRO', /^(1|1er|1ere|1re|premiere) ?(pro|professionnelle)$/],
  ['TLE_PRO', /^(t|tle|term|terminale) ?(pro|professionnelle)$/],
  ['2NDE_GT', /^(2|2nd|2nde|2de|seconde) ?(gt|generale|technologique|generale et technologique)$/],
  ['1RE_GT', /^(1|1er|1ere|1re|premiere) ?(gt|g|generale|technologique)$/],
  ['TLE_GT', /^(t|tle|term|terminale) ?(gt|g|generale|technologique)$/],
  ['AU_DELA', /^au ?dela$/],
  ['BTS1', /^(bts ?1|1 ?bts|bts (1re|1ere|premiere) annee)$/],
  ['BTS2', /^(bts ?2|2 ?bts|bts (2e|2eme|deuxieme|seconde) annee)$/],
]

/** A level as schools write it: « 2de pro », « TLEPRO », « BTS 1 ». @returns undefined for one that is not followed here */
export function toLevel(text: string): LevelCode | undefined {
  const key = plain(text)
  return LEVEL_FORMS.find(([, form]) => form.test(key))?.[0]
}
