import type { Role } from '../../context.js'
import type { FindAlerts } from './alert.js'
import { unknownZoneAlerts, unverifiedAlerts } from './sources/calendar.js'
import { careerAlerts } from './sources/career.js'
import { contestedInCohorts, contestedInGroups, unconfirmedAlerts } from './sources/facts.js'
import {
  academyAlerts,
  classAlerts,
  cordeeAlerts,
  pairAlerts,
  placementAlerts,
} from './sources/findings.js'
import { mailAlerts } from './sources/mail.js'
import { personDayAlerts } from './sources/person-days.js'
import { cohortSilence, groupSilence } from './sources/silence.js'

const STAFF = ['school-staff', 'school-approver'] as const
const SCHOOL = [...STAFF, 'liaison-officer'] as const
const GROUPS = [...STAFF, 'scheme-coordinator'] as const

/** Whom each kind of alert concerns; they are looked for in the organisations where a reader has such a role. */
export const ALERT_SOURCES: readonly Readonly<{ for: readonly Role[]; find: FindAlerts }>[] = [
  { for: SCHOOL, find: careerAlerts },
  { for: SCHOOL, find: cohortSilence },
  { for: GROUPS, find: groupSilence },
  { for: [...SCHOOL, 'scheme-coordinator', 'company-endorser'], find: unconfirmedAlerts },
  { for: SCHOOL, find: contestedInCohorts },
  { for: GROUPS, find: contestedInGroups },
  { for: SCHOOL, find: classAlerts },
  { for: GROUPS, find: cordeeAlerts },
  { for: GROUPS, find: pairAlerts },
  { for: STAFF, find: placementAlerts },
  { for: STAFF, find: unknownZoneAlerts },
  { for: ['academic-referent'], find: academyAlerts },
  { for: ['academic-referent', 'platform-admin'], find: unverifiedAlerts },
  { for: ['platform-admin'], find: mailAlerts },
  { for: ['company-admin'], find: personDayAlerts },
]
