import { ptech } from '../schemes/ptech.js'
import { cordees } from '../schemes/cordees.js'
import { oneMentor } from '../schemes/one-mentor.js'
import type { Words } from '../../words.js'

/**
 * Figures that others published of a scheme, nation-wide. Never added to, divided by or drawn beside what is
 * counted here: other years, other definitions.
 */
export type ReferenceFigure = Readonly<{
  scheme: string
  words: Words
  source: string
  /** Read in the source itself; what is not is kept here and never shown. */
  verified: boolean
}>

export const REFERENCE_FIGURES: readonly ReferenceFigure[] = [
  {
    scheme: ptech.code,
    words: {
      fr: '15 lycées et 300 jeunes (vers mars 2022)',
      en: '15 lycées and 300 young people (about March 2022)',
    },
    source: 'blog « Mentorat en lycée professionnel : l’expérience P-Tech »',
    verified: false,
  },
  {
    scheme: cordees.code,
    words: {
      fr: '14 873 lycéens professionnels accompagnés en 2021-2022',
      en: '14,873 students of vocational lycées accompanied in 2021-2022',
    },
    source: 'eduscol.education.fr/3762, février 2023',
    verified: true,
  },
  {
    scheme: cordees.code,
    words: {
      fr: '831 cordées et 180 000 élèves fin 2022, dont environ 15 000 en lycée professionnel',
      en: '831 cordées and 180,000 students at the end of 2022, about 15,000 of them in vocational lycées',
    },
    source: 'banquedesterritoires.fr',
    verified: true,
  },
  {
    scheme: cordees.code,
    words: {
      fr: '162 000 bénéficiaires en 2024, plus de 1 000 cordées et de 3 600 établissements',
      en: '162,000 beneficiaries in 2024, more than 1,000 cordées and 3,600 schools',
    },
    source: 'cordeesdelareussite.fr',
    verified: true,
  },
  {
    scheme: oneMentor.code,
    words: {
      fr: 'de 30 000 jeunes mentorés en 2020 à 160 000 en 2023',
      en: 'from 30,000 young people mentored in 2020 to 160,000 in 2023',
    },
    source: 'injep.fr',
    verified: true,
  },
  {
    scheme: oneMentor.code,
    words: {
      fr: 'plusieurs heures par mois pendant six mois au moins',
      en: 'several hours a month for six months or more',
    },
    source: 'apahf.org, cariforefoccitanie.fr',
    verified: false,
  },
]

/** Those of a scheme that may be shown. */
export function referencesOf(scheme: string): ReferenceFigure[] {
  return REFERENCE_FIGURES.filter((one) => one.scheme === scheme && one.verified)
}
