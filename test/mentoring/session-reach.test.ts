import { beforeEach, describe, expect, test } from 'vitest'
import type { Actor } from '../../src/context.js'
import { seeMonth } from '../../src/mentoring/calendar/see-calendar.js'
import { enrolStudents } from '../../src/mentoring/cohorts/enrol-student.js'
import { confirmSession } from '../../src/mentoring/confirming/confirm-session.js'
import { correctSession } from '../../src/mentoring/facts/correct-session.js'
import { makeConfirmationLink } from '../../src/mentoring/confirming/make-confirmation-link.js'
import { recordSession } from '../../src/mentoring/facts/record-session.js'
import { choicesForSession } from '../../src/mentoring/facts/see-session-form.js'
import { seeSession } from '../../src/mentoring/facts/see-session.js'
import { seeUnconfirmed } from '../../src/mentoring/confirming/see-unconfirmed.js'
import { createPerson } from '../../src/people/create-person.js'
import { OPERATOR } from '../../src/people/operator.js'
import { asActor } from '../people/people.js'
import { openWorld, type World } from '../support/world.js'
import { aMember, aSession, ADDRESS } from './academy.js'
import { browserOf, textOf } from './browser.js'
import { aCordee, aYouth, openPartners, PARTNER, type Partners } from './partners.js'

let world: World
let partners: Partners

beforeEach(async () => {
  world = await openWorld()
  partners = await openPartners(world)
})

const hidden = { code: 'not-found' }
const count = async (actor: Actor) => (await seeUnconfirmed(world, actor).catch(() => [])).length

describe('a session of a cordée of two schools', () => {
  let cordee: string
  const said = () => ({
    cohortId: cordee,
    companyId: partners.university.publicId,
    kind: 'MUSEE',
    day: '2026-11-10',
    minutes: 90,
    topic: 'Visite',
    mentorIds: [partners.coordinator.publicId],
    topicAgreed: false,
    coordinated: false,
    acknowledged: [],
  })
  const record = (by: Actor, studentIds: string[]) =>
    recordSession(world, by, { ...said(), studentIds })
  const correct = (by: Actor, sessionId: string, studentIds: string[]) => {
    const why = { version: 1, reason: 'Autre durée' }
    return correctSession(world, by, { ...said(), ...why, sessionId, studentIds, minutes: 60 })
  }

  beforeEach(async () => {
    const { school, college } = partners
    const schoolIds = [school.publicId, college.publicId]
    cordee = await aCordee(world, partners, { schoolIds })
    const enrol = { cohortId: cordee, fromDay: '2026-10-01', volunteeredOn: '2026-09-20' }
    await aYouth(world, school, { id: 'bilal', givenName: 'Bilal' })
    await aYouth(world, college, { id: 'ana', givenName: 'Ana', level: '3E' })
    await enrolStudents(world, partners.teacher, { ...enrol, studentIds: ['bilal'] })
    await enrolStudents(world, partners.collegeTeacher, { ...enrol, studentIds: ['ana'] })
  })

  test('is not there for a school none of whose students was at it', async () => {
    const id = await record(partners.coordinator, ['ana'])
    await expect(seeSession(world, partners.teacher, id)).rejects.toMatchObject(hidden)
    await expect(confirmSession(world, partners.teacher, id)).rejects.toMatchObject(hidden)
    await expect(
      makeConfirmationLink(world, partners.teacher, { sessionId: id }),
    ).rejects.toMatchObject(hidden)
    await expect(correct(partners.teacher, id, ['bilal'])).rejects.toMatchObject(hidden)
    expect(await count(partners.teacher)).toBe(0)
    expect(await count(partners.collegeTeacher)).toBe(1)
    await seeSession(world, partners.collegeTeacher, id)
    await confirmSession(world, partners.collegeTeacher, id)
  })

  test('tells a school the names of its own students; of others a given name and an initial', async () => {
    const id = await record(partners.coordinator, ['ana', 'bilal'])
    const names = async (by: Actor) =>
      (await seeSession(world, by, id)).students.map(({ name }) => name)
    expect((await names(partners.teacher)).toSorted()).toEqual(['Ana K.', 'Bilal Kerguélen'])
    expect((await names(partners.collegeTeacher)).toSorted()).toEqual(['Ana Kerguélen', 'Bilal K.'])
    expect((await names(partners.coordinator)).toSorted()).toEqual(['Ana K.', 'Bilal K.'])
    const page = await (await browserOf(world, ADDRESS.teacher)).get(`/sessions/${id}`)
    expect(textOf(page)).toContain('Ana K.')
    expect(page.text).toContain('href="/students/bilal"')
    expect(page.text).not.toContain('href="/students/ana"')
  })

  test('is corrected by who records all who were there: a school takes no other’s students out', async () => {
    const id = await record(partners.coordinator, ['ana', 'bilal'])
    await expect(correct(partners.teacher, id, ['bilal'])).rejects.toMatchObject({
      code: 'forbidden',
    })
    expect((await seeSession(world, partners.teacher, id)).mayCorrect).toBe(false)
    const present = await world.db.selectFrom('session_students').selectAll().execute()
    expect(present).toHaveLength(2)
    expect((await seeSession(world, partners.coordinator, id)).mayCorrect).toBe(true)
    await correct(partners.coordinator, id, ['ana', 'bilal'])
    const own = await record(partners.teacher, ['bilal'])
    await correct(partners.teacher, own, ['bilal'])
  })

  test('waits for who runs it and its schools, not for the coordinator of another cordée', async () => {
    await record(partners.teacher, ['bilal'])
    expect(await count(partners.coordinator)).toBe(1)
    expect(await count(await coordinatorAt(partners.school.id))).toBe(0)
  })
})

