import type { Words } from '../words.js'

/** What was accepted, in a few words: the whole sentence was read when it was. */
export const WARNING_NAMES: Readonly<Record<string, Words>> = {
  'PT-05': { fr: 'Petit groupe plus grand que d’usage', en: 'Small group larger than usual' },
  'PT-06': {
    fr: 'Sujet non convenu avec l’agent de liaison',
    en: 'Topic not agreed with the liaison officer',
  },
  'PT-07': {
    fr: 'Immersion non coordonnée par l’agent de liaison',
    en: 'Immersion not coordinated by the liaison officer',
  },
  'PFMP-03': { fr: 'Tuteur de plus de trois stagiaires', en: 'Tutor of more than three trainees' },
  'PFMP-04': {
    fr: 'Quota de stagiaires du site dépassé',
    en: 'Quota of trainees of the site passed',
  },
  'PFMP-05': { fr: 'Journée longue pour un mineur', en: 'Long day for a minor' },
  'PFMP-06': { fr: 'Semaine longue pour un mineur', en: 'Long week for a minor' },
  'PFMP-07': { fr: 'Travail de nuit d’un mineur', en: 'Night work of a minor' },
  'PFMP-08': { fr: 'Repos trop court pour un mineur', en: 'Rest too short for a minor' },
  'PFMP-10': {
    fr: 'Travaux réglementés sans déclaration du site qui soit valable',
    en: 'Regulated work without a valid declaration of the site',
  },
  'JM-03': {
    fr: 'Inscription nationale à compléter',
    en: 'National registration to be completed',
  },
  'JM-04': { fr: 'Âge hors du plan national', en: 'Age outside the national plan' },
  'MENT-01': {
    fr: 'Mentor dont la vérification n’est pas à jour, sans adulte du lycée présent',
    en: 'Mentor whose vetting is not up to date, no adult of the school present',
  },
}

export function warningName(rule: string): Words {
  return (
    WARNING_NAMES[rule] ?? { fr: `Avertissement ${rule} accepté`, en: `Warning ${rule} accepted` }
  )
}
