import { beforeEach, describe, expect, test } from 'vitest'
import { addSchool, endSchool, seeSchools } from '../../../src/mentoring/cohorts/add-school.js'
import { seeCohort, seeCohorts } from '../../../src/mentoring/cohorts/see-cohort.js'
import { endEnrolment } from '../../../src/mentoring/cohorts/end-enrolment.js'
import { seeStudent } from '../../../src/mentoring/students/see-student.js'
import { findOrganisationBySlug } from '../../../src/people/store.js'
import { openWorld, type World } from '../../support/world.js'
import { aMember, aStudent, openAcademy, type Academy } from '../academy.js'

let world: World
let academy: Academy
let elsewhere: string

beforeEach(async () => {
  world = await openWorld()
  academy = await openAcademy(world)
  elsewhere = (await findOrganisationBySlug(world.db, 'lycee-demo-des-erables'))!.publicId
  await aMember(world, academy, { id: 'ana' })
})

const add = (fromDay: string, schoolId = elsewhere) =>
  addSchool(world, academy.teacher, { cohortId: academy.cohortId, schoolId, fromDay })
const hidden = { code: 'not-found' }

describe('a cohort that goes on in another school', () => {
  test('is seen there, with its students, from that day and not before', async () => {
    await add('2026-11-25')
    await expect(seeCohort(world, academy.stranger, academy.cohortId)).rejects.toMatchObject(hidden)
    await expect(seeStudent(world, academy.stranger, 'ana')).rejects.toMatchObject(hidden)
    expect(await seeCohorts(world, academy.stranger)).toEqual([])
    world.clock.at = new Date('2026-11-25T11:00:00Z')
    const seen = await seeCohort(world, academy.stranger, academy.cohortId)
    expect(seen.members.map(({ publicId }) => publicId)).toEqual(['ana'])
    expect([seen.mayManage, seen.mayRecord]).toEqual([false, false])
    expect(await seeCohorts(world, academy.stranger)).toMatchObject([
      { publicId: academy.cohortId },
    ])
    const student = await seeStudent(world, academy.stranger, 'ana')
    expect([student.mayManage, student.mayRecordPlacement, student.mayOpenAccount]).toEqual([
      false,
      false,
      false,
    ])
  })

  test('is not seen there any more after its last day, nor a student who has left it', async () => {
    await add('2026-11-01')
    const { cohortId } = academy
    const leave = { cohortId, studentId: 'ana', lastDay: '2026-11-23', reason: 'AUTRE' }
    await seeStudent(world, academy.stranger, 'ana')
    await endEnrolment(world, academy.teacher, leave)
    await expect(seeStudent(world, academy.stranger, 'ana')).rejects.toMatchObject(hidden)
    const end = { cohortId, schoolId: elsewhere }
    await endSchool(world, academy.teacher, { ...end, lastDay: '2026-11-24' })
    await seeCohort(world, academy.stranger, cohortId)
    world.clock.at = new Date('2026-11-25T11:00:00Z')
    await expect(seeCohort(world, academy.stranger, cohortId)).rejects.toMatchObject(hidden)
    await expect(
      endSchool(world, academy.teacher, { ...end, lastDay: '2026-11-26' }),
    ).rejects.toMatchObject(hidden)
  })

  test('shows no student of the first school who is in no cohort', async () => {
    await add('2026-11-01')
    await aStudent(world, academy, { id: 'ben' })
    await expect(seeStudent(world, academy.stranger, 'ben')).rejects.toMatchObject(hidden)
  })

  test('PT-13 does so within its five years, and in a school once at a time', async () => {
    await expect(add('2026-08-31')).rejects.toMatchObject({ fields: [{ pointer: '/fromDay' }] })
    await expect(add('2031-09-01')).rejects.toMatchObject({ fields: [{ pointer: '/fromDay' }] })
    await add('2031-08-31')
    await expect(add('2029-09-01')).rejects.toMatchObject({ code: 'conflict' })
    await expect(add('2029-09-01', academy.school.publicId)).rejects.toMatchObject({
      code: 'conflict',
    })
    await expect(add('2029-09-01', academy.company.publicId)).rejects.toMatchObject({
      fields: [{ pointer: '/schoolId' }],
    })
    const { schools } = await seeSchools(world, academy.teacher, academy.cohortId)
    expect(schools).toMatchObject([{ isOwner: true }, { fromDay: '2031-08-31', active: false }])
  })

  test('is let go on by its own school only, which itself is never taken away', async () => {
    await add('2026-11-01')
    const input = { cohortId: academy.cohortId, schoolId: elsewhere, fromDay: '2027-09-01' }
    for (const actor of [academy.stranger, academy.tutor]) {
      await expect(addSchool(world, actor, input)).rejects.toMatchObject(hidden)
      await expect(seeSchools(world, actor, academy.cohortId)).rejects.toMatchObject(hidden)
    }
    await expect(addSchool(world, academy.officer, input)).rejects.toMatchObject({
      code: 'forbidden',
    })
    const own = { cohortId: academy.cohortId, schoolId: academy.school.publicId }
    await expect(
      endSchool(world, academy.teacher, { ...own, lastDay: '2026-11-24' }),
    ).rejects.toMatchObject(hidden)
  })
})

describe('PT-23 employment by a partner company', () => {
  const leave = (lastDay: string) =>
    endEnrolment(world, academy.teacher, {
      cohortId: academy.cohortId,
      studentId: 'ana',
      lastDay,
      reason: 'EMBAUCHE_PARTENAIRE',
    })

  test('PT-23 may be why a student leaves, once it is so', async () => {
    await expect(leave('2026-11-25')).rejects.toMatchObject({
      rule: 'PT-23',
      fields: [{ pointer: '/lastDay' }],
    })
    await leave('2026-11-24')
    const { enrolments } = await seeStudent(world, academy.teacher, 'ana')
    expect(enrolments).toMatchObject([{ exitReason: 'EMBAUCHE_PARTENAIRE' }])
  })
})
