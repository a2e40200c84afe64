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
