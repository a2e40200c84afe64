/** Who has a part in the demo beyond the crowd. Schools and companies by their place, from 0. */

/** The accounts that are handed out belong to these two. */
export const OWN_SCHOOL = 0
export const OWN_COMPANY = 0

/** Each company's: the first is the tutor, the second commits the company; the others are mentors. */
export const ENDORSERS = 6
export const TUTOR = 0
export const BOSS = 1

/** Each school's: the first proposes dossiers, both record and confirm. */
export const TEACHERS = 2

/** By number: a student of the own school's cohort that is in Tle. */
export const OWN_STUDENT = 17
/** By number: they say that something recorded about them is wrong. */
export const CONTESTING: readonly number[] = [18, 19, 27]
