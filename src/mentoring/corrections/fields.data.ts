import type { Words } from '../../words.js'

/** What tells who a student is, and staff may correct. */
export const IDENTITY_FIELDS = ['givenName', 'familyName', 'birthDate', 'sex', 'ine'] as const
export type IdentityField = (typeof IDENTITY_FIELDS)[number]

/** What may be said to be wrong. */
export const ASKED_FIELDS = [...IDENTITY_FIELDS, 'other'] as const
export type AskedField = (typeof ASKED_FIELDS)[number]

export const FIELD_WORDS: Readonly<Record<AskedField, Words>> = {
  givenName: { fr: 'le prénom', en: 'the given name' },
  familyName: { fr: 'le nom de famille', en: 'the family name' },
  birthDate: { fr: 'la date de naissance', en: 'the birth date' },
  sex: { fr: 'le sexe', en: 'the sex' },
  ine: { fr: 'le numéro national (INE)', en: 'the national number (INE)' },
  other: { fr: 'autre chose, dite ci-dessous', en: 'something else, told below' },
}

export const OUTCOMES = ['corrected', 'refused'] as const
export type Outcome = (typeof OUTCOMES)[number]
export const OUTCOME_WORDS: Readonly<Record<Outcome, Words>> = {
  corrected: { fr: 'corrigé', en: 'corrected' },
  refused: { fr: 'refusé', en: 'refused' },
}
