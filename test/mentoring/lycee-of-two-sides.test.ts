import { beforeEach, describe, expect, test } from 'vitest'
import type { Actor, Role } from '../../src/context.js'
import { alertsFor } from '../../src/mentoring/alerts/see-alerts.js'
import { choicesForEnrolment } from '../../src/mentoring/cohorts/see-enrolment.js'
import { enrolStudents } from '../../src/mentoring/cohorts/enrol-student.js'
import { seeCohort } from '../../src/mentoring/cohorts/see-cohort.js'
import { confirmSession } from '../../src/mentoring/confirming/confirm-session.js'
import { correctSession } from '../../src/mentoring/facts/correct-session.js'
import { recordSession } from '../../src/mentoring/facts/record-session.js'
import { choicesForSession } from '../../src/mentoring/facts/see-session-form.js'
import { seeSession } from '../../src/mentoring/facts/see-session.js'
import { seeUnconfirmed } from '../../src/mentoring/confirming/see-unconfirmed.js'
import { seeSchemes } from '../../src/mentoring/groups/see-schemes.js'
import { addMentor } from '../../src/mentoring/mentors/add-mentor.js'
import { managedMentor } from '../../src/mentoring/mentors/change-mentor.js'
import { seeMentors } from '../../src/mentoring/mentors/see-mentors.js'
import type { Organisation } from '../../src/people/store.js'
import { asActor, somebody } from '../people/people.js'
import { DAY, openWorld, type World } from '../support/world.js'
import { aMember, aSession } from './academy.js'
import { aCordee, aPair, aYouth, openPartners, type Partners } from './partners.js'

let world: World
let partners: Partners
/** Of the lycée of the P-TECH class, which may run a cordée of its own. */
let coordinator: Actor

beforeEach(async () => {
  world = await openWorld()
  partners = await openPartners(world)
  const present = world.clock.at
  world.clock.at = new Date('2026-09-01T08:00:00Z')
  coordinator = await held('scheme-coordinator', partners.school)
  world.clock.at = present
})

async function held(role: Role, { id }: Organisation): Promise<Actor> {
  const email = `${role}-${id}@example.org`
  return asActor(world, await somebody(world, email, { role, organisationId: id }))
}

const rulesOf = async (actor: Actor) => (await alertsFor(world, actor)).map(({ rule }) => rule)
const titles = async (actor: Actor) =>
  (await seeSchemes(world, actor)).flatMap(({ groups }) => groups.map(({ title }) => title))

/** A cordée that the lycée runs, with pupils of a collège. */
async function ownCordee(): Promise<string> {
  const { school, college, collegeTeacher } = partners
  const cohortId = await aCordee(
    world,
    { ...partners, coordinator },
    { ownerId: school.publicId, name: 'La nôtre', schoolIds: [college.publicId] },
  )
  await aYouth(world, college, { id: 'ana', givenName: 'Ana', level: '3E' })
  await enrolStudents(world, collegeTeacher, {
    ...{ cohortId, studentIds: ['ana'], fromDay: '2026-09-01', volunteeredOn: '2026-09-01' },
  })
  return cohortId
}

const visit = (cohortId: string) => ({
  cohortId,
  companyId: partners.school.publicId,
  kind: 'MUSEE',
  day: '2026-11-10',
  minutes: 90,
  topic: 'Visite',
  mentorIds: [coordinator.publicId],
  studentIds: ['ana'],
  topicAgreed: false,
  coordinated: false,
  acknowledged: [],
})

