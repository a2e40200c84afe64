import { classPages } from './classes/class-pages.js'
import { cohortPages } from './cohorts/cohort-pages.js'
import { confirmLinkPages } from './facts/confirm-link-pages.js'
import { confirmPages } from './facts/confirm-pages.js'
import { factPages } from './facts/fact-pages.js'
<<<<<<< HEAD
import { sessionPages } from './facts/session-pages.js'
=======
import { mentorPages } from './mentors/pages.js'
>>>>>>> w-record
import { studentPages } from './students/student-pages.js'

export const mentoringPages = [
  ...classPages,
  ...cohortPages,
  ...studentPages,
  ...confirmPages,
  ...mentorPages,
  ...confirmLinkPages,
  ...factPages,
  ...sessionPages,
]
