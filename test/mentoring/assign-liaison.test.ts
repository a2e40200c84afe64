import { beforeEach, describe, expect, test } from 'vitest'
import { assignLiaison, type LiaisonInput } from '../../src/mentoring/classes/assign-liaison.js'
import { seeClass } from '../../src/mentoring/classes/see-classes.js'
import { insertLiaison } from '../../src/mentoring/classes/liaison-store.js'
import { asActor, auditOf, somebody } from '../people/people.js'
import { openWorld, type World } from '../support/world.js'
import { openAcademy, type Academy } from './academy.js'

let world: World
let academy: Academy
let input: LiaisonInput

beforeEach(async () => {
  world = await openWorld()
  academy = await openAcademy(world)
  input = {
    classId: academy.classId,
    personId: academy.officer.publicId,
    employerId: academy.company.publicId,
    financedById: academy.company.publicId,
    fromDay: '2026-11-24',
  }
})

const officers = async () => (await seeClass(world, academy.teacher, academy.classId)).liaisons

describe('the liaison officer of a class', () => {
  test('PT-10 takes over from the one before, to the day', async () => {
    const held = { role: 'liaison-officer', organisationId: academy.school.id } as const
    const next = await asActor(world, await somebody(world, 'next@example.org', held))
    await assignLiaison(world, academy.teacher, { ...input, fromDay: '2026-09-01' })
    await assignLiaison(world, academy.teacher, { ...input, personId: next.publicId })
    expect(await officers()).toMatchObject([
      { fromDay: '2026-11-24', untilDay: null, active: true },
      { fromDay: '2026-09-01', untilDay: '2026-11-23', active: false },
    ])
    expect(await auditOf(world)).toContain('class.liaison-assigned')
  })

  test.each(['2026-11-23', '2026-11-24'])(
    'PT-10 is not named again from %s, when one began on the 24th',
    async (fromDay) => {
      await assignLiaison(world, academy.teacher, input)
      await expect(
        assignLiaison(world, academy.teacher, { ...input, fromDay }),
      ).rejects.toMatchObject({ code: 'invalid-request', fields: [{ pointer: '/fromDay' }] })
      expect(await officers()).toHaveLength(1)
    },
  )

  test('PT-10 a second one at once is refused by the database', async () => {
    await assignLiaison(world, academy.teacher, input)
    const { id } = (await seeClass(world, academy.teacher, academy.classId)).row
    const row = { class_id: id, person_id: academy.officer.personId!, from_day: '2026-12-01' }
    expect(await insertLiaison(world.db, row)).toBe(false)
    expect(await officers()).toHaveLength(1)
  })

  test.each([
    ['personId', 'colleague'],
    ['employerId', ''],
    ['financedById', 'nobody'],
  ])('is refused with a wrong %s', async (field, value) => {
    await expect(
      assignLiaison(world, academy.teacher, { ...input, [field]: value }),
    ).rejects.toMatchObject({ fields: [{ pointer: `/${field}` }] })
  })

  test('is named by staff of the lycée alone', async () => {
    await expect(assignLiaison(world, academy.officer, input)).rejects.toMatchObject({
      code: 'forbidden',
    })
    for (const actor of [academy.stranger, academy.tutor]) {
      await expect(assignLiaison(world, actor, input)).rejects.toMatchObject({ code: 'not-found' })
    }
  })
})
