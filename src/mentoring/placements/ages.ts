import type { Words } from '../../words.js'
import { ageOn } from '../days.js'

/** All that anybody is told of an age. */
export type AgeGroup = 'UNDER_15' | 'UNDER_16' | 'MINOR' | 'ADULT'

/** Regulated work begins at 15; to a reader that is the same as under 16. */
export const AGE_WORDS: Readonly<Record<AgeGroup, Words>> = {
  UNDER_15: { fr: 'moins de 16 ans', en: 'under 16' },
  UNDER_16: { fr: 'moins de 16 ans', en: 'under 16' },
  MINOR: { fr: 'mineur', en: 'minor' },
  ADULT: { fr: 'majeur', en: 'adult' },
}

/** @param birthDate YYYY-MM-DD, as the vault opens it */
export function ageGroupOn(birthDate: string, day: string): AgeGroup {
  const age = ageOn(birthDate, day)
  if (age < 15) return 'UNDER_15'
  if (age < 16) return 'UNDER_16'
  return age < 18 ? 'MINOR' : 'ADULT'
}

export function toAgeGroup(code: string): AgeGroup {
  return code in AGE_WORDS ? (code as AgeGroup) : 'ADULT'
}
