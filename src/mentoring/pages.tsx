import { classPages } from './class-pages.js'
import { cohortPages } from './cohort-pages.js'
import { confirmPages } from './confirm-pages.js'
import { factPages } from './fact-pages.js'
import { studentPages } from './student-pages.js'

export const mentoringPages = [
  ...classPages,
  ...cohortPages,
  ...studentPages,
  ...confirmPages,
  ...factPages,
]
