import type { Role } from '../context.js'
import type { Words } from '../words.js'

export const PLACES = {
  '/my-badges': {
    words: { fr: 'Mes badges', en: 'My badges' },
    about: {
      fr: 'ceux que vous avez reçus, et à qui vous les montrez',
      en: 'those that you received, and to whom you show them',
    },
  },
  '/my-record': {
    words: { fr: 'Mon parcours', en: 'My record' },
    about: {
      fr: 'vos séances et vos stages, et qui les a lus',
      en: 'your sessions and placements, and who has read them',
    },
  },
  '/dossiers': {
    words: { fr: 'Dossiers', en: 'Dossiers' },
    about: {
      fr: 'les badges en préparation, et ce qui leur manque',
      en: 'badges under way, and what they still lack',
    },
  },
  '/cohorts': {
    words: { fr: 'Cohortes', en: 'Cohorts' },
    about: {
      fr: 'les élèves suivis, leurs séances et leurs stages',
      en: 'the students followed, their sessions and placements',
    },
  },
  '/classes': {
    words: { fr: 'Classes', en: 'Classes' },
    about: { fr: 'les classes et leurs élèves', en: 'the classes and their students' },
  },
  '/confirm': {
    words: { fr: 'À confirmer', en: 'To confirm' },
    about: {
      fr: 'les séances et les stages qui attendent votre parole',
      en: 'the sessions and placements that wait for your word',
    },
  },
  '/import': {
    words: { fr: 'Import', en: 'Import' },
    about: { fr: 'reprendre une liste d’élèves', en: 'take over a list of students' },
  },
  '/indicators': {
    words: { fr: 'Indicateurs', en: 'Indicators' },
    about: {
      fr: 'ce qui se fait, en chiffres, sans nommer personne',
      en: 'what is being done, in figures, naming nobody',
    },
  },
  '/definitions': {
    words: { fr: 'Définitions', en: 'Definitions' },
    about: {
      fr: 'les badges que votre entreprise définit',
      en: 'the badges that your company defines',
    },
  },
  '/badges': {
    words: { fr: 'Badges', en: 'Badges' },
    about: { fr: 'ceux qui ont été délivrés', en: 'those that were issued' },
  },
  '/people': {
    words: { fr: 'Personnes', en: 'People' },
    about: { fr: 'les comptes et leurs rôles', en: 'accounts and their roles' },
  },
  '/organisations': {
    words: { fr: 'Organisations', en: 'Organisations' },
    about: {
      fr: 'les lycées et les entreprises admis, et leurs clés',
      en: 'the lycées and companies admitted, and their keys',
    },
  },
  '/tokens': {
    words: { fr: 'Jetons', en: 'Tokens' },
    about: {
      fr: 'les accès donnés à d’autres logiciels',
      en: 'the access given to other software',
    },
  },
} as const satisfies Readonly<Record<string, { words: Words; about: Words }>>
export type Place = keyof typeof PLACES

/** The pages that each role works with, the most used first. */
export const MENU: Readonly<Record<Role, readonly Place[]>> = {
  student: ['/my-badges', '/my-record', '/dossiers'],
  'school-staff': ['/cohorts', '/classes', '/dossiers', '/import', '/badges', '/confirm'],
  'school-approver': ['/dossiers', '/badges', '/cohorts', '/classes', '/import', '/people'],
  'liaison-officer': ['/cohorts', '/confirm', '/dossiers', '/indicators'],
  'company-endorser': ['/dossiers', '/confirm', '/definitions', '/badges'],
  'company-admin': ['/definitions', '/dossiers', '/badges', '/people'],
  'scheme-coordinator': [],
  'academic-referent': ['/indicators'],
  'platform-admin': ['/organisations', '/people', '/tokens'],
}
