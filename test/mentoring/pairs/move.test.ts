import { beforeEach, expect, test } from 'vitest'
import { alertsFor } from '../../../src/mentoring/alerts/see-alerts.js'
import { recordSession } from '../../../src/mentoring/facts/record-session.js'
import { seeSchemes } from '../../../src/mentoring/groups/see-schemes.js'
import { importClassList } from '../../../src/mentoring/imports/import-class-list.js'
import { seePair } from '../../../src/mentoring/pairs/see-pair.js'
import type { Actor } from '../../../src/context.js'
import { csvOf, pixRows } from '../../support/csv.js'
import { demoStudents } from '../../support/siecle.js'
import { openWorld, type World } from '../../support/world.js'
import { aPair, openPartners, type Partners } from '../partners.js'

let world: World
let partners: Partners
let studentId: string
let pairId: string

const listed = () => csvOf(pixRows(demoStudents(1)))
const importAt = (by: Actor, schoolId: string) =>
  importClassList(world, by, { schoolId, schoolYear: 2026, file: listed() })

beforeEach(async () => {
  world = await openWorld()
  partners = await openPartners(world)
  world.clock.at = new Date('2026-09-01T10:00:00Z')
  await importAt(partners.teacher, partners.school.publicId)
  studentId = (await world.db.selectFrom('students').select('public_id').executeTakeFirstOrThrow())
    .public_id
  world.clock.at = new Date('2026-11-24T11:00:00Z')
  pairId = await aPair(world, partners, { studentId })
  await meet(partners.structureCoordinator, '2026-11-10')
})

function meet(by: Actor, day: string): Promise<string> {
  return recordSession(world, by, {
    cohortId: pairId,
    companyId: partners.structure.publicId,
    kind: 'ORIENTATION',
    day,
    minutes: 60,
    topic: 'Vœux',
    mentorIds: [partners.structureCoordinator.publicId],
    studentIds: [studentId],
    topicAgreed: false,
    coordinated: false,
    schoolAdultPresent: true,
    acknowledged: [],
  })
}

test('the pair of a student who moves is the new school’s from the day of the enrolment with it', async () => {
  await expect(seePair(world, partners.stranger, pairId)).rejects.toMatchObject({
    code: 'not-found',
  })
  await importAt(partners.stranger, partners.elsewhere.publicId)
  world.clock.at = new Date('2026-11-26T11:00:00Z')
  await meet(partners.stranger, '2026-11-25')
  const seen = await seePair(world, partners.stranger, pairId)
  expect(seen).toMatchObject({ isOpen: true, mayRecord: true, stalled: false })
  expect(seen.sessions.map(({ day }) => day)).toEqual(['2026-11-25'])
  const whole = await seePair(world, partners.structureCoordinator, pairId)
  expect(whole.sessions.map(({ day }) => day)).toEqual(['2026-11-25', '2026-11-10'])
  await expect(meet(partners.teacher, '2026-11-25')).rejects.toMatchObject({ code: 'not-found' })
})

test('the school that they left has it no more: no page, no line, no alert', async () => {
  const pairsOf = async (actor: Actor) => (await seeSchemes(world, actor))[2]?.groups.length
  const told = async (actor: Actor) =>
    (await alertsFor(world, actor)).filter(({ subject }) => subject === pairId).length
  await world.db.deleteFrom('session_mentors').execute()
  await world.db.deleteFrom('session_students').execute()
  await world.db.deleteFrom('mentoring_sessions').execute()
  expect([await pairsOf(partners.teacher), await told(partners.teacher)]).toEqual([1, 1])
  await importAt(partners.stranger, partners.elsewhere.publicId)
  expect([await pairsOf(partners.teacher), await told(partners.teacher)]).toEqual([0, 0])
  expect([await pairsOf(partners.stranger), await told(partners.stranger)]).toEqual([1, 1])
  await expect(seePair(world, partners.teacher, pairId)).rejects.toMatchObject({
    code: 'not-found',
  })
})
