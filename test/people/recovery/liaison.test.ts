import { expect, test } from 'vitest'
import { assignLiaison } from '../../../src/mentoring/classes/assign-liaison.js'
import { confirmRecovery, seeRecoveries } from '../../../src/people/recovery/recover.js'
import { ADDRESS, openAcademy } from '../../mentoring/academy.js'
import { openWorld } from '../../support/world.js'
import { asActor, refusalOf, somebody } from '../people.js'
import { askAndTake } from './story.js'

test('the liaison officer of a company confirms for it, with its administrator', async () => {
  const world = await openWorld()
  const { teacher, officer, company, classId } = await openAcademy(world)
  const held = { role: 'company-admin', organisationId: company.id } as const
  const admin = await asActor(world, await somebody(world, 'admin@company.example', held))
  await askAndTake(world, ADDRESS.tutor)
  // Of no company yet.
  expect(await seeRecoveries(world, officer)).toEqual([])
  await assignLiaison(world, teacher, {
    ...{ classId, personId: officer.publicId, employerId: company.publicId },
    ...{ financedById: company.publicId, fromDay: '2026-11-24' },
  })
  const [waiting] = await seeRecoveries(world, officer)
  await confirmRecovery(world, officer, waiting!.id)
  expect((await refusalOf(confirmRecovery(world, officer, waiting!.id))).code).toBe('rule-refused')
  expect(await confirmRecovery(world, admin, waiting!.id)).toContain('/recover/')
})
