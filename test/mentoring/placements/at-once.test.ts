import { beforeEach, describe, expect, test } from 'vitest'
import type { Actor } from '../../../src/context.js'
import {
  agreeToAssessment,
  objectTo,
} from '../../../src/mentoring/placements/agree-to-assessment.js'
import { askAssessment } from '../../../src/mentoring/placements/ask-assessment.js'
import {
  copyAssessment,
  keepAssessment,
  sendAssessment,
} from '../../../src/mentoring/placements/assess-placement.js'
import { cancelPlacement, changeTutor } from '../../../src/mentoring/placements/change-tutor.js'
import { completePlacement } from '../../../src/mentoring/placements/complete-placement.js'
import { confirmPlacement } from '../../../src/mentoring/placements/confirm-placement.js'
import { addGrid } from '../../../src/mentoring/placements/grids.js'
import { findPlacementWithPlan } from '../../../src/mentoring/placements/placements-store.js'
import { recordVisit } from '../../../src/mentoring/placements/record-visit.js'
import {
  recordSignature,
  writeAgreement,
} from '../../../src/mentoring/placements/write-agreement.js'
import { meanwhile } from '../../support/meanwhile.js'
import { openWorld, type World } from '../../support/world.js'
import { aStudent, openAcademy, type Academy } from '../academy.js'
import { accountOf, filledIn, plan, tokenOf } from './planned.js'

const gridId = 'neutral-1'
let world: World
let academy: Academy
let student: Actor
let placementId: string
let token: string

beforeEach(async () => {
  world = await openWorld()
  academy = await openAcademy(world)
  await aStudent(world, academy, { id: 'ana' })
  student = await accountOf(world, academy, 'ana', 'ana@example.org')
  const tutor = { tutorId: '', tutorGivenName: 'Ida', tutorFamilyName: 'Durand' }
  placementId = await plan(world, academy, tutor)
  world.clock.at = new Date('2026-12-21T11:00:00.000Z')
  token = tokenOf((await askAssessment(world, academy.teacher, { placementId, gridId })).url)
})

const neverCame = () => filledIn({ outcome: 'DID_NOT_SHOW', daysDone: '', marks: {} })
const cancel = (ctx = world) => cancelPlacement(ctx, academy.teacher, placementId)
const complete = (ctx = world) =>
  completePlacement(ctx, academy.teacher, { placementId, daysDone: 10 })
const sendNeverCame = (ctx = world) => sendAssessment(ctx, token, neverCame())
const copy = (ctx = world) =>
  copyAssessment(ctx, academy.teacher, { ...filledIn(), placementId, gridId })
const another = (ctx = world) =>
  changeTutor(ctx, academy.teacher, {
    placementId,
    ...{ tutorId: academy.tutor.publicId, tutorGivenName: '', tutorFamilyName: '' },
    acknowledged: [],
  })
const ask = (ctx = world) => askAssessment(ctx, academy.teacher, { placementId, gridId })
const keep = (ctx = world) => keepAssessment(ctx, token, filledIn())
const write = (ctx = world) => writeAgreement(ctx, academy.teacher, { placementId, mentions: {} })
const sign = (ctx = world) =>
  recordSignature(ctx, academy.teacher, {
    placementId,
    ...{ party: 'SCHOOL', signedOn: '2026-12-01', manner: 'PAPER' },
  })
const visit = (ctx = world) =>
  recordVisit(ctx, academy.teacher, {
    placementId,
    ...{ day: '2026-12-08', manner: 'PHONE', finding: 'GOES_WELL' },
  })
const state = async () => {
  const found = await findPlacementWithPlan(world.db, placementId)
  return { daysDone: found?.daysDone, outcome: found?.outcome, cancelledAt: found?.cancelledAt }
}

describe('of two who close a placement at once, the second is refused', () => {
  test.each([
    ['cancelled, as the tutor sends “never came”', cancel, sendNeverCame],
    ['cancelled, as its days are recorded', cancel, complete],
    ['its days recorded, as the tutor sends “never came”', complete, sendNeverCame],
    ['its days recorded, as it is cancelled', complete, cancel],
    ['assessed by link, as it is cancelled', sendNeverCame, cancel],
    ['assessed by link, as its days are recorded', sendNeverCame, complete],
    ['copied from paper, as the tutor sends “never came”', copy, sendNeverCame],
    ['copied from paper, as it is cancelled', copy, cancel],
  ])('%s', async (_, second, first) => {
    const other = meanwhile(world, () => first())
    await expect(second(other)).rejects.toMatchObject({ code: 'conflict' })
    const { daysDone, outcome, cancelledAt } = await state()
    const closings = [daysDone, outcome, cancelledAt].filter((one) => one !== null)
    expect(closings).toHaveLength(1)
  })
})

describe('what is said of a placement that was cancelled meanwhile is refused', () => {
  test.each([
    ['another tutor', another],
    ['a link for its tutor', ask],
    ['what its tutor has filled in so far', keep],
    ['its agreement', write],
    ['a signature', sign],
    ['a check with its tutor', visit],
  ])('%s', async (_, act) => {
    await expect(act(meanwhile(world, cancel))).rejects.toMatchObject({ code: 'conflict' })
  })
})

test('paper is copied by the grid with which the tutor has just begun', async () => {
  const ownGrid = await addGrid(world, academy.teacher, {
    schoolId: academy.school.publicId,
    title: 'Grille DÉMO',
    competences: 'Préparer\n- Lit un plan',
    levels: 'Non\nOui',
  })
  const onPaper = { ...filledIn(), placementId, gridId: ownGrid }
  await copyAssessment(meanwhile(world, keep), academy.teacher, onPaper)
  expect(await state()).toMatchObject({ daysDone: 10, outcome: 'COMPLETED' })
})

test('nobody agrees to an assessment to which they object at the same moment', async () => {
  await sendAssessment(world, token, filledIn())
  await confirmPlacement(world, academy.teacher, placementId)
  const objecting = meanwhile(world, () =>
    objectTo(world, student, placementId, { reason: 'Neuf jours.' }),
  )
  await expect(agreeToAssessment(objecting, student, placementId)).rejects.toMatchObject({
    code: 'conflict',
  })
})
