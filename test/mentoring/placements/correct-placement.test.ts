import { beforeEach, describe, expect, test } from 'vitest'
import { confirmedFactsOf, findStudent } from '../../../src/mentoring/facts/facts.js'
import { confirmPlacement } from '../../../src/mentoring/placements/confirm-placement.js'
import {
  correctPlacement,
  type PlacementCorrection,
} from '../../../src/mentoring/placements/correct-placement.js'
import { findPlacement, savePlacementConfirmation } from '../../../src/mentoring/facts/store.js'
import { openWorld, type World } from '../../support/world.js'
import { ADDRESS, aMember, aPlacement, openAcademy, type Academy } from '../academy.js'
import { browserOf, textOf } from '../browser.js'

let world: World
let academy: Academy
let placementId: string

beforeEach(async () => {
  world = await openWorld()
  academy = await openAcademy(world)
  await aMember(world, academy, { id: 'zoe' })
  placementId = await aPlacement(world, academy, 'zoe')
  await confirmPlacement(world, academy.tutor, placementId)
})

const correct = (changes: Partial<PlacementCorrection> = {}, by = academy.teacher) =>
  correctPlacement(world, by, {
    placementId,
    version: 1,
    fromDay: '2026-11-02',
    untilDay: '2026-11-13',
    daysDone: 10,
    reason: 'Un jour férié compté à tort',
    ...changes,
  })

const daysOf = async () =>
  (await confirmedFactsOf(world.db, (await findStudent(world.db, 'zoe'))!.id)).map(
    ({ days }) => days,
  )

describe('correcting a placement that was confirmed', () => {
  test('makes a new version, which counts once somebody else has confirmed it', async () => {
    expect(await daysOf()).toEqual([9])
    await correct()
    expect(await daysOf()).toEqual([])
    await expect(confirmPlacement(world, academy.teacher, placementId)).rejects.toMatchObject({
      code: 'forbidden',
    })
    await confirmPlacement(world, academy.tutor, placementId)
    expect(await daysOf()).toEqual([10])
    const kept = await world.db.selectFrom('fact_versions').selectAll().orderBy('version').execute()
    expect(kept.map(({ kind, version, reason }) => [kind, version, reason])).toEqual([
      ['placement', 1, null],
      ['placement', 2, 'Un jour férié compté à tort'],
    ])
  })

  test('tells what rests on it, and marks its figures to be counted again', async () => {
    await world.db.deleteFrom('figures_due').execute()
    await correct()
    const jobs = await world.db.selectFrom('jobs').select('kind').execute()
    expect(jobs).toContainEqual({ kind: 'fact-changed' })
    expect((await world.db.selectFrom('figures_due').selectAll().execute()).length).toBeGreaterThan(
      0,
    )
  })

  test('PFMP-13 is refused more days than there are', async () => {
    await correct({ daysDone: 12 })
    await expect(correct({ version: 2, daysDone: 13 })).rejects.toMatchObject({ rule: 'PFMP-13' })
  })

  test('is refused without a reason, of another version, and to others', async () => {
    await expect(correct({ reason: '' })).rejects.toMatchObject({ code: 'invalid-request' })
    await expect(correct({ version: 2 })).rejects.toMatchObject({ code: 'conflict' })
    await expect(correct({}, academy.stranger)).rejects.toMatchObject({ code: 'not-found' })
    await expect(correct({}, academy.tutor)).rejects.toMatchObject({ code: 'not-found' })
    expect(await daysOf()).toEqual([9])
  })

  test('is done on its page, which leads to it', async () => {
    const tab = await browserOf(world, ADDRESS.teacher)
    const page = await tab.get(`/placements/${placementId}`)
    expect(page.text).toContain(`href="/placements/${placementId}/correct"`)
    await tab.get(`/placements/${placementId}/correct`)
    const answer = await tab.send(`/placements/${placementId}/correct`, {
      version: '1',
      fromDay: '2026-11-02',
      untilDay: '2026-11-13',
      daysDone: '8',
      reason: 'Deux jours d’absence',
    })
    expect(answer.headers.location).toBe(`/placements/${placementId}`)
    expect(textOf(await tab.get(answer.headers.location!))).toContain('La période est corrigée')
  })
})

test('who read a placement before it was corrected confirms nothing of it', async () => {
  const read = (await findPlacement(world.db, placementId))!
  await correct()
  const by = {
    by: academy.tutor.personId!,
    role: 'company-endorser',
    at: world.now().toISOString(),
  }
  expect(await savePlacementConfirmation(world.db, read, by)).toBe(false)
  const now = (await findPlacement(world.db, placementId))!
  expect(await savePlacementConfirmation(world.db, now, by)).toBe(true)
})
