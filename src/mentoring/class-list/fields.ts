import type { Words } from '../../words.js'

/** What is read of a student, by the names that SIECLE gives; NIVEAU, UAI and LIGNE are ours. */
export const FIELDS = [
  'ID_NATIONAL',
  'NOM_DE_FAMILLE',
  'NOM_USAGE',
  'PRENOM',
  'DATE_NAISS',
  'CODE_SEXE',
  'CODE_STRUCTURE',
  'CODE_MEF',
  'NIVEAU',
  'DATE_SORTIE',
  'UAI',
  'ANNEE_SCOLAIRE',
  /** The row as a whole: no column is ever this. */
  'LIGNE',
] as const
export type Field = (typeof FIELDS)[number]

/** What each field is called by people. */
export const FIELD_WORDS: Readonly<Record<Field, Words>> = {
  ID_NATIONAL: { fr: 'identifiant national (INE)', en: 'national number (INE)' },
  NOM_DE_FAMILLE: { fr: 'nom de famille', en: 'family name' },
  NOM_USAGE: { fr: 'nom d’usage', en: 'usual name' },
  PRENOM: { fr: 'prénom', en: 'first name' },
  DATE_NAISS: { fr: 'date de naissance', en: 'birth date' },
  CODE_SEXE: { fr: 'sexe', en: 'sex' },
  CODE_STRUCTURE: { fr: 'division', en: 'division' },
  CODE_MEF: { fr: 'formation (MEF)', en: 'course (MEF)' },
  NIVEAU: { fr: 'niveau', en: 'level' },
  DATE_SORTIE: { fr: 'date de sortie', en: 'leaving date' },
  UAI: { fr: 'UAI de l’établissement', en: 'UAI of the school' },
  ANNEE_SCOLAIRE: { fr: 'année scolaire', en: 'school year' },
  LIGNE: { fr: 'toute la ligne', en: 'the whole row' },
}

export function isField(text: string): text is Field {
  return FIELDS.some((field) => field === text)
}
