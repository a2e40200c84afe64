import { calendarPages } from './calendar/pages.js'
import { classPages } from './classes/class-pages.js'
import { cohortPages } from './cohorts/cohort-pages.js'
import { confirmPages } from './facts/confirm-pages.js'
import { exportPages } from './exports/pages.js'
import { factPages } from './facts/fact-pages.js'
import { studentPages } from './students/student-pages.js'

export const mentoringPages = [
  ...classPages,
  ...cohortPages,
  ...studentPages,
  ...confirmPages,
  ...factPages,
  ...calendarPages,
  ...exportPages,
]
