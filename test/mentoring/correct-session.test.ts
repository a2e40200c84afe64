import { beforeEach, describe, expect, test } from 'vitest'
import { correctSession, type CorrectionInput } from '../../src/mentoring/facts/correct-session.js'
import { makeConfirmationLink } from '../../src/mentoring/confirming/make-confirmation-link.js'
import { findSession } from '../../src/mentoring/facts/store.js'
import { confirmSession, keepConfirmation } from '../../src/mentoring/confirming/confirm-session.js'
import { confirmedFactsOf, findStudent } from '../../src/mentoring/facts/facts.js'
import { seeSession } from '../../src/mentoring/facts/see-session.js'
import { undoSession } from '../../src/mentoring/facts/undo-session.js'
import { openWorld, type World } from '../support/world.js'
import { aMember, ADDRESS, aSession, openAcademy, type Academy } from './academy.js'
import { browserOf, textOf } from './browser.js'

let world: World
let academy: Academy
let sessionId: string

beforeEach(async () => {
  world = await openWorld()
  academy = await openAcademy(world)
  await aMember(world, academy, { id: 'zoe' })
  await aMember(world, academy, { id: 'ana', givenName: 'Ana' })
  sessionId = await aSession(world, academy, { studentIds: ['zoe'] })
})

const correct = (changes: Partial<CorrectionInput> = {}, by = academy.teacher) =>
  correctSession(world, by, {
    sessionId,
    version: 1,
    reason: 'La durée était fausse',
    companyId: academy.company.publicId,
    kind: 'PROJET',
    format: 'INDIVIDUEL',
    day: '2026-11-10',
    minutes: 90,
    topic: 'Moule en composite',
    mentorIds: [academy.tutor.publicId],
    studentIds: ['zoe'],
    topicAgreed: false,
    coordinated: false,
    schoolAdultPresent: true,
    acknowledged: ['PT-06', 'PT-07'],
    ...changes,
  })

const row = () => world.db.selectFrom('mentoring_sessions').selectAll().executeTakeFirstOrThrow()
const factsOf = async (id: string) =>
  confirmedFactsOf(world.db, (await findStudent(world.db, id))!.id)
const versions = () => world.db.selectFrom('fact_versions').selectAll().orderBy('version').execute()

test('a correction closes the links that asked about the version before', async () => {
  await makeConfirmationLink(world, academy.teacher, { sessionId })
  await correct()
  const links = await world.db.selectFrom('answer_links').select('revoked_at').execute()
  expect(links).toEqual([{ revoked_at: expect.any(String) }])
})

test('who read a session before it was corrected does not confirm the correction', async () => {
  const read = (await findSession(world.db, sessionId))!
  await correct({}, academy.colleague)
  const by = { personId: academy.colleague.personId!, publicId: 'x', role: 'school-staff' }
  await expect(
    world.db.transaction().execute((trx) => keepConfirmation(world, trx, read, by)),
  ).rejects.toMatchObject({ code: 'conflict' })
})

test('a session of another scheme is no evidence of a P-TECH badge', async () => {
  await confirmSession(world, academy.tutor, sessionId)
  expect(await factsOf('zoe')).toHaveLength(1)
  await world.db.updateTable('mentoring_sessions').set({ scheme: 'CORDEES' }).execute()
  expect(await factsOf('zoe')).toEqual([])
})

