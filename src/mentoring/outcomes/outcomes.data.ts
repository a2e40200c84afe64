import type { Words } from '../../words.js'

/** What a course led to: codes only. No mark, no rank and no free text is kept of a student (PT-19). */
export const OUTCOME_KINDS = ['BAC', 'BTS', 'NEXT'] as const
export type OutcomeKind = (typeof OUTCOME_KINDS)[number]

type Outcome = Readonly<{ code: string; words: Words }>

const EXAM: readonly Outcome[] = [
  { code: 'OBTENU', words: { fr: 'Obtenu', en: 'Obtained' } },
  { code: 'NON_OBTENU', words: { fr: 'Non obtenu', en: 'Not obtained' } },
]

/** PT-23: may be recorded once it is so, and is promised to nobody. */
export const HIRED = 'EMBAUCHE_PARTENAIRE'

/** Reasons for leaving a cohort that say what came next, too: nobody has to say so twice. */
export const EXITS = [HIRED, 'DECROCHAGE'] as const

export const OUTCOMES: Readonly<
  Record<OutcomeKind, Readonly<{ words: Words; outcomes: readonly Outcome[] }>>
> = {
  BAC: {
    words: { fr: 'Baccalauréat professionnel', en: 'Baccalauréat professionnel' },
    outcomes: EXAM,
  },
  BTS: { words: { fr: 'BTS', en: 'BTS' }, outcomes: EXAM },
  NEXT: {
    words: { fr: 'Suite de parcours', en: 'What came next' },
    outcomes: [
      { code: 'POURSUITE_BTS', words: { fr: 'Poursuite en BTS', en: 'Went on to a BTS' } },
      { code: 'AUTRE_FORMATION', words: { fr: 'Autre formation', en: 'Other training' } },
      {
        code: HIRED,
        words: {
          fr: 'Contrat dans une entreprise partenaire',
          en: 'Contract in a partner company',
        },
      },
      { code: 'AUTRE_EMBAUCHE', words: { fr: 'Autre emploi', en: 'Other employment' } },
      { code: 'DECROCHAGE', words: { fr: 'Décrochage', en: 'Left education' } },
      { code: 'AUTRE', words: { fr: 'Autre suite', en: 'Something else' } },
    ],
  },
}

export function outcomeWords(kind: OutcomeKind, code: string): Words {
  const known = OUTCOMES[kind].outcomes.find((one) => one.code === code)
  return known?.words ?? { fr: code, en: code }
}
