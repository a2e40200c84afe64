import type { Words } from '../../words.js'
import { PUBLIC_WORDS } from '../cordees/publics.js'
import { LEAST } from '../indicators/suppress.js'
import { refusedBy, wrongField } from '../refusals.js'

/** PT-20: proxies of a milieu défavorisé, which a school counts and says as totals; never of whom. */
export const SAID_PUBLICS = ['BOURSIER', 'QPV', 'EDUCATION_PRIORITAIRE'] as const
export type SaidPublic = (typeof SAID_PUBLICS)[number]

export const SAID_WORDS: Readonly<Record<SaidPublic, Words>> = {
  BOURSIER: PUBLIC_WORDS.BOURSIER,
  QPV: {
    fr: 'Habitants d’un quartier prioritaire (QPV)',
    en: 'Living in a priority neighbourhood (QPV)',
  },
  EDUCATION_PRIORITAIRE: {
    fr: 'Issus de l’éducation prioritaire',
    en: 'From priority education',
  },
}

/** Stands below every figure of them. */
export const PUBLICS_DEFINITION: Words = {
  fr: 'Totaux donnés par les établissements, par cohorte et par année scolaire (PT-20, CO-05). La part porte sur les élèves suivis des établissements qui ont donné le total de toutes leurs cohortes. Un élève peut être de plusieurs publics.',
  en: 'Totals that schools said, by cohort and school year (PT-20, CO-05). The share is of the students followed of the schools that said the total of all their cohorts. A student may be of several publics.',
}

/**
 * PT-20: a total of a cohort, at most all of it.
 *
 * @returns null for an empty field: not known
 * @throws {DomainError} rule-refused (PT-20) above the headcount, invalid-request for what is no number
 */
export function toTotal(text: string, pointer: string, headcount: number): number | null {
  const said = text.trim()
  if (said === '') return null
  if (!/^\d{1,5}$/.test(said)) {
    throw wrongField(pointer, {
      fr: `« ${said.slice(0, 20)} » n’est pas un nombre d’élèves. Donnez un nombre entier, ou laissez vide.`,
      en: `“${said.slice(0, 20)}” is no number of students. Give a whole number, or leave it empty.`,
    })
  }
  if (Number(said) <= headcount) return Number(said)
  throw refusedBy('PT-20', pointer, {
    fr: `${said} est plus que l’effectif de la cohorte, qui est de ${headcount}. Donnez ${headcount} au plus.`,
    en: `${said} is more than the cohort’s headcount, which is ${headcount}. Give ${headcount} at the most.`,
  })
}

/** PT-20: of fewer than 5 students a total would be a note about each of them. @throws {DomainError} rule-refused */
export function assertLargeEnough(headcount: number): void {
  if (headcount >= LEAST) return
  throw refusedBy('PT-20', '', {
    fr: `Cette cohorte a ${headcount} élève${headcount > 1 ? 's' : ''} de votre établissement cette année-là : sur moins de ${LEAST}, un total désignerait des élèves. Ne le donnez pas.`,
    en: `This cohort has ${headcount} student${headcount > 1 ? 's' : ''} of your school in that year: of fewer than ${LEAST}, a total would point at students. Do not give it.`,
  })
}