describe('correcting a confirmed session', () => {
  beforeEach(() => confirmSession(world, academy.tutor, sessionId))

  test('makes a new version that counts once somebody else has confirmed it', async () => {
    await correct()
    expect(await row()).toMatchObject({ minutes: 90, version: 2, confirmed_at: null })
    expect(await factsOf('zoe')).toEqual([])
    await expect(confirmSession(world, academy.teacher, sessionId)).rejects.toMatchObject({
      code: 'forbidden',
    })
    await confirmSession(world, academy.tutor, sessionId)
    expect(await factsOf('zoe')).toMatchObject([{ minutes: 90 }])
  })

  test('keeps both versions, each with its digest, and why', async () => {
    await correct()
    const kept = await versions()
    expect(kept.map(({ version, reason }) => [version, reason])).toEqual([
      [1, null],
      [2, 'La durée était fausse'],
    ])
    expect(new Set(kept.map(({ digest }) => digest)).size).toBe(2)
    expect(kept.map(({ content }) => JSON.parse(content).minutes)).toEqual([60, 90])
  })

  test('shows what changed', async () => {
    await correct({ studentIds: ['zoe', 'ana'], format: 'PETIT_GROUPE' })
    const { corrections, students } = await seeSession(world, academy.teacher, sessionId)
    expect(students).toHaveLength(2)
    expect(corrections).toMatchObject([
      {
        version: 2,
        changes: [
          { field: { en: 'Duration in minutes' }, before: '60', after: '90' },
          { field: { en: 'Students' }, before: '1', after: '2' },
        ],
      },
    ])
  })

  test('tells what rests on it, by a job in the same transaction', async () => {
    await correct()
    const jobs = await world.db.selectFrom('jobs').select(['kind', 'payload']).execute()
    const { id } = await row()
    expect(jobs).toContainEqual({
      kind: 'fact-changed',
      payload: JSON.stringify({ kind: 'session', factId: id }),
    })
  })

  test('writes its line of audit, and neither the reason nor a name in it', async () => {
    await correct({ reason: 'Zoé Kerguélen était absente' })
    const { details, actor } = await world.db
      .selectFrom('audit')
      .selectAll()
      .where('action', '=', 'session.corrected')
      .executeTakeFirstOrThrow()
    expect(details).toBe('{"version":2}')
    expect(actor).toBe(academy.teacher.publicId)
  })

  test('is refused to the second of two who saw the same version', async () => {
    await correct()
    await expect(correct({ minutes: 30 }, academy.colleague)).rejects.toMatchObject({
      code: 'conflict',
    })
    expect(await row()).toMatchObject({ minutes: 90, version: 2 })
    expect(await versions()).toHaveLength(2)
  })

  test('is refused without a reason, and for a day to come', async () => {
    const wrong = (pointer: string) => ({ fields: [expect.objectContaining({ pointer })] })
    await expect(correct({ reason: ' ' })).rejects.toMatchObject(wrong('/reason'))
    await expect(correct({ day: '2026-11-25' })).rejects.toMatchObject(wrong('/day'))
    expect(await row()).toMatchObject({ minutes: 60, version: 1 })
  })

  test('obeys the rules of a session that is recorded', async () => {
    await expect(correct({ kind: 'CARRIERE' })).rejects.toMatchObject({ rule: 'PT-03' })
    await expect(correct({ acknowledged: [] })).rejects.toMatchObject({ code: 'unacknowledged' })
  })

  test('is for the school: not for the company, nor for another school', async () => {
    await expect(correct({}, academy.tutor)).rejects.toMatchObject({ code: 'not-found' })
    await expect(correct({}, academy.stranger)).rejects.toMatchObject({ code: 'not-found' })
  })
})

describe('a session that was corrected', () => {
  test('is not undone any more', async () => {
    await correct()
    await expect(undoSession(world, academy.teacher, sessionId)).rejects.toMatchObject({
      code: 'conflict',
    })
  })
})

describe('the page of a session', () => {
  test('leads to its correction, which begins with what was said', async () => {
    const tab = await browserOf(world, ADDRESS.teacher)
    const page = await tab.get(`/sessions/${sessionId}`)
    expect(page.text).toContain(`href="/sessions/${sessionId}/correct"`)
    expect(textOf(page)).toContain('Sujet non convenu avec l’agent de liaison')
    const { text } = await tab.get(`/sessions/${sessionId}/correct`)
    expect(text).toMatch(/<input (?=[^>]*name="day")[^>]*value="2026-11-10"/)
    expect(text).toMatch(/<input (?=[^>]*name="studentIds")(?=[^>]*value="zoe")[^>]*checked/)
    expect(text).not.toMatch(/<input (?=[^>]*name="studentIds")(?=[^>]*value="ana")[^>]*checked/)
  })

  test('undoes it by one button', async () => {
    const tab = await browserOf(world, ADDRESS.teacher)
    const answer = await tab.send(`/sessions/${sessionId}`, { act: 'undo' })
    expect(answer.headers.location).toBe(`/cohorts/${academy.cohortId}`)
    expect(await world.db.selectFrom('mentoring_sessions').selectAll().execute()).toEqual([])
  })

  test('corrects it by the form, and says so', async () => {
    const tab = await browserOf(world, ADDRESS.teacher)
    const answer = await tab.send(`/sessions/${sessionId}/correct`, {
      kind: 'PROJET',
      day: '2026-11-10',
      minutes: 'other',
      otherMinutes: '75',
      studentIds: ['zoe', 'ana'],
      mentorIds: `${academy.tutor.publicId}.${academy.company.publicId}`,
      topic: 'Moule',
      version: '1',
      reason: 'Ana était là',
      acknowledged: ['PT-06'],
      schoolAdultPresent: 'yes',
    })
    expect(answer.headers.location).toBe(`/sessions/${sessionId}`)
    const text = textOf(await tab.get(answer.headers.location!))
    expect(text).toContain('Ana était là')
    expect(text).toContain('version 2, corrigée')
  })

  test('does not exist for another school', async () => {
    const tab = await browserOf(world, ADDRESS.stranger)
    for (const path of [`/sessions/${sessionId}`, `/sessions/${sessionId}/correct`]) {
      expect((await tab.get(path)).status).toBe(404)
    }
  })
})