describe('whoever coordinates the cordée of a lycée', () => {
  beforeEach(async () => {
    // What the lycée takes part in as a school: its class, the cordée of a university, a pair.
    await aMember(world, partners, { id: 'zoe' })
    const cohortId = await aCordee(world, partners, { name: 'De l’université' })
    await aYouth(world, partners.school, { id: 'bilal' })
    await enrolStudents(world, partners.teacher, {
      ...{ cohortId, studentIds: ['bilal'], fromDay: '2026-09-01', volunteeredOn: '2026-09-01' },
    })
    const unregistered = { registrationReference: '', registeredOn: '', acknowledged: ['JM-03'] }
    await aPair(world, partners, { studentId: 'bilal', ...unregistered })
    await aSession(world, partners, { studentIds: ['zoe'], day: '2026-11-03' })
    world.clock.advance(20 * DAY)
    const contested_at = '2026-11-20T10:00:00.000Z'
    const other = await aSession(world, partners, { studentIds: ['zoe'] })
    await world.db
      .updateTable('session_students')
      .set({ contested_at })
      .where('session_id', '=', (of) =>
        of.selectFrom('mentoring_sessions').select('id').where('public_id', '=', other),
      )
      .execute()
  })

  test('is told nothing of what the lycée takes part in as a school, its staff all of it', async () => {
    expect(await rulesOf(coordinator)).toEqual([])
    expect(await titles(coordinator)).toEqual([])
    const ofStaff = await rulesOf(partners.teacher)
    expect(ofStaff).toEqual(expect.arrayContaining(['AL-1', 'AL-2', 'AL-3', 'CO-D1', 'JM-03']))
    expect(await titles(partners.teacher)).toContain('De l’université')
  })

  test('is told of the cordée that the lycée runs, and so are its staff and the collège', async () => {
    const cordee = await ownCordee()
    for (const reader of [coordinator, partners.teacher, partners.collegeTeacher]) {
      const found = await alertsFor(world, reader)
      const own = found.filter(({ subject }) => subject === cordee)
      expect(own.map(({ rule }) => rule)).toEqual(['AL-1', 'CO-D1'])
      expect(await titles(reader)).toContain('La nôtre')
    }
  })

  test('is offered no student of the lycée for a cordée, who see no name of theirs', async () => {
    const { school, college } = partners
    const owner = { ownerId: school.publicId, schoolIds: [school.publicId, college.publicId] }
    const cohortId = await aCordee(world, { ...partners, coordinator }, { ...owner, name: 'Deux' })
    const asked = { cohortId, day: undefined }
    expect((await choicesForEnrolment(world, coordinator, asked)).students).toEqual([])
    expect((await choicesForEnrolment(world, partners.teacher, asked)).students).toHaveLength(2)
  })

  test('reads and changes no mentor of a company of the class, but those of the cordée', async () => {
    const cordee = await ownCordee()
    const eve = { givenName: 'Ève', familyName: 'Atelier', email: '', sex: '', charterOn: '' }
    const said = { ...eve, vetting: 'A_VERIFIER', vettedOn: '', renewBy: '' }
    const organisationId = partners.company.publicId
    const ofClass = await addMentor(world, partners.teacher, { ...said, organisationId })
    const idsFor = async (actor: Actor) =>
      (await seeMentors(world, actor)).mentors.map(({ mentorId }) => mentorId)
    expect(await idsFor(coordinator)).not.toContain(ofClass)
    await expect(managedMentor(world, coordinator, ofClass)).rejects.toMatchObject({
      code: 'not-found',
    })
    const elsewhere = { organisationId: partners.otherCompany.publicId, familyName: 'Bois' }
    const ofCordee = await addMentor(world, coordinator, { ...said, ...elsewhere })
    expect(await idsFor(coordinator)).toEqual([ofCordee])
    expect(await idsFor(partners.teacher)).toEqual(expect.arrayContaining([ofClass, ofCordee]))
    await managedMentor(world, coordinator, ofCordee)
    const form = { cohortId: cordee, day: '2026-12-14' }
    const offered = async (actor: Actor) =>
      (await choicesForSession(world, actor, form)).mentors.map(({ name }) => name)
    expect(await offered(coordinator)).not.toContain('Ève Atelier')
    expect(await offered(coordinator)).toContain('Ève Bois')
  })
})

describe('the staff of a lycée that runs a cordée', () => {
  test('record its sessions, correct and confirm them, and read no full name of a pupil elsewhere', async () => {
    const { teacher, colleague } = partners
    const cordee = await ownCordee()
    const { students } = await choicesForSession(world, teacher, {
      cohortId: cordee,
      day: undefined,
    })
    expect(students.map(({ name }) => name)).toEqual(['Ana K.'])
    const id = await recordSession(world, teacher, visit(cordee))
    expect((await seeSession(world, teacher, id)).students).toMatchObject([{ name: 'Ana K.' }])
    const why = { sessionId: id, version: 1, reason: 'Autre durée', minutes: 60 }
    await correctSession(world, teacher, { ...visit(cordee), ...why })
    expect(await seeUnconfirmed(world, colleague)).toHaveLength(1)
    await confirmSession(world, colleague, id)
  })

  test('have nothing to do with those of a cordée of somebody else at which no student of theirs was', async () => {
    const { school, college, university } = partners
    const schoolIds = [school.publicId, college.publicId]
    const cohortId = await aCordee(world, partners, { schoolIds })
    await aYouth(world, college, { id: 'ana', level: '3E' })
    await enrolStudents(world, partners.collegeTeacher, {
      ...{ cohortId, studentIds: ['ana'], fromDay: '2026-09-01', volunteeredOn: '2026-09-01' },
    })
    const leaders = { companyId: university.publicId, mentorIds: [partners.coordinator.publicId] }
    const id = await recordSession(world, partners.coordinator, { ...visit(cohortId), ...leaders })
    await expect(seeSession(world, partners.teacher, id)).rejects.toMatchObject({
      code: 'not-found',
    })
  })
})

describe('a session that its mentor disputes', () => {
  const dispute = () =>
    world.db
      .updateTable('mentoring_sessions')
      .set({ disputed_at: '2026-11-20T10:00:00.000Z', dispute_reason: 'Non' })
      .execute()

  test('AL-2 is not told of: /confirm does not list it', async () => {
    await aMember(world, partners, { id: 'zoe' })
    await aSession(world, partners, { studentIds: ['zoe'] })
    world.clock.advance(20 * DAY)
    expect(await rulesOf(partners.tutor)).toEqual(['AL-2'])
    await dispute()
    expect(await seeUnconfirmed(world, partners.tutor)).toEqual([])
    expect(await rulesOf(partners.tutor)).toEqual([])
  })

  test('PT-04 does not count for its month, in alerts and in the cohort', async () => {
    await aMember(world, partners, { id: 'zoe', level: '1RE_PRO' })
    for (const day of ['2026-09-10', '2026-10-10', '2026-11-10']) {
      await aSession(world, partners, { studentIds: ['zoe'], day, kind: 'CARRIERE' })
    }
    const owed = async () =>
      (await seeCohort(world, partners.teacher, partners.cohortId)).members[0]?.owed
    expect(await owed()).toEqual([])
    expect(await rulesOf(partners.teacher)).not.toContain('PT-04')
    await dispute()
    expect(await owed()).toEqual(['2026-09', '2026-10', '2026-11'])
    expect(await rulesOf(partners.teacher)).toContain('PT-04')
  })
})
