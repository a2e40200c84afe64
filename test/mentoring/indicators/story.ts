import type { Actor } from '../../../src/context.js'
import { openStudentAccount } from '../../../src/mentoring/students/open-student-account.js'
import { findStudent } from '../../../src/mentoring/students/store.js'
import { createOrganisation } from '../../../src/people/create-organisation.js'
import { OPERATOR } from '../../../src/people/operator.js'
import { findPerson } from '../../../src/people/store.js'
import { MEASURES } from '../../../src/mentoring/indicators/measures.data.js'
import { asActor, somebody } from '../../people/people.js'
import type { World } from '../../support/world.js'
import type { Academy } from '../academy.js'

/** A student with an account, who may contest. */
export async function startAccount(world: World, academy: Academy, id: string): Promise<Actor> {
  const email = `${id}@example.org`
  await openStudentAccount(world, academy.teacher, { studentId: id, email })
  const student = await findStudent(world.db, id)
  return asActor(world, (await findPerson(world.db, student!.person_id!))!)
}

export const REFERENT = 'referent@example.org'

/** The academy of demonstrations with its referent, and schools in it whose cohorts have figures. */
export async function anAcademy(
  world: World,
  schools: readonly Readonly<{
    name: string
    levels: Readonly<Record<string, number>>
    /** The first three signs of its UAI. */
    department?: string
  }>[],
) {
  const academy = await createOrganisation(world, OPERATOR, {
    kind: 'academy',
    name: 'Académie DÉMO',
    academyCode: '99',
  })
  await somebody(world, REFERENT, { role: 'academic-referent', organisationId: academy.id })
  for (const [at, { name, levels, department = '999' }] of schools.entries()) {
    const uai = `${department}0${String(at + 101).padStart(3, '0')}`
    const school = await world.db
      .insertInto('organisations')
      .values({
        public_id: `school-${at}`,
        slug: `school-${at}`,
        kind: 'lycee',
        name,
        academy_code: '99',
        uai: `${uai}X`,
        created_at: world.now().toISOString(),
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    const teacher = { role: 'school-staff', organisationId: school.id } as const
    await somebody(world, `teacher-${at}@example.org`, teacher)
    await figures(world, school.id, levels)
  }
  return academy
}

/** Half of them girls, each with a session. */
async function figures(
  world: World,
  schoolId: number,
  levels: Readonly<Record<string, number>>,
): Promise<void> {
  const cohort = await world.db
    .insertInto('cohorts')
    .values({
      public_id: `cohort-${schoolId}`,
      scheme: 'PTECH',
      owner_id: schoolId,
      created_at: world.now().toISOString(),
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  const part = { cohort_id: cohort.id, school_year: 2026, school_id: schoolId, scheme: 'PTECH' }
  const nothing = Object.fromEntries(MEASURES.map((measure) => [measure, 0]))
  for (const [level, followed] of Object.entries(levels)) {
    const counted = { followed, girls: Math.floor(followed / 2), sessions: followed }
    const counted_at = world.now().toISOString()
    await world.db
      .insertInto('cohort_figures')
      .values({ ...nothing, ...part, level, counted_at, ...counted } as never)
      .execute()
    const kind = { kind: 'PROJET', format: 'CLASSE', sessions: followed, minutes: 60 * followed }
    await world.db
      .insertInto('session_figures')
      .values({ ...part, level, ...kind })
      .execute()
  }
}
