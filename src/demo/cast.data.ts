import type { Words } from '../words.js'

/** Who has a part in the demo beyond the crowd. Schools and companies by their place, from 0. */

/** The accounts that are handed out belong to these two. */
export const OWN_SCHOOL = 0
export const OWN_COMPANY = 0

/** Each company's: the first is the tutor, the second commits the company; the others are mentors. */
export const ENDORSERS = 5
export const TUTOR = 0
export const BOSS = 1

/** Each school's: the first proposes dossiers, both record and confirm. */
export const TEACHERS = 2

/** By number: a student of the own school's cohort that is in Tle. */
export const OWN_STUDENT = 17
/** Of the examples, from 0: the badge that whoever tries the demo carries through for that student; the README names it. */
export const LEFT_TO_READERS = 1
/** By number: they say that something recorded about them is wrong. */
export const CONTESTING: readonly number[] = [18, 19, 27]

/** Schools at which something is planted, for the rules to report. */
/** PT-10: no liaison officer. */
export const WITHOUT_LIAISON = 14
/** PT-16: no academic referent. */
export const WITHOUT_REFERENT = 13
/** PT-15: a class that opened without an exploration. */
export const SKIPPED_A_STEP = 11
/** PT-15: a class that is not open yet, in a school that has been there for years. */
export const OPENING = {
  school: 4,
  company: 1,
  track: 'Recyclage des matières plastiques',
  askedDaysAgo: 75,
  contactedDaysAgo: 40,
} as const
/** PT-14: the framework agreement ends in five months, and its cohorts go on. */
export const ENDING_AGREEMENT = 1
/** PT-21: what each company gave the class last year, beside what it had promised. */
export const COUNTED_DAYS = 2
export const PERSON_DAYS: readonly Readonly<{ given: number; promised: number }>[] = [
  { given: 180, promised: 150 },
  { given: 158, promised: 150 },
  { given: 70, promised: 70 },
  { given: 45, promised: 70 },
]

/** Tutors of a company beside its endorsers: none has more than three trainees at once. */
export const TUTORS = 30
export const MOST_TRAINEES = 3

/** By number, of the own school's Terminale: they have thought of what comes after it. */
export const LEAVERS = [
  { number: 18, daysAgo: 6, confirms: true },
  { number: 19, daysAgo: 1, confirms: false },
] as const

/** Invited by the own school: given name, family name, address, role, function. */
export const INVITED = [
  {
    line: [
      'Hélène',
      'Sauvignon',
      'helene.sauvignon@example.org',
      'professeure',
      'professeure de plasturgie',
    ],
    then: 'comes',
  },
  {
    line: ['Marc', 'Villedieu', 'marc.villedieu@example.org', 'professeur', 'professeur d’anglais'],
    then: 'waits',
  },
  {
    line: ['Nadia', 'Ferhat', 'nadia.ferhat@example.org', 'approbatrice', 'proviseure adjointe'],
    then: 'waits',
  },
  {
    line: ['Bruno', 'Lestrade', 'bruno.lestrade@example.org', 'professeur', ''],
    then: 'withdrawn',
  },
] as const
/** Less than an invitation lives. */
export const INVITED_DAYS_AGO = 4

export type Announced = Readonly<{
  /** Of the own school; otherwise of the platform. */
  ofSchool: boolean
  to: 'all' | 'staff'
  daysAgo: number
  days: number
  words: Words
}>
export const ANNOUNCED: readonly Announced[] = [
  {
    ofSchool: false,
    ...{ to: 'all', daysAgo: 40, days: 3 },
    words: {
      fr: 'Le service sera arrêté vendredi de 18 h à 19 h, pour une mise à jour.',
      en: 'The service will be stopped on Friday from 18:00 to 19:00, for an update.',
    },
  },
  {
    ofSchool: true,
    ...{ to: 'staff', daysAgo: 5, days: 60 },
    words: {
      fr: 'Les conventions des prochaines périodes en entreprise se déposent au bureau du DDFPT avant les vacances.',
      en: 'The agreements of the next placements are handed in at the DDFPT’s office before the holidays.',
    },
  },
]
