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
  '/schemes': {
    words: { fr: 'Dispositifs', en: 'Schemes' },
    about: {
      fr: 'les cordées, les binômes et les cohortes de votre organisation',
      en: 'the cordées, pairs and cohorts of your organisation',
    },
  },
  '/indicators': {
    words: { fr: 'Indicateurs', en: 'Indicators' },
    about: {
      fr: 'ce qui se fait, en chiffres, sans nommer personne',
      en: 'what is being done, in figures, naming nobody',
    },
  },
  '/contributions': {
    words: { fr: 'Contributions', en: 'Contributions' },
    about: {
      fr: 'ce que les entreprises ont donné et promis',
      en: 'what the companies have given and promised',
    },
  },
  '/placements': {
    words: { fr: 'Stages', en: 'Placements' },
    about: {
      fr: 'les périodes en entreprise, et ce qui leur manque',
      en: 'the placements, and what they still lack',
    },
  },
  '/confirm': {
    words: { fr: 'À confirmer', en: 'To confirm' },
    about: {
      fr: 'les séances et les stages qui attendent votre parole',
      en: 'the sessions and placements that wait for your word',
    },
  },
  '/mentors': {
    words: { fr: 'Mentors', en: 'Mentors' },
    about: {
      fr: 'qui encadre les séances, avec ou sans compte',
      en: 'who leads the sessions, with or without an account',
    },
  },
  '/import': {
    words: { fr: 'Import', en: 'Import' },
    about: { fr: 'reprendre une liste d’élèves', en: 'take over a list of students' },
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
  '/alerts': {
    words: { fr: 'Alertes', en: 'Alerts' },
    about: {
      fr: 'ce qui vous demande, et ce qu’il y a à faire',
      en: 'what asks for you, and what is to be done',
    },
  },
  '/calendar': {
    words: { fr: 'Calendrier', en: 'Calendar' },
    about: { fr: 'les vacances scolaires par zone', en: 'school holidays by zone' },
  },
  '/academy': {
    words: { fr: 'Académie', en: 'Academy' },
    about: {
      fr: 'ce que votre académie demande des séances individuelles',
      en: 'what your academy asks of one-to-one sessions',
    },
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
  '/record-openings': {
    words: { fr: 'Accès exceptionnel', en: 'Exceptional access' },
    about: {
      fr: 'ouvrir le dossier d’un élève, avec une raison',
      en: 'open the record of a student, with a reason',
    },
  },
  '/tokens': {
    words: { fr: 'Jetons', en: 'Tokens' },
    about: {
      fr: 'les accès donnés à d’autres logiciels',
      en: 'the access given to other software',
    },
  },
  '/admin/health': {
    words: { fr: 'État du service', en: 'Health' },
    about: {
      fr: 'ce qui marche, ce qui attend et ce qui a échoué',
      en: 'what works, what waits and what failed',
    },
  },
  '/admin/audit': {
    words: { fr: 'Audit', en: 'Audit' },
    about: { fr: 'ce qui a été fait, ligne par ligne', en: 'what was done, line by line' },
  },
} as const satisfies Readonly<Record<string, { words: Words; about: Words }>>
export type Place = keyof typeof PLACES

/** The pages that each role works with, the most used first. */
export const MENU: Readonly<Record<Role, readonly Place[]>> = {
  student: ['/my-badges', '/my-record', '/placements', '/dossiers'],
  'school-staff': ['/cohorts', '/schemes', '/placements', '/dossiers', '/import', '/confirm'],
  'school-approver': ['/dossiers', '/badges', '/cohorts', '/placements', '/import', '/people'],
  'liaison-officer': [
    '/cohorts',
    '/classes',
    '/contributions',
    '/confirm',
    '/mentors',
    '/dossiers',
  ],
  'company-endorser': ['/dossiers', '/confirm', '/placements', '/definitions', '/badges'],
  'company-admin': [
    '/definitions',
    '/dossiers',
    '/badges',
    '/contributions',
    '/people',
    '/mentors',
  ],
  'scheme-coordinator': ['/schemes', '/confirm', '/mentors'],
  'academic-referent': ['/indicators', '/alerts', '/classes', '/calendar', '/academy'],
  'platform-admin': [
    '/admin/health',
    '/organisations',
    '/people',
    '/tokens',
    '/calendar',
    '/record-openings',
  ],
}
