import { schoolYearOf } from '../mentoring/school-year.js'
import { dice as throwDice } from './dice.js'
import type { Plan } from './plan.js'
import { planDossiers } from './plan-dossiers.js'
import { planPlacements, planSessions } from './plan-facts.js'
import { planSchools, planStudents } from './plan-students.js'

const SEED = 300

/**
 * All that the demo lives through up to a day: five school years of fifteen
 * lycées. The same day gives the same plan.
 *
 * @param today YYYY-MM-DD
 */
export function makePlan(today: string): Plan {
  const dice = throwDice(SEED)
  const year = schoolYearOf(today)
  const around = { dice, year, today }
  const schools = planSchools(year)
  const students = planStudents(dice, year, schools)
  const sessions = planSessions(around, schools, students)
  const placements = planPlacements(around, schools, students)
  const told = { today, year, schools, students, sessions, placements }
  return { ...told, dossiers: planDossiers(dice, told) }
}
