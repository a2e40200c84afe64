import { beforeEach, expect, test } from 'vitest'
import {
  agreeToAssessment,
  objectTo,
} from '../../../src/mentoring/placements/agree-to-assessment.js'
import { askAssessment } from '../../../src/mentoring/placements/ask-assessment.js'
import { sendAssessment } from '../../../src/mentoring/placements/assess-placement.js'
import { confirmPlacement } from '../../../src/mentoring/placements/confirm-placement.js'
import { NEUTRAL_GRID } from '../../../src/mentoring/placements/neutral-grid.data.js'
import { seeStudent } from '../../../src/mentoring/students/see-student.js'
import type { Actor } from '../../../src/context.js'
import { auditOf } from '../../people/people.js'
import { openWorld, type World } from '../../support/world.js'
import { aStudent, openAcademy, type Academy } from '../academy.js'
import { browserOf, textOf } from '../browser.js'
import { accountOf, filledIn, plan, tokenOf } from './planned.js'

let world: World
let academy: Academy
let student: Actor
let placementId: string

beforeEach(async () => {
  world = await openWorld()
  academy = await openAcademy(world)
  await aStudent(world, academy, { id: 'ana' })
  student = await accountOf(world, academy, 'ana', 'ana@example.org')
  placementId = await plan(world, academy, { fromDay: '2026-11-02', untilDay: '2026-11-13' })
  const gridId = NEUTRAL_GRID.publicId
  const { url } = await askAssessment(world, academy.teacher, { placementId, gridId })
  await sendAssessment(world, tokenOf(url), filledIn({ outcome: 'DID_NOT_SHOW' }))
})

test('an objection to “never came” is taken back from the own record', async () => {
  const tab = await browserOf(world, 'ana@example.org')
  // What the school has not confirmed is not said of them yet.
  expect(textOf(await tab.get('/my-record'))).not.toContain('Jamais venu')
  await confirmPlacement(world, academy.colleague, placementId)
  expect(textOf(await tab.get('/my-record'))).toContain('Jamais venu')
  await objectTo(world, student, placementId, { reason: 'J’y étais tous les jours', version: 1 })
  const page = await tab.get('/my-record')
  const href = `/my-record/placement/${placementId}/contest`
  expect(page.text).toContain(`href="${href}"`)
  expect(textOf(page)).toContain('Vous avez dit : J’y étais tous les jours')
  expect((await tab.send(href, { do: 'withdraw' })).status).toBe(303)
  expect(textOf(await tab.get('/my-record'))).toContain('Contestation retirée')
  await agreeToAssessment(world, student, placementId)
  expect((await auditOf(world)).slice(-3)).toEqual([
    'placement.contested',
    'placement.contest-withdrawn',
    'assessment.agreed',
  ])
})

test('“never came” is no fact on the page of the school', async () => {
  await confirmPlacement(world, academy.colleague, placementId)
  expect((await seeStudent(world, academy.teacher, 'ana')).recorded).toEqual([])
})
