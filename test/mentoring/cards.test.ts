import { beforeEach, describe, expect, test } from 'vitest'
import { enterByCode } from '../../src/people/codes/enter-by-code.js'
import { insertAssignment } from '../../src/people/store.js'
import { choicesForCards, makeCards } from '../../src/mentoring/students/make-cards.js'
import { openStudentAccount } from '../../src/mentoring/students/open-student-account.js'
import { findStudent } from '../../src/mentoring/students/store.js'
import { auditOf, PASSWORD, refusalOf } from '../people/people.js'
import { openWorld, type World } from '../support/world.js'
import { aMember, ADDRESS, openAcademy, type Academy } from './academy.js'
import { browserOf } from './browser.js'

let world: World
let academy: Academy
let path: string

beforeEach(async () => {
  world = await openWorld()
  academy = await openAcademy(world)
  await aMember(world, academy, { id: 'ana', givenName: 'Ana' })
  await aMember(world, academy, { id: 'bilal', givenName: 'Bilal' })
  path = `/cohorts/${academy.cohortId}/cards`
})

const make = (...studentIds: string[]) =>
  makeCards(world, academy.teacher, { cohortId: academy.cohortId, studentIds })
const offered = async () => {
  const { students } = await choicesForCards(world, academy.teacher, academy.cohortId)
  return students.map(({ publicId, isIn }) => [publicId, isIn])
}

describe('sign-in cards', () => {
  test('open the accounts of those who have none, and are shown once, kept by no cache', async () => {
    const tab = await browserOf(world, ADDRESS.teacher)
    const { status, text, headers } = await tab.send(path, { studentIds: ['ana', 'bilal'] })
    expect(status).toBe(200)
    expect(headers['cache-control']).toContain('no-store')
    const [identifier, code] = [...text.matchAll(/<code>([\w-]{9})<\/code>/g)].map(
      ([, one]) => one!,
    )
    expect([...text.matchAll(/<code>/g)]).toHaveLength(4)
    expect(text).toContain('https://sceau.example/sign-in/code')
    expect((await tab.get(path)).text).not.toContain(identifier)
    await enterByCode(world, { identifier: identifier!, code: code!, password: PASSWORD })
    expect(await offered()).toEqual([
      ['ana', true],
      ['bilal', false],
    ])
    const audit = await auditOf(world)
    expect(audit.filter((action) => action === 'student.code-made')).toHaveLength(2)
    expect(audit.filter((action) => action === 'student.account-opened')).toHaveLength(2)
  })

  test('made again have the same identifier and another code, also for who forgot a password', async () => {
    const [first] = await make('ana')
    await enterByCode(world, { ...first!, password: PASSWORD })
    const [second] = await make('ana')
    expect(second!.identifier).toBe(first!.identifier)
    expect(second!.code).not.toBe(first!.code)
    const persons = world.db.selectFrom('persons').select('id').where('email', 'is', null)
    expect(await persons.execute()).toHaveLength(1)
  })

  test('are for no one with an address or another role: they have a link', async () => {
    await openStudentAccount(world, academy.teacher, { studentId: 'ana', email: 'ana@x.example' })
    await make('bilal')
    const { person_id } = (await findStudent(world.db, 'bilal'))!
    const held = {
      role: 'school-staff',
      from_day: '2026-09-01',
      organisation_id: academy.school.id,
    }
    await insertAssignment(world.db, { person_id: person_id!, ...held })
    expect(await offered()).toEqual([])
    for (const id of ['ana', 'bilal']) expect((await refusalOf(make(id))).code).toBe('conflict')
  })

  test('are made by the staff of the school alone, for its own students, at least one', async () => {
    for (const address of [ADDRESS.stranger, ADDRESS.tutor, ADDRESS.officer]) {
      const tab = await browserOf(world, address)
      expect([403, 404]).toContain((await tab.get(path)).status)
      expect([403, 404]).toContain((await tab.send(path, { studentIds: ['ana'] })).status)
    }
    expect((await refusalOf(make('nobody'))).code).toBe('not-found')
    expect((await refusalOf(make())).code).toBe('invalid-request')
    expect(await world.db.selectFrom('school_identifiers').selectAll().execute()).toEqual([])
  })

  test('are the one way for a student without an address: no link is made for them', async () => {
    const link = openStudentAccount(world, academy.teacher, { studentId: 'ana', email: ' ' })
    expect((await refusalOf(link)).code).toBe('invalid-request')
    expect((await findStudent(world.db, 'ana'))?.person_id).toBeNull()
  })
})
