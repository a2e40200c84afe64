import type { Words } from '../../words.js'
import { wrongField } from '../refusals.js'

/** Who has a function for a class; its liaison officer is kept apart (PT-10). */
export const CLASS_FUNCTIONS = [
  'ACADEMIC_REFERENT',
  'INSPECTOR',
  'LEAD_TEACHER',
  'CAMPUS_DIRECTOR',
] as const
export type ClassFunction = (typeof CLASS_FUNCTIONS)[number]

export const FUNCTION_WORDS: Readonly<Record<ClassFunction, Words>> = {
  ACADEMIC_REFERENT: { fr: 'Référent académique', en: 'Academic referent' },
  INSPECTOR: { fr: 'Inspecteur', en: 'Inspector' },
  LEAD_TEACHER: { fr: 'Professeur responsable du projet', en: 'Teacher in charge of the project' },
  CAMPUS_DIRECTOR: {
    fr: 'Direction du campus des métiers',
    en: 'Director of the campus des métiers',
  },
}

/** @throws {DomainError} invalid-request */
export function toClassFunction(text: string): ClassFunction {
  const found = CLASS_FUNCTIONS.find((known) => known === text)
  if (found) return found
  throw wrongField('/function', {
    fr: 'Choisissez la fonction de cette personne.',
    en: 'Choose the function of this person.',
  })
}
