import { classPages } from './classes/class-pages.js'
import { cohortPages } from './cohorts/cohort-pages.js'
import { confirmPages } from './facts/confirm-pages.js'
import { factPages } from './facts/fact-pages.js'
import { indicatorPages } from './indicators/pages.js'
import { studentPages } from './students/student-pages.js'

export const mentoringPages = [
  ...classPages,
  ...cohortPages,
  ...studentPages,
  ...confirmPages,
  ...factPages,
  ...indicatorPages,
]
