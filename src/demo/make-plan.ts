import { schoolYearOf } from '../mentoring/school-year.js'
import { dice as throwDice } from './dice.js'
import type { Plan } from './plan.js'
import { planCollegians, planCordeeSessions, youngerOf } from './plan-cordees.js'
import { planDossiers } from './plan-dossiers.js'
import { planPairs, planPairSessions, startOfYounger } from './plan-pairs.js'
import { planPlacements } from './plan-placements.js'
import { planSessions } from './plan-sessions.js'
import { names, planSchools, planStudents } from './plan-students.js'

const SEED = 300

/**
 * All that the demo lives through up to a day: five school years of fifteen
 * lycées, and what other schemes did meanwhile. The same day gives the same plan.
 *
 * @param today YYYY-MM-DD
 */
export function makePlan(today: string): Plan {
  const dice = throwDice(SEED)
  const year = schoolYearOf(today)
  const around = { dice, year, today }
  const people = { dice, nextName: names(dice) }
  const schools = planSchools(year)
  const students = planStudents(people, year, schools)
  const collegians = planCollegians(people, { year, day: startOfYounger({ year, today }) })
  const sessions = planSessions(around, schools, students)
  const placements = planPlacements(around, schools, students)
  const pairs = planPairs({ year, today }, students, youngerOf(collegians))
  const told = { today, year, schools, students, sessions, placements }
  return {
    ...told,
    dossiers: planDossiers(dice, told),
    ...{ collegians, pairs },
    groupSessions: [
      ...planCordeeSessions({ year, today }, collegians),
      ...planPairSessions({ year, today }, pairs),
    ],
  }
}
