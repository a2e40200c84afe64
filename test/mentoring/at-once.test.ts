import { beforeEach, describe, expect, test } from 'vitest'
import { enrolStudents } from '../../src/mentoring/cohorts/enrol-student.js'
import { sayPublics } from '../../src/mentoring/cordees/say-publics.js'
import { confirmSession } from '../../src/mentoring/confirming/confirm-session.js'
import { makeConfirmationLink } from '../../src/mentoring/confirming/make-confirmation-link.js'
import { addSchool } from '../../src/mentoring/groups/add-school.js'
import { closeGroup } from '../../src/mentoring/groups/close-group.js'
import { endSchool } from '../../src/mentoring/groups/end-school.js'
import { findGroup, listGroupSchools } from '../../src/mentoring/groups/store.js'
import { endPair } from '../../src/mentoring/pairs/end-pair.js'
import { noteRegistration } from '../../src/mentoring/pairs/registration.js'
import { meanwhile } from '../support/meanwhile.js'
import { openWorld, type World } from '../support/world.js'
import { aMember, aSession } from './academy.js'
import { aCordee, aPair, aYouth, openPartners, type Partners } from './partners.js'

let world: World
let partners: Partners

beforeEach(async () => {
  world = await openWorld()
  partners = await openPartners(world)
  await aYouth(world, partners.school, { id: 'ana' })
})

describe('a group that is closed meanwhile', () => {
  let groupId: string
  const schoolOf = () => ({ groupId, schoolId: partners.elsewhere.publicId })
  const close = (ctx = world) =>
    closeGroup(ctx, partners.coordinator, { groupId, lastDay: '2026-11-20' })
  const addAnother = (ctx = world) =>
    addSchool(ctx, partners.coordinator, { ...schoolOf(), fromDay: '2026-11-01' })

  beforeEach(async () => {
    groupId = await aCordee(world, partners)
  })

  test.each([
    ['takes no other school', addAnother],
    [
      'takes no student',
      (ctx: World) =>
        enrolStudents(ctx, partners.teacher, {
          ...{ cohortId: groupId, studentIds: ['ana'] },
          ...{ fromDay: '2026-10-01', volunteeredOn: '2026-09-20' },
        }),
    ],
    [
      'is told nothing of its publics',
      (ctx: World) =>
        sayPublics(ctx, partners.teacher, {
          ...{ cordeeId: groupId, schoolId: partners.school.publicId, traits: [] },
          counts: { QPV: '', BOURSIER: '' },
        }),
    ],
    [
      'loses no school',
      (ctx: World) =>
        endSchool(ctx, partners.coordinator, {
          ...{ groupId, schoolId: partners.school.publicId, lastDay: '2026-11-01' },
        }),
    ],
    ['is not closed again', close],
  ])('%s', async (_, act) => {
    await expect(act(meanwhile(world, () => close()))).rejects.toMatchObject({ code: 'conflict' })
  })

  test('ends the time of a school that was added meanwhile', async () => {
    await close(meanwhile(world, () => addAnother()))
    const { id } = (await findGroup(world.db, groupId))!
    const schools = await listGroupSchools(world.db, [id])
    expect(schools.map(({ untilDay }) => untilDay)).toEqual(['2026-11-20', '2026-11-20'])
  })
})

test('a pair that is ended meanwhile is registered no more', async () => {
  const pairId = await aPair(world, partners, {
    studentId: 'ana',
    registrationReference: '',
    registeredOn: '',
    acknowledged: ['JM-03'],
  })
  const end = () =>
    endPair(world, partners.teacher, {
      ...{ pairId, lastDay: '2026-11-20', reason: 'FIN_PREVUE', interviewOn: '', outcome: '' },
    })
  const registration = { pairId, registrationReference: 'DEMO-2', registeredOn: '2026-11-02' }
  await expect(
    noteRegistration(meanwhile(world, end), partners.teacher, registration),
  ).rejects.toMatchObject({ code: 'conflict' })
})

test('no link asks about a session that is confirmed meanwhile', async () => {
  await aMember(world, partners, { id: 'leo' })
  const sessionId = await aSession(world, partners, { studentIds: ['leo'] })
  const confirm = () => confirmSession(world, partners.tutor, sessionId)
  await expect(
    makeConfirmationLink(meanwhile(world, confirm), partners.teacher, { sessionId }),
  ).rejects.toMatchObject({ code: 'conflict' })
})
