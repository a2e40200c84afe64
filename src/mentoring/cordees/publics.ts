import { wrongField } from '../refusals.js'
import type { Period } from '../days.js'
import { isLyceePro, type LevelCode } from '../levels.js'
import { schoolYearOf } from '../school-year.js'
import type { Words } from '../../words.js'

/** CO-05: what makes all students of a school a priority public. */
export const TRAITS = ['EDUCATION_PRIORITAIRE', 'RURAL_ISOLE'] as const
export type Trait = (typeof TRAITS)[number]

/** CO-05 and PT-20: what is known of a student only to their school, which counts; nothing is kept of who. */
export const COUNTED = ['QPV', 'BOURSIER'] as const
export type Counted = (typeof COUNTED)[number]

export type Public = Trait | Counted | 'LYCEEN_PRO'

export const PUBLIC_WORDS: Readonly<Record<Public, Words>> = {
  EDUCATION_PRIORITAIRE: { fr: 'Éducation prioritaire', en: 'Priority education' },
  RURAL_ISOLE: { fr: 'Zone rurale et isolée', en: 'Rural and remote area' },
  LYCEEN_PRO: { fr: 'Lycéens professionnels', en: 'Students of lycées professionnels' },
  QPV: { fr: 'Quartiers prioritaires (QPV)', en: 'Priority neighbourhoods (QPV)' },
  BOURSIER: { fr: 'Boursiers', en: 'Holders of a bursary' },
}

/** Fewer than this many are not told outside their school: a cell of a report that points at nobody. */
export const SMALLEST_CELL = 5

/**
 * CO-05: how many students are of each public that the school or the level tells.
 *
 * @param students each with what their school is today
 */
export function computedPublics(
  students: readonly Readonly<{ level: LevelCode | undefined; traits: readonly string[] }>[],
): Readonly<Record<Trait | 'LYCEEN_PRO', number>> {
  const having = (trait: Trait) => students.filter(({ traits }) => traits.includes(trait)).length
  return {
    EDUCATION_PRIORITAIRE: having('EDUCATION_PRIORITAIRE'),
    RURAL_ISOLE: having('RURAL_ISOLE'),
    LYCEEN_PRO: students.filter(({ level }) => level !== undefined && isLyceePro(level)).length,
  }
}

/**
 * CO-07: the students who were followed in two school years or more, up to a day.
 *
 * @param stays every time that a student spent in the cordée
 */
export function followedSeveralYears(
  stays: readonly (Period & Readonly<{ studentId: number }>)[],
  today: string,
): number {
  const years = new Map<number, Set<number>>()
  for (const { studentId, fromDay, untilDay } of stays) {
    const last = untilDay === null || untilDay > today ? today : untilDay
    const own = years.get(studentId) ?? new Set()
    for (let year = schoolYearOf(fromDay); year <= schoolYearOf(last); year += 1) own.add(year)
    years.set(studentId, own)
  }
  return [...years.values()].filter(({ size }) => size >= 2).length
}

/**
 * A count that a school gives: a whole number, of the students that it has in the cordée at most.
 *
 * @returns null for an empty field: not known
 * @throws {DomainError} invalid-request
 */
export function toCount(text: string, pointer: string, most: number): number | null {
  if (text.trim() === '') return null
  const count = /^\d{1,5}$/.test(text.trim()) ? Number(text) : Number.NaN
  if (count <= most) return count
  throw wrongField(pointer, {
    fr: `Donnez un nombre de 0 à ${most}, celui de vos élèves suivis cette année, ou laissez vide.`,
    en: `Give a number from 0 to ${most}, that of your students followed this year, or leave it empty.`,
  })
}

export function isTrait(text: string): text is Trait {
  return TRAITS.some((trait) => trait === text)
}
