import { beforeEach, expect, test } from 'vitest'
import type { Actor } from '../../../src/context.js'
import { importClassList } from '../../../src/mentoring/imports/import-class-list.js'
import { correctIdentity } from '../../../src/mentoring/corrections/correct-identity.js'
import { seeIdentity } from '../../../src/mentoring/corrections/see-corrections.js'
import { aLycee, asActor, somebody } from '../../people/people.js'
import { demoIne, demoList, demoStudent, siecleXml } from '../../support/siecle.js'
import { openWorld, type World } from '../../support/world.js'
import { browserOf, textOf } from '../browser.js'

let world: World
let teacher: Actor
let schoolId: string
let studentId: string

beforeEach(async () => {
  world = await openWorld()
  const school = await aLycee(world, 'Lycée DÉMO des Tilleuls')
  schoolId = school.publicId
  const held = { role: 'school-staff', organisationId: school.id } as const
  world.clock.at = new Date('2026-08-20T08:00:00Z')
  teacher = await asActor(world, await somebody(world, 'teacher@example.org', held))
  world.clock.at = new Date('2026-11-24T11:00:00Z')
  await importing()
  studentId = (await stored()).public_id
})

const stored = () =>
  world.db.selectFrom('students').selectAll().orderBy('id').executeTakeFirstOrThrow()
const importing = (changes: object = {}, leaveOutRefused = false) => {
  const whole = demoList({ students: [demoStudent(1, changes), demoStudent(2)] })
  const { schoolYear } = whole
  const file = siecleXml(whole)
  return importClassList(world, teacher, { schoolId, file, schoolYear, leaveOutRefused })
}

async function corrected(changes: object): Promise<void> {
  const { now, changes: before } = await seeIdentity(world, teacher, studentId)
  await correctIdentity(world, teacher, {
    ...{ studentId, reason: 'Carte d’identité', changes: before.length },
    ...now,
    ...changes,
  })
}

test('a list that brings a former name back changes nothing, and is told by the receipt', async () => {
  const { familyName } = demoStudent(1)
  await corrected({ familyName: 'Kerguelen', birthDate: '2010-01-02' })
  const receipt = await importing()
  expect(receipt.kept).toEqual([{ studentId, fields: ['familyName', 'birthDate'] }])
  expect(receipt.totals).toMatchObject({ unchanged: 2, updated: 0, refused: 0 })
  const { family_name, birth_date_sealed } = await stored()
  expect([family_name, world.vault.open(birth_date_sealed)]).toEqual(['Kerguelen', '2010-01-02'])
  const kept = await world.db.selectFrom('class_list_imports').select('receipt').execute()
  for (const value of [familyName, 'Kerguelen', '2010-01-02'])
    expect(JSON.stringify(kept)).not.toContain(value)
  const staff = await browserOf(world, 'teacher@example.org')
  const page = await staff.get(`/imports/${receipt.id}`)
  expect(textOf(page)).toContain('La liste ramène ce que le lycée a corrigé')
  expect(textOf(page)).toContain('le nom de famille, la date de naissance')
  expect(page.text).toContain(`/students/${studentId}/identity`)
})

test('given and birth date corrected together, the list is not taken for another student’s', async () => {
  await corrected({ givenName: 'Marguerite', birthDate: '2010-01-02' })
  expect(await importing()).toMatchObject({ totals: { unchanged: 2, refused: 0 } })
  expect((await stored()).given_name).toBe('Marguerite')
})

test('a name that it never had is news', async () => {
  await corrected({ familyName: 'Kerguelen' })
  const receipt = await importing({ familyName: 'Le Gall' })
  expect(receipt).toMatchObject({ kept: [], totals: { updated: 1 } })
  expect((await stored()).family_name.toLowerCase()).toBe('le gall')
})

test('a former INE makes no second record: its row is refused, with the cure', async () => {
  await corrected({ ine: demoIne(77) })
  const preview = await importing({}, true)
  expect(preview.totals).toMatchObject({ new: 0, refused: 1, unchanged: 1 })
  expect(preview.refused[0]?.words.fr).toContain('Le lycée a corrigé cet INE')
  expect(await world.db.selectFrom('students').select('id').execute()).toHaveLength(2)
  expect(await importing({ ine: demoIne(77) })).toMatchObject({
    totals: { unchanged: 2, refused: 0 },
  })
})
