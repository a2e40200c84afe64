import type { Words } from '../words.js'

/** From the lowest to the highest, the vocational way before the general and technological one. */
export const LEVELS = [
  '6E',
  '5E',
  '4E',
  '3E',
  '2NDE_PRO',
  '1RE_PRO',
  'TLE_PRO',
  'BTS1',
  'BTS2',
  '2NDE_GT',
  '1RE_GT',
  'TLE_GT',
  'AU_DELA',
] as const
export type LevelCode = (typeof LEVELS)[number]

const COLLEGE: readonly LevelCode[] = ['6E', '5E', '4E', '3E']
/** P-TECH cohorts run through the last five. */
const VOCATIONAL: readonly LevelCode[] = [
  ...COLLEGE,
  '2NDE_PRO',
  '1RE_PRO',
  'TLE_PRO',
  'BTS1',
  'BTS2',
]
/** Beyond the lycée everything but a BTS is one level: only the Cordées follow students there. */
const GENERAL: readonly LevelCode[] = [...COLLEGE, '2NDE_GT', '1RE_GT', 'TLE_GT', 'AU_DELA']

export const LEVEL_WORDS: Readonly<Record<LevelCode, Words>> = {
  '6E': { fr: '6e', en: '6e (lower secondary, first year)' },
  '5E': { fr: '5e', en: '5e (lower secondary, second year)' },
  '4E': { fr: '4e', en: '4e (lower secondary, third year)' },
  '3E': { fr: '3e', en: '3e (lower secondary, last year)' },
  '2NDE_PRO': { fr: '2de pro', en: '2de pro (first year of three)' },
  '1RE_PRO': { fr: '1re pro', en: '1re pro (second year of three)' },
  TLE_PRO: { fr: 'Tle pro', en: 'Tle pro (last year of three)' },
  BTS1: { fr: 'BTS 1re année', en: 'BTS, first year' },
  BTS2: { fr: 'BTS 2e année', en: 'BTS, second year' },
  '2NDE_GT': { fr: '2de générale et technologique', en: '2de (general and technological)' },
  '1RE_GT': { fr: '1re générale ou technologique', en: '1re (general or technological)' },
  TLE_GT: { fr: 'Tle générale ou technologique', en: 'Tle (general or technological)' },
  AU_DELA: { fr: 'Après la terminale', en: 'Beyond the lycée' },
}

/** First digits of MEFSTAT11: what the ministry's statistics call the three years of a bac pro. */
const LEVEL_OF_MEFSTAT4: Readonly<Record<string, LevelCode>> = {
  '2381': '2NDE_PRO',
  '2382': '1RE_PRO',
  '2383': 'TLE_PRO',
}

/**
 * Dispositif (first three digits of a MEF), then duration and year (its last two). 247 is the
 * bac pro in three years; 311 the BTS in two, whose codes are derived from the pattern.
 */
const LEVEL_OF_MEF: Readonly<Record<string, LevelCode>> = {
  '247-31': '2NDE_PRO',
  '247-32': '1RE_PRO',
  '247-33': 'TLE_PRO',
  '311-21': 'BTS1',
  '311-22': 'BTS2',
}

/**
 * Whether a level is the floor or comes after it on the same way through school: a 1re générale is after
 * the 3e, and neither before nor after a 2de pro.
 */
export function isAtLeast(level: LevelCode, floor: LevelCode): boolean {
  return [VOCATIONAL, GENERAL].some(
    (way) => way.includes(floor) && way.indexOf(level) >= way.indexOf(floor),
  )
}

/** CO-05: in a lycée professionnel. */
export function isLyceePro(level: LevelCode): boolean {
  return level === '2NDE_PRO' || level === '1RE_PRO' || level === 'TLE_PRO'
}

export function isLevel(text: string): text is LevelCode {
  return LEVELS.some((level) => level === text)
}

/**
 * A MEF code as it is compared: its ten digits.
 *
 * @returns undefined for what is no MEF; SIECLE writes an eleventh character, which is dropped
 */
export function toMef(text: string): string | undefined {
  return /^(\d{10})[0-9A-Z]?$/.exec(text.trim())?.[1]
}

/** @returns undefined for a MEF that is of no level this service knows: a CAP, say */
export function levelOfMef(mef: string): LevelCode | undefined {
  return LEVEL_OF_MEF[`${mef.slice(0, 3)}-${mef.slice(8, 10)}`]
}

export function levelOfMefStat4(code: string): LevelCode | undefined {
  return LEVEL_OF_MEFSTAT4[code.slice(0, 4)]
}

const COURSE = ['2NDE_PRO', '1RE_PRO', 'TLE_PRO', 'BTS1', 'BTS2'] as const

/**
 * PT-12: the level that a cohort has by the calendar, whatever its students do.
 *
 * @returns 'CLOSED' after its fifth school year, undefined before its first
 */
export function nominalLevel(entryYear: number, year: number): LevelCode | 'CLOSED' | undefined {
  if (year < entryYear) return undefined
  return COURSE[year - entryYear] ?? 'CLOSED'
}
