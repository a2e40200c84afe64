import type { Actor, Role } from '../../src/context.js'
import { confirmPlacement } from '../../src/mentoring/placements/confirm-placement.js'
import { confirmSession } from '../../src/mentoring/confirming/confirm-session.js'
import { openClass } from '../../src/mentoring/classes/open-class.js'
import { openCohort } from '../../src/mentoring/classes/open-cohort.js'
import { recordPlacement } from '../../src/mentoring/placements/record-placement.js'
import { recordSession } from '../../src/mentoring/facts/record-session.js'
import { defineTemplate } from '../../src/templates/define-template.js'
import { publishVersion } from '../support/publish.js'
import { runNextJob } from '../../src/worker.js'
import { aDefinition } from '../support/definitions.js'
import { aCompany, aLycee, asActor, somebody } from '../people/people.js'
import type { World } from '../support/world.js'

export type Story = Readonly<{
  teacher: Actor
  head: Actor
  tutor: Actor
  boss: Actor
  admin: Actor
  versionId: number
  studentId: string
}>

/** A class with its company, one student with two sessions and a placement, and a published badge whose definition is endorsed. */
export async function tell(world: World, definition = aDefinition): Promise<Story> {
  const present = world.clock.at
  world.clock.at = new Date('2026-09-01T08:00:00Z')
  const school = await aLycee(world, 'Lycée DÉMO des Tilleuls')
  const company = await aCompany(world, 'Composites du Lac DÉMO')
  const person = async (email: string, role: Role, organisationId: number) =>
    asActor(world, await somebody(world, email, { role, organisationId }))
  const teacher = await person('teacher@example.org', 'school-staff', school.id)
  const head = await person('head@example.org', 'school-approver', school.id)
  const tutor = await person('tutor@example.org', 'company-endorser', company.id)
  const boss = await person('boss@example.org', 'company-endorser', company.id)
  const admin = await person('admin@example.org', 'company-admin', company.id)
  world.clock.at = present
  const opened = await openClass(world, teacher, {
    schoolId: school.publicId,
    name: '2PC',
    mef: '2472250331',
    track: 'Plastiques et composites',
    principalCompanyId: company.publicId,
    fromDay: '2026-09-01',
  })
  const cohortId = await openCohort(world, teacher, { classId: opened.publicId, entryYear: 2026 })
  const studentId = await enrolled(world, school.id, cohortId)
  for (const day of ['2026-10-06', '2026-10-13']) {
    const session = await recordSession(world, teacher, {
      cohortId,
      companyId: company.publicId,
      kind: 'PROJET',
      format: 'CLASSE',
      day,
      minutes: 60,
      topic: 'Moule en composite',
      mentorIds: [tutor.publicId],
      studentIds: [studentId],
      topicAgreed: false,
      coordinated: false,
      acknowledged: ['PT-06', 'PT-07'],
    })
    await confirmSession(world, tutor, session)
  }
  const placement = await recordPlacement(world, teacher, {
    studentId,
    companyId: company.publicId,
    tutorId: tutor.publicId,
    fromDay: '2026-11-02',
    untilDay: '2026-11-13',
    daysDone: 9,
  })
  await confirmPlacement(world, tutor, placement)
  const { versionId } = await defineTemplate(world, admin, {
    companyId: company.id,
    definition,
  })
  await publishVersion(world, admin, versionId)
  // The service signs the company's endorsement of the definition.
  await runNextJob(world)
  return { teacher, head, tutor, boss, admin, versionId, studentId }
}

async function enrolled(world: World, schoolId: number, cohortPublicId: string): Promise<string> {
  const since = { from_day: '2026-09-01' }
  const student = await world.db
    .insertInto('students')
    .values({
      public_id: 'student',
      school_id: schoolId,
      given_name: 'Zoé',
      family_name: 'Kerguélen',
      birth_date_sealed: world.vault.seal('2011-02-03'),
      ine_fingerprint: world.vault.fingerprint('000000001AA'),
      created_at: world.now().toISOString(),
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  const schooling = { level: '2NDE_PRO', mef: '2472250331', division: '2PC', school_id: schoolId }
  await world.db
    .insertInto('schoolings')
    .values({ ...since, ...schooling, student_id: student.id })
    .execute()
  const cohort = await world.db
    .selectFrom('cohorts')
    .select('id')
    .where('public_id', '=', cohortPublicId)
    .executeTakeFirstOrThrow()
  await world.db
    .insertInto('enrolments')
    .values({ ...since, student_id: student.id, cohort_id: cohort.id })
    .execute()
  return 'student'
}
