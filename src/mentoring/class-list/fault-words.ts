import type { Words } from '../../words.js'
import type { SiecleRow } from './rows.js'

/** What each field is called by people. */
export const COLUMN_WORDS: Readonly<Record<string, Words>> = {
  ID_NATIONAL: { fr: 'identifiant national (INE)', en: 'national number (INE)' },
  NOM_DE_FAMILLE: { fr: 'nom de famille', en: 'family name' },
  NOM_USAGE: { fr: 'nom d’usage', en: 'usual name' },
  PRENOM: { fr: 'prénom', en: 'first name' },
  CODE_SEXE: { fr: 'sexe', en: 'sex' },
  DATE_NAISS: { fr: 'date de naissance', en: 'birth date' },
  CODE_MEF: { fr: 'formation (MEF)', en: 'course (MEF)' },
  CODE_STRUCTURE: { fr: 'division', en: 'division' },
  ANNEE_SCOLAIRE: { fr: 'année scolaire', en: 'school year' },
}

export const missing: Words = {
  fr: 'Ce champ est vide. Complétez-le dans SIECLE, puis exportez de nouveau.',
  en: 'This field is empty. Complete it in SIECLE, then export again.',
}

export function ine(value: string): Words {
  if (value === '') return missing
  return {
    fr: 'Ce n’est pas un INE : il a onze caractères, comme 000000001AA. Corrigez-le dans SIECLE, puis exportez de nouveau.',
    en: 'This is no INE: it has eleven characters, such as 000000001AA. Mend it in SIECLE, then export again.',
  }
}

export function ineTwice(others: readonly SiecleRow[]): Words {
  const rows = others.slice(0, 3).map(({ row, line }) => ({ row, line }))
  const fr = rows.map(({ row, line }) => `n° ${row} (ligne ${line})`).join(', ')
  const en = rows.map(({ row, line }) => `no. ${row} (line ${line})`).join(', ')
  return {
    fr: `Le même INE est aussi à l’élève ${fr}. Gardez une seule fiche dans SIECLE, puis exportez de nouveau.`,
    en: `Student ${en} has the same INE. Keep one record only in SIECLE, then export again.`,
  }
}

export const noLetter: Words = {
  fr: 'Il n’y a pas de lettre dans ce champ. Corrigez-le dans SIECLE, puis exportez de nouveau.',
  en: 'There is no letter in this field. Mend it in SIECLE, then export again.',
}

export const sex: Words = {
  fr: 'Ce code doit être 1 (masculin) ou 2 (féminin). Corrigez-le dans SIECLE, puis exportez de nouveau.',
  en: 'This code must be 1 (male) or 2 (female). Mend it in SIECLE, then export again.',
}

export function birthDate(value: string): Words {
  if (value === '') return missing
  return {
    fr: 'Cette date n’existe pas, ou n’est pas écrite jour/mois/année. Corrigez-la dans SIECLE, puis exportez de nouveau.',
    en: 'There is no such day, or it is not written day/month/year. Mend it in SIECLE, then export again.',
  }
}

export function age(min: number, max: number): Words {
  return {
    fr: `À la rentrée, l’élève aurait moins de ${min} ans ou plus de ${max} ans. Vérifiez l’année dans SIECLE, puis exportez de nouveau.`,
    en: `On the first day of school the student would be under ${min} or over ${max}. Check the year in SIECLE, then export again.`,
  }
}

export function mef(value: string): Words {
  if (value === '') return missing
  return {
    fr: 'Un code MEF a dix ou onze caractères, comme 2472250331. Corrigez-le dans SIECLE, puis exportez de nouveau.',
    en: 'A MEF code has ten or eleven characters, such as 2472250331. Mend it in SIECLE, then export again.',
  }
}

export function laterYearKnown(label: string): Words {
  return {
    fr: `Une année scolaire plus récente que ${label} est déjà enregistrée pour cet élève. Importez la liste de l’année en cours.`,
    en: `A school year later than ${label} is recorded for this student already. Import the list of the present year.`,
  }
}
