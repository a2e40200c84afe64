import type { Actor } from '../../../src/context.js'
import { addSite } from '../../../src/mentoring/placements/add-site.js'
import type { AssessmentInput } from '../../../src/mentoring/placements/assessment.js'
import { criteriaOf } from '../../../src/mentoring/placements/assessment.js'
import { NEUTRAL_GRID } from '../../../src/mentoring/placements/neutral-grid.data.js'
import { planPlacement, type PlanInput } from '../../../src/mentoring/placements/plan-placement.js'
import { giveRole } from '../../../src/people/assign-role.js'
import { addPerson } from '../../../src/people/create-person.js'
import { OPERATOR } from '../../../src/people/operator.js'
import { asActor } from '../../people/people.js'
import type { World } from '../../support/world.js'
import { aStudent, type Academy } from '../academy.js'

/** 15 on the day of the tests. */
export const AT_15 = '2011-02-03'

/** Two weeks in December, 7 h a day. */
export function aPlan(academy: Academy, changes: Partial<PlanInput> = {}): PlanInput {
  return {
    studentId: 'ana',
    companyId: academy.company.publicId,
    siteId: '',
    tutorId: academy.tutor.publicId,
    tutorGivenName: '',
    tutorFamilyName: '',
    referentId: academy.colleague.publicId,
    fromDay: '2026-12-07',
    untilDay: '2026-12-18',
    dailyMinutes: 7 * 60,
    weeklyMinutes: 35 * 60,
    startTime: '08:30',
    endTime: '16:30',
    work: 'ORDINARY',
    medicalOpinionOn: '',
    acknowledged: [],
    ...changes,
  }
}

export function plan(
  world: World,
  academy: Academy,
  changes: Partial<PlanInput> = {},
): Promise<string> {
  return planPlacement(world, academy.teacher, aPlan(academy, changes))
}

/** A student of the lycée who was born on a day. */
export async function aStudentBorn(
  world: World,
  academy: Academy,
  id: string,
  born: string,
): Promise<string> {
  await aStudent(world, academy, { id })
  const birth_date_sealed = world.vault.seal(born)
  await world.db
    .updateTable('students')
    .set({ birth_date_sealed })
    .where('public_id', '=', id)
    .execute()
  return id
}

export function aSite(world: World, academy: Academy, staffCount = 10): Promise<string> {
  return addSite(world, academy.teacher, {
    companyId: academy.company.publicId,
    siret: '00099003600014',
    name: 'Atelier du port DÉMO',
    town: 'Port-Démo',
    staffCount,
  })
}

/** The account of a student. */
export async function accountOf(
  world: World,
  { school }: Academy,
  studentId: string,
  email: string,
): Promise<Actor> {
  const person = await world.db.transaction().execute(async (trx) => {
    const added = await addPerson(world, trx, OPERATOR, {
      givenName: 'Zoé',
      familyName: 'Kerguélen',
      email,
    })
    await giveRole(world, trx, OPERATOR, { person: added, role: 'student', organisation: school })
    await trx
      .updateTable('students')
      .set({ person_id: added.id })
      .where('public_id', '=', studentId)
      .execute()
    return added
  })
  return asActor(world, person)
}

/** All criteria at one level, all days done. */
export function filledIn(changes: Partial<AssessmentInput> = {}): AssessmentInput {
  return {
    marks: Object.fromEntries(criteriaOf(NEUTRAL_GRID).map(({ code }) => [code, '3'])),
    comment: 'Soigneux.',
    outcome: 'COMPLETED',
    daysDone: '10',
    lastDay: '',
    missedHours: '',
    ...changes,
  }
}

/** The secret part of the address of a link. */
export function tokenOf(url: string): string {
  return /\/a\/([^/]+)\/placement$/.exec(url)?.[1] ?? ''
}
