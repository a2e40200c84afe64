import { beforeEach, describe, expect, test } from 'vitest'
import type { Actor } from '../../src/context.js'
import { seeAlerts } from '../../src/mentoring/alerts/see-alerts.js'
import { confirmSession } from '../../src/mentoring/confirming/confirm-session.js'
import { contestFact, withdrawContest } from '../../src/mentoring/facts/contest-fact.js'
import { correctSession, type CorrectionInput } from '../../src/mentoring/facts/correct-session.js'
import { confirmedFactsOf, findStudent } from '../../src/mentoring/facts/facts.js'
import { listRecorded } from '../../src/mentoring/facts/recorded-store.js'
import { confirmPlacement } from '../../src/mentoring/placements/confirm-placement.js'
import { correctPlacement } from '../../src/mentoring/placements/correct-placement.js'
import { meanwhile } from '../support/meanwhile.js'
import { openWorld, type World } from '../support/world.js'
import { ADDRESS, aMember, aPlacement, aSession, openAcademy, type Academy } from './academy.js'
import { browserOf, textOf } from './browser.js'
import { accountOf } from './placements/planned.js'

let world: World
let academy: Academy
let zoe: Actor
let sessionId: string

const ADDRESS_OF_ZOE = 'zoe@example.org'

beforeEach(async () => {
  world = await openWorld()
  academy = await openAcademy(world)
  await aMember(world, academy, { id: 'zoe' })
  await aMember(world, academy, { id: 'ana', givenName: 'Ana' })
  zoe = await accountOf(world, academy, 'zoe', ADDRESS_OF_ZOE)
  sessionId = await aSession(world, academy, { studentIds: ['zoe', 'ana'] })
  await confirmSession(world, academy.tutor, sessionId)
})

const ofSession = () => ({ studentId: 'zoe', kind: 'session', factId: sessionId }) as const
const contest = (changes = {}, ctx = world) =>
  contestFact(ctx, zoe, { ...ofSession(), reason: 'Une heure, pas deux.', ...changes })
const withdraw = (by = zoe) => withdrawContest(world, by, ofSession())
const correct = (changes: Partial<CorrectionInput> = {}) =>
  correctSession(world, academy.teacher, {
    ...{ sessionId, version: 1, reason: 'La durée était fausse' },
    ...{ companyId: academy.company.publicId, kind: 'PROJET', format: 'PETIT_GROUPE' },
    ...{ day: '2026-11-10', minutes: 90, topic: 'Moule en composite' },
    ...{ mentorIds: [academy.tutor.publicId], studentIds: ['zoe', 'ana'] },
    ...{ topicAgreed: false, coordinated: false, schoolAdultPresent: true },
    acknowledged: ['PT-06', 'PT-07'],
    ...changes,
  })
const idOf = async (student: string) => (await findStudent(world.db, student))!.id
const factsOf = async (student: string) => confirmedFactsOf(world.db, await idOf(student))
const recorded = async () => (await listRecorded(world.db, [await idOf('zoe')]))[0]
const jobs = () =>
  world.db.selectFrom('jobs').select('id').where('kind', '=', 'fact-changed').execute()
const contestAlerts = async () =>
  (await seeAlerts(world, academy.teacher)).filter(({ rule }) => rule === 'AL-3')

describe('what a student contests', () => {
  test('is the version that they read: a correction ends it, and it counts once confirmed anew', async () => {
    await contest()
    expect(await factsOf('zoe')).toEqual([])
    expect(await contestAlerts()).toHaveLength(1)
    await correct()
    expect(await recorded()).toMatchObject({
      ...{ version: 2, contestedAt: null, contestReason: null },
      pastContests: [{ version: 1, reason: 'Une heure, pas deux.', endedBy: 'CORRECTION' }],
    })
    expect(await contestAlerts()).toEqual([])
    expect(await factsOf('zoe')).toEqual([])
    await confirmSession(world, academy.tutor, sessionId)
    expect(await factsOf('zoe')).toMatchObject([{ minutes: 90 }])
  })

  test('stays over a correction that changes nothing', async () => {
    await contest()
    await correct({ minutes: 60 })
    await confirmSession(world, academy.tutor, sessionId)
    expect(await recorded()).toMatchObject({ version: 2, contestReason: 'Une heure, pas deux.' })
    expect(await factsOf('zoe')).toEqual([])
    expect(await factsOf('ana')).toHaveLength(1)
  })

  test('may be contested again in its new version', async () => {
    await contest()
    await correct()
    await contest({ version: 2, reason: 'Toujours faux.' })
    expect(await recorded()).toMatchObject({
      contestReason: 'Toujours faux.',
      pastContests: [{ version: 1 }],
    })
  })

  test('is not what somebody corrects as they read it', async () => {
    await expect(contest({ version: 1 }, meanwhile(world, correct))).rejects.toMatchObject({
      code: 'conflict',
    })
    expect(await recorded()).toMatchObject({ contestedAt: null, pastContests: [] })
  })

  test('is kept of a student who is taken out of the session', async () => {
    await contest()
    await correct({ studentIds: ['ana'], format: 'INDIVIDUEL' })
    const past = await world.db.selectFrom('past_contests').selectAll().execute()
    expect(past).toMatchObject([{ student_id: await idOf('zoe'), ended_by: 'CORRECTION' }])
  })
})

