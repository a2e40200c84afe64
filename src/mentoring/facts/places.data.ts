import type { Words } from '../../words.js'

/** Where a session took place, in the order in which forms offer it. */
export const PLACES = ['SCHOOL', 'COMPANY', 'ONLINE', 'ELSEWHERE'] as const
export type PlaceCode = (typeof PLACES)[number]

export const PLACE_WORDS: Readonly<Record<PlaceCode, Words>> = {
  SCHOOL: { fr: 'Dans l’établissement', en: 'At school' },
  COMPANY: { fr: 'Dans l’entreprise', en: 'At the company' },
  ONLINE: { fr: 'À distance', en: 'Online' },
  ELSEWHERE: { fr: 'Ailleurs', en: 'Elsewhere' },
}
