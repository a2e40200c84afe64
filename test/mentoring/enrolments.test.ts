import { beforeEach, describe, expect, test } from 'vitest'
import { endEnrolment } from '../../src/mentoring/cohorts/end-enrolment.js'
import { enrolStudents } from '../../src/mentoring/cohorts/enrol-student.js'
import { openCohort } from '../../src/mentoring/classes/open-cohort.js'
import { seeCohort } from '../../src/mentoring/cohorts/see-cohort.js'
import { auditOf } from '../people/people.js'
import { openWorld, type World } from '../support/world.js'
import { aMember, ADDRESS, aStudent, openAcademy, type Academy } from './academy.js'
import { browserOf, textOf } from './browser.js'

let world: World
let academy: Academy

beforeEach(async () => {
  world = await openWorld()
  academy = await openAcademy(world)
})

const members = async () =>
  (await seeCohort(world, academy.teacher, academy.cohortId)).members.map((one) => one.publicId)

describe('enrolling students', () => {
  const path = () => `/cohorts/${academy.cohortId}/enrolments/new`

  test('offers those of the lycée in no cohort, ticked at the level of the cohort', async () => {
    await aStudent(world, academy, { id: 'fits', givenName: 'Ana' })
    await aStudent(world, academy, { id: 'older', givenName: 'Bilal', level: 'TLE_PRO' })
    await aMember(world, academy, { id: 'inside', givenName: 'Chloé' })
    const { text } = await (await browserOf(world, ADDRESS.teacher)).get(path())
    expect(text).toMatch(/<input (?=[^>]*value="fits")[^>]*checked/)
    expect(text).not.toMatch(/<input (?=[^>]*value="older")[^>]*checked/)
    expect(text).toContain('Bilal Kerguélen, 2PC, Tle pro')
    expect(text).not.toContain('Chloé')
  })

  test('takes all that are ticked, and says how many', async () => {
    for (const id of ['a', 'b']) await aStudent(world, academy, { id })
    const tab = await browserOf(world, ADDRESS.teacher)
    const answer = await tab.send(path(), { fromDay: '2026-11-24', studentIds: ['a', 'b'] })
    expect(answer.headers.location).toBe(`/cohorts/${academy.cohortId}`)
    expect(textOf(await tab.get(answer.headers.location!))).toContain('2 élèves sont inscrits.')
    expect(await members()).toEqual(['a', 'b'])
  })

  test('comes back with what was ticked when the day does not exist, or nobody is ticked', async () => {
    for (const id of ['a', 'b']) await aStudent(world, academy, { id })
    const tab = await browserOf(world, ADDRESS.teacher)
    const wrongDay = await tab.send(path(), { fromDay: '2026-02-30', studentIds: 'b' })
    expect(wrongDay.status).toBe(400)
    expect(wrongDay.text).toContain('id="error-fromDay"')
    expect(wrongDay.text).toMatch(/<input (?=[^>]*value="b")[^>]*checked/)
    expect(wrongDay.text).not.toMatch(/<input (?=[^>]*value="a")[^>]*checked/)
    const nobody = await tab.send(path(), { fromDay: '2026-11-24' })
    expect(nobody.text).toContain('id="error-studentIds"')
  })

  test('is all or nothing: one who is in a cohort already stops it', async () => {
    await aStudent(world, academy, { id: 'a' })
    await aMember(world, academy, { id: 'b' })
    const { teacher, classId } = academy
    const cohortId = await openCohort(world, teacher, { classId, entryYear: 2027 })
    const chosen = { cohortId, studentIds: ['a', 'b'], fromDay: '2026-11-24' }
    await expect(enrolStudents(world, teacher, chosen)).rejects.toMatchObject({
      code: 'conflict',
      fields: [{ pointer: '/studentIds/1' }],
    })
    expect((await seeCohort(world, teacher, cohortId)).members).toEqual([])
  })

  test('takes no student of another lycée, and is not for a liaison officer', async () => {
    const elsewhere = {
      school: { ...academy.school, id: academy.stranger.assignments[0]!.organisationId! },
    }
    await aStudent(world, elsewhere, { id: 'foreign' })
    const chosen = { cohortId: academy.cohortId, studentIds: ['foreign'], fromDay: '2026-11-24' }
    await expect(enrolStudents(world, academy.teacher, chosen)).rejects.toMatchObject({
      code: 'not-found',
    })
    await expect(enrolStudents(world, academy.officer, chosen)).rejects.toMatchObject({
      code: 'forbidden',
    })
    expect((await (await browserOf(world, ADDRESS.stranger)).get(path())).status).toBe(404)
  })
})

describe('ending an enrolment', () => {
  const leave = (studentId: string) => `/cohorts/${academy.cohortId}/students/${studentId}/leave`

  test('takes a day and a reason; the student leaves, and may enter another cohort', async () => {
    await aMember(world, academy, { id: 'leaver', givenName: 'Ana' })
    const tab = await browserOf(world, ADDRESS.teacher)
    expect(textOf(await tab.get(leave('leaver')))).toContain(
      'Ana Kerguélen quitte « 2PC, entrée en 2026-2027 »',
    )
    const answer = await tab.send(leave('leaver'), {
      lastDay: '2026-11-20',
      reason: 'REORIENTATION',
    })
    expect(answer.headers.location).toBe(`/cohorts/${academy.cohortId}`)
    expect(await members()).toEqual([])
    expect(await auditOf(world)).toContain('enrolment.ended')
    expect(textOf(await tab.get('/students/leaver'))).toContain('20 novembre 2026 Réorientation')
    expect((await tab.get(leave('leaver'))).status).toBe(404)
    const { cohortId, teacher } = academy
    const back = { cohortId, studentIds: ['leaver'], fromDay: '2026-11-21' }
    expect(await enrolStudents(world, teacher, back)).toBe(1)
  })

  test.each([
    ['no reason', { lastDay: '2026-11-20', reason: '' }, 'reason'],
    ['a reason of nobody’s', { lastDay: '2026-11-20', reason: 'FATIGUE' }, 'reason'],
    ['a day before it began', { lastDay: '2026-08-31', reason: 'AUTRE' }, 'lastDay'],
    ['no day', { lastDay: '', reason: 'AUTRE' }, 'lastDay'],
  ])('is refused with %s', async (_, form, field) => {
    await aMember(world, academy, { id: 'leaver' })
    const answer = await (await browserOf(world, ADDRESS.teacher)).send(leave('leaver'), form)
    expect(answer.status).toBe(400)
    expect(answer.text).toContain(`id="error-${field}"`)
    expect(await members()).toEqual(['leaver'])
  })

  test('is refused twice, and to whoever manages no classes', async () => {
    await aMember(world, academy, { id: 'leaver' })
    const { cohortId } = academy
    const end = { cohortId, studentId: 'leaver', lastDay: '2026-11-20', reason: 'AUTRE' }
    await expect(endEnrolment(world, academy.officer, end)).rejects.toMatchObject({
      code: 'forbidden',
    })
    await expect(endEnrolment(world, academy.stranger, end)).rejects.toMatchObject({
      code: 'not-found',
    })
    await endEnrolment(world, academy.teacher, end)
    await expect(endEnrolment(world, academy.teacher, end)).rejects.toMatchObject({
      code: 'not-found',
    })
  })
})