describe('a contest that its student takes back', () => {
  test('ends: the fact counts, and what rests on it is told', async () => {
    await contest()
    await world.db.deleteFrom('figures_due').execute()
    const before = (await jobs()).length
    await withdraw()
    expect(await factsOf('zoe')).toHaveLength(1)
    expect(await recorded()).toMatchObject({ pastContests: [{ version: 1, endedBy: 'STUDENT' }] })
    expect(await jobs()).toHaveLength(before + 1)
    expect(await world.db.selectFrom('figures_due').selectAll().execute()).not.toEqual([])
    const lines = await world.db.selectFrom('audit').select('action').execute()
    expect(lines).toContainEqual({ action: 'session.contest-withdrawn' })
    await expect(withdraw()).rejects.toMatchObject({ code: 'not-found' })
  })

  test('is nobody else’s', async () => {
    await contest()
    await expect(withdraw(academy.teacher)).rejects.toMatchObject({ code: 'forbidden' })
    const ana = await accountOf(world, academy, 'ana', 'ana@example.org')
    await expect(withdraw(ana)).rejects.toMatchObject({ code: 'not-found' })
    expect(await factsOf('zoe')).toEqual([])
  })
})

test('a placement that was contested counts once it is corrected and confirmed anew', async () => {
  const placementId = await aPlacement(world, academy, 'zoe')
  await confirmPlacement(world, academy.tutor, placementId)
  const reason = 'Huit jours.'
  await contestFact(world, zoe, { ...ofSession(), kind: 'placement', factId: placementId, reason })
  await correctPlacement(world, academy.teacher, {
    ...{ placementId, version: 1, reason: 'Un jour compté à tort' },
    ...{ fromDay: '2026-11-02', untilDay: '2026-11-13', daysDone: 8 },
  })
  await confirmPlacement(world, academy.tutor, placementId)
  expect((await factsOf('zoe')).map(({ days }) => days)).toContain(8)
  const past = await world.db.selectFrom('past_contests').selectAll().execute()
  expect(past).toMatchObject([{ kind: 'placement', version: 1, reason }])
})

test('the pages ask the student to read the correction, and let them take a contest back', async () => {
  await contest()
  await correct()
  const tab = await browserOf(world, ADDRESS_OF_ZOE)
  expect(textOf(await tab.get('/my-record'))).toContain(
    'Version 1 contestée : « Une heure, pas deux. ». Corrigée depuis. Relisez-la : si c’est encore faux, contestez de nouveau.',
  )
  const path = `/my-record/session/${sessionId}/contest`
  const late = await tab.send(path, { do: 'contest', version: '1', reason: 'Faux' })
  expect(late.status).toBe(409)
  await tab.send(path, { do: 'contest', version: '2', reason: 'Encore faux' })
  expect(textOf(await tab.get('/my-record'))).toContain('Vous avez dit : Encore faux')
  expect((await tab.send(path, { do: 'withdraw' })).headers.location).toBe('/my-record')
  const text = textOf(await tab.get('/my-record'))
  expect(text).toContain('Votre contestation est retirée')
  expect(text).not.toContain('Relisez-la')
  const school = await browserOf(world, ADDRESS.teacher)
  expect(textOf(await school.get('/students/zoe'))).toContain(
    'Version 2 contestée : « Encore faux ». Contestation retirée.',
  )
})