describe('whoever coordinates a cordée in the lycée of a P-TECH class', () => {
  test('has nothing to do with the sessions of the class', async () => {
    const coordinator = await coordinatorAt(partners.school.id)
    await aMember(world, partners, { id: 'zoe' })
    const id = await aSession(world, partners, { studentIds: ['zoe'] })
    const { cohortId } = partners
    const acts = [
      seeSession(world, coordinator, id),
      confirmSession(world, coordinator, id),
      makeConfirmationLink(world, coordinator, { sessionId: id }),
      choicesForSession(world, coordinator, { cohortId, day: undefined }),
      seeMonth(world, coordinator, { cohortId, month: undefined }),
      aSession(world, { ...partners, teacher: coordinator }, { studentIds: ['zoe'] }),
    ]
    for (const outcome of await Promise.allSettled(acts)) {
      // Known at the lycée, they are told that it is not for their role.
      expect(outcome).toMatchObject({ status: 'rejected', reason: { code: 'forbidden' } })
    }
    expect(await count(coordinator)).toBe(0)
    const tab = await browserOf(world, 'lycee-coordinator@example.org')
    for (const path of [`/sessions/${id}`, `/cohorts/${cohortId}/feeds`, `/cohorts/${cohortId}`]) {
      expect((await tab.get(path)).status, path).toBe(403)
    }
  })
})

test('the coordinator of another university finds nothing', async () => {
  const tab = await browserOf(world, PARTNER.otherCoordinator)
  const cordee = await aCordee(world, partners)
  for (const path of [`/cordees/${cordee}`, `/cohorts/${cordee}/calendar`]) {
    expect((await tab.get(path)).status, path).toBe(404)
  }
})

async function coordinatorAt(organisationId: number): Promise<Actor> {
  const person = await createPerson(world, OPERATOR, {
    givenName: 'Sam',
    familyName: 'Durand',
    email: 'lycee-coordinator@example.org',
    role: 'scheme-coordinator',
    organisationId,
  })
  return asActor(world, person)
}
