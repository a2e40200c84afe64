import type { Actor, Role } from '../../src/context.js'
import { enrolStudent } from '../../src/mentoring/cohorts/enrol-student.js'
import type { LevelCode } from '../../src/mentoring/levels.js'
import { openClass } from '../../src/mentoring/classes/open-class.js'
import { openCohort } from '../../src/mentoring/classes/open-cohort.js'
import { recordPlacement } from '../../src/mentoring/placements/record-placement.js'
import { recordSession } from '../../src/mentoring/facts/record-session.js'
import { createPerson } from '../../src/people/create-person.js'
import { OPERATOR } from '../../src/people/operator.js'
import type { Organisation } from '../../src/people/store.js'
import { aCompany, aLycee, asActor } from '../people/people.js'
import type { World } from '../support/world.js'

const FIRST_DAY = '2026-09-01'

/** A lycée with its company, somebody in each role, and a class with a cohort that is still empty. */
export type Academy = Readonly<{
  school: Organisation
  company: Organisation
  teacher: Actor
  colleague: Actor
  officer: Actor
  tutor: Actor
  /** Of another lycée, and of another company. */
  stranger: Actor
  otherCompany: Organisation
  otherTutor: Actor
  classId: string
  cohortId: string
}>

/** E-mail addresses to sign in with, by what the person does. */
export const ADDRESS = {
  teacher: 'teacher@example.org',
  colleague: 'colleague@example.org',
  officer: 'officer@example.org',
  tutor: 'tutor@example.org',
  stranger: 'stranger@example.org',
  otherTutor: 'other-tutor@example.org',
} as const

/** @param entryYear of the cohort: 2025 is in 1re pro in 2026-2027 */
export async function openAcademy(world: World, entryYear = 2026): Promise<Academy> {
  const present = world.clock.at
  world.clock.at = new Date('2026-09-01T08:00:00Z')
  const school = await aLycee(world, 'Lycée DÉMO des Tilleuls')
  const company = await aCompany(world, 'Composites du Lac DÉMO')
  const elsewhere = await aLycee(world, 'Lycée DÉMO des Érables', '9990002Y')
  const otherCompany = await aCompany(world, 'Moules du Haut DÉMO', '00099002800011')
  const person = async (name: keyof typeof ADDRESS, role: Role, { id }: Organisation) =>
    asActor(
      world,
      await createPerson(world, OPERATOR, {
        givenName: 'Camille',
        familyName: 'Martin',
        email: ADDRESS[name],
        role,
        organisationId: id,
      }),
    )
  const people = {
    teacher: await person('teacher', 'school-staff', school),
    colleague: await person('colleague', 'school-staff', school),
    officer: await person('officer', 'liaison-officer', school),
    tutor: await person('tutor', 'company-endorser', company),
    stranger: await person('stranger', 'school-staff', elsewhere),
    otherTutor: await person('otherTutor', 'company-endorser', otherCompany),
  }
  world.clock.at = present
  const { publicId: classId } = await openClass(world, people.teacher, {
    schoolId: school.publicId,
    name: '2PC',
    mef: '2472250331',
    track: 'Plastiques et composites',
    principalCompanyId: company.publicId,
    fromDay: FIRST_DAY,
  })
  const cohortId = await openCohort(world, people.teacher, { classId, entryYear })
  return { ...people, school, company, otherCompany, classId, cohortId }
}

/** A student of the lycée, at a level since September, in no cohort. */
export async function aStudent(
  world: World,
  { school }: Pick<Academy, 'school'>,
  given: Readonly<{ id: string; givenName?: string; level?: LevelCode }>,
): Promise<string> {
  const { id } = await world.db
    .insertInto('students')
    .values({
      public_id: given.id,
      school_id: school.id,
      given_name: given.givenName ?? 'Zoé',
      family_name: 'Kerguélen',
      birth_date_sealed: world.vault.seal('2011-02-03'),
      ine_fingerprint: world.vault.fingerprint(given.id),
      created_at: world.now().toISOString(),
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  const schooling = { mef: '2472250331', division: '2PC', from_day: FIRST_DAY }
  await world.db
    .insertInto('schoolings')
    .values({
      ...schooling,
      student_id: id,
      school_id: school.id,
      level: given.level ?? '2NDE_PRO',
    })
    .execute()
  return given.id
}

/** One that is in the cohort since September. */
export async function aMember(
  world: World,
  academy: Academy,
  given: Parameters<typeof aStudent>[2],
): Promise<string> {
  const studentId = await aStudent(world, academy, given)
  const { cohortId } = academy
  await enrolStudent(world, academy.teacher, { cohortId, studentId, fromDay: FIRST_DAY })
  return studentId
}

/** A session of an hour that the teacher recorded. */
export function aSession(
  world: World,
  academy: Academy,
  session: Readonly<{ studentIds: string[]; day?: string; kind?: string }>,
): Promise<string> {
  const { length } = session.studentIds
  return recordSession(world, academy.teacher, {
    cohortId: academy.cohortId,
    companyId: academy.company.publicId,
    kind: session.kind ?? 'PROJET',
    format: length === 1 ? 'INDIVIDUEL' : 'PETIT_GROUPE',
    day: session.day ?? '2026-11-10',
    minutes: 60,
    topic: 'Moule en composite',
    mentorIds: [academy.tutor.publicId],
    studentIds: session.studentIds,
    topicAgreed: false,
    coordinated: false,
    schoolAdultPresent: true,
    acknowledged: ['PT-06', 'PT-07'],
  })
}

/** A placement of two weeks in November that the teacher recorded. */
export function aPlacement(world: World, academy: Academy, studentId: string): Promise<string> {
  return recordPlacement(world, academy.teacher, {
    studentId,
    companyId: academy.company.publicId,
    tutorId: academy.tutor.publicId,
    fromDay: '2026-11-02',
    untilDay: '2026-11-13',
    daysDone: 9,
  })
}
