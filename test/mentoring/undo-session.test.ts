import { beforeEach, describe, expect, test } from 'vitest'
import { confirmSession } from '../../src/mentoring/confirming/confirm-session.js'
import { undoSession } from '../../src/mentoring/facts/undo-session.js'
import { openWorld, type World } from '../support/world.js'
import { aMember, aSession, openAcademy, type Academy } from './academy.js'

let world: World
let academy: Academy
let sessionId: string

beforeEach(async () => {
  world = await openWorld()
  academy = await openAcademy(world)
  await aMember(world, academy, { id: 'zoe' })
  sessionId = await aSession(world, academy, { studentIds: ['zoe'] })
})

const sessions = () => world.db.selectFrom('mentoring_sessions').selectAll().execute()
const rowsOf = async (table: 'session_students' | 'session_mentors' | 'kept_warnings') =>
  (await world.db.selectFrom(table).selectAll().execute()).length

describe('undoing a session', () => {
  test('leaves nothing of it but its lines of audit', async () => {
    await undoSession(world, academy.teacher, sessionId)
    expect(await sessions()).toEqual([])
    expect(await rowsOf('session_students')).toBe(0)
    expect(await rowsOf('session_mentors')).toBe(0)
    expect(await rowsOf('kept_warnings')).toBe(0)
    const actions = await world.db
      .selectFrom('audit')
      .select('action')
      .where('subject', '=', sessionId)
      .execute()
    expect(actions.map(({ action }) => action)).toEqual(['session.recorded', 'session.undone'])
  })

  test('lets the same be recorded again', async () => {
    await undoSession(world, academy.teacher, sessionId)
    await aSession(world, academy, { studentIds: ['zoe'] })
    expect(await sessions()).toHaveLength(1)
  })

  test('is refused the second time, as what is not there', async () => {
    await undoSession(world, academy.teacher, sessionId)
    await expect(undoSession(world, academy.teacher, sessionId)).rejects.toMatchObject({
      code: 'not-found',
    })
  })

  test('is refused to a colleague', async () => {
    await expect(undoSession(world, academy.colleague, sessionId)).rejects.toMatchObject({
      code: 'conflict',
    })
  })

  test('does not exist for another school', async () => {
    await expect(undoSession(world, academy.stranger, sessionId)).rejects.toMatchObject({
      code: 'not-found',
    })
  })

  test('is for the same day, to its last minute in France', async () => {
    world.clock.at = new Date('2026-11-24T22:59:00Z')
    await undoSession(world, academy.teacher, sessionId)
    expect(await sessions()).toEqual([])
  })

  test('is refused the day after', async () => {
    world.clock.at = new Date('2026-11-24T23:00:00Z')
    await expect(undoSession(world, academy.teacher, sessionId)).rejects.toMatchObject({
      code: 'conflict',
    })
    expect(await sessions()).toHaveLength(1)
  })

  test('is refused once somebody has confirmed it', async () => {
    await confirmSession(world, academy.tutor, sessionId)
    await expect(undoSession(world, academy.teacher, sessionId)).rejects.toMatchObject({
      code: 'conflict',
    })
  })
})

describe('a confirmed session', () => {
  test('is kept as its first version, with its digest and no name of anybody', async () => {
    await confirmSession(world, academy.tutor, sessionId)
    const [kept] = await world.db.selectFrom('fact_versions').selectAll().execute()
    expect(kept).toMatchObject({ kind: 'session', version: 1, reason: null })
    expect(kept!.digest).toMatch(/^[\w-]{43}$/)
    expect(JSON.parse(kept!.content)).toMatchObject({
      id: sessionId,
      students: ['zoe'],
      minutes: 60,
    })
    expect(kept!.content).not.toContain('Kerguélen')
  })
})
