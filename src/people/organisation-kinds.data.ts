import type { Words } from '../words.js'
import type { OrganisationKind } from './store.js'

/** What is particular to a kind of organisation: the number that it must have, and what kinds of it there are. */
type KindFact = Readonly<{
  words: Words
  /** The number that it must have. */
  number: 'uai' | 'siret' | 'academyCode' | 'none'
  /** What it may be, if that matters: one of them is then required. */
  types: Readonly<Record<string, Words>>
}>

export const ORGANISATION_FACTS: Readonly<Record<OrganisationKind, KindFact>> = {
  lycee: { words: { fr: 'Lycée', en: 'Lycée' }, number: 'uai', types: {} },
  college: { words: { fr: 'Collège', en: 'Collège (lower secondary)' }, number: 'uai', types: {} },
  company: { words: { fr: 'Entreprise', en: 'Company' }, number: 'siret', types: {} },
  // CO-01; a lycée with CPGE or STS may be a tête de cordée, too: it is a lycée here.
  'higher-education': {
    words: { fr: 'Enseignement supérieur', en: 'Higher education' },
    number: 'none',
    types: {
      UNIVERSITE: { fr: 'Université', en: 'University' },
      GRANDE_ECOLE: { fr: 'Grande école', en: 'Grande école' },
      ECOLE_SERVICE_PUBLIC: { fr: 'École du service public', en: 'School of public service' },
    },
  },
  // JM-01
  'mentoring-structure': {
    words: { fr: 'Structure de mentorat', en: 'Mentoring structure' },
    number: 'siret',
    types: {
      ASSOCIATION: { fr: 'Association', en: 'Association' },
      INSTITUTION: { fr: 'Institution', en: 'Institution' },
      FONDATION: { fr: 'Fondation', en: 'Foundation' },
    },
  },
  academy: { words: { fr: 'Académie', en: 'Academy' }, number: 'academyCode', types: {} },
}
