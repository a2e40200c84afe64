import { alertPages } from './alerts/alert-pages.js'
import { calendarPages } from './calendar/pages.js'
import { classPages } from './classes/class-pages.js'
import { cohortPages } from './cohorts/cohort-pages.js'
import { confirmLinkPages } from './confirming/confirm-link-pages.js'
import { confirmPages } from './confirming/confirm-pages.js'
import { objectionPages } from './consents/objection-pages.js'
import { correctionPages } from './corrections/pages.js'
import { exportPages } from './exports/pages.js'
import { factPages } from './facts/fact-pages.js'
import { sessionPages } from './facts/session-pages.js'
import { mentorPages } from './mentors/pages.js'
import { schoolCalendarPages } from './school-calendar/calendar-pages.js'
import { cordeePages } from './cordees/pages.js'
import { groupPages } from './groups/pages.js'
import { pairPages } from './pairs/pages.js'
import { documentPages } from './placements/document-pages.js'
import { correctPages } from './placements/correct-pages.js'
import { planningPages } from './placements/pages.js'
import { indicatorPages } from './indicators/pages.js'
import { outcomePages } from './outcomes/pages.js'
import { publicsPages } from './publics/pages.js'
import { cardPages } from './students/card-pages.js'
import { studentPages } from './students/student-pages.js'

export const mentoringPages = [
  ...classPages,
  ...cohortPages,
  ...studentPages,
  ...cardPages,
  ...confirmPages,
  ...mentorPages,
  ...confirmLinkPages,
  ...factPages,
  ...sessionPages,
  ...calendarPages,
  ...schoolCalendarPages,
  ...alertPages,
  ...groupPages,
  ...cordeePages,
  ...pairPages,
  ...planningPages,
  ...correctPages,
  ...documentPages,
  ...exportPages,
  ...indicatorPages,
  ...publicsPages,
  ...outcomePages,
  ...objectionPages,
  ...correctionPages,
]
