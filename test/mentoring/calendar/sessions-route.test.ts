import request from 'supertest'
import { beforeEach, expect, test } from 'vitest'
import { createApp } from '../../../src/app.js'
import { PAGE } from '../../../src/mentoring/calendar/see-sessions.js'
import { confirmSession } from '../../../src/mentoring/confirming/confirm-session.js'
import { issueToken } from '../../../src/people/issue-token.js'
import { OPERATOR } from '../../../src/people/operator.js'
import { openWorld, type World } from '../../support/world.js'
import { aMember, aSession, openAcademy, type Academy } from '../academy.js'
import { contest } from './content.js'

let world: World
let academy: Academy

beforeEach(async () => {
  world = await openWorld()
  academy = await openAcademy(world)
  await aMember(world, academy, { id: 'zoe' })
  await aMember(world, academy, { id: 'noe', givenName: 'Noé' })
})

type Answer = { sessions: Record<string, unknown>[]; next: string | null }

async function ask(query: Record<string, string>, who: 'teacher' | 'stranger' = 'teacher') {
  const { token } = await issueToken(world, OPERATOR, {
    ...{ name: 'Essai', scopes: ['mentoring:read'], days: 1, organisationId: null },
    ownerId: academy[who].personId,
  })
  const { status, body, text } = await request(createApp(world))
    .get(`/api/cohorts/${academy.cohortId}/sessions`)
    .query(query)
    .set('Authorization', `Bearer ${token}`)
  return { status, text, body: body as Answer }
}

test('the sessions of a cohort are listed by day, with their state, and no student', async () => {
  const waits = await aSession(world, academy, { studentIds: ['zoe'], day: '2026-11-12' })
  const confirmed = await aSession(world, academy, { studentIds: ['zoe', 'noe'] })
  await confirmSession(world, academy.tutor, confirmed)
  const contested = await aSession(world, academy, { studentIds: ['noe'], day: '2026-11-13' })
  await contest(world, 'noe', contested)
  const { body, text } = await ask({})
  expect(body.next).toBeNull()
  expect(body.sessions).toMatchObject([
    { id: confirmed, day: '2026-11-10', state: 'confirmed', students: 2, minutes: 60, version: 1 },
    { id: waits, day: '2026-11-12', state: 'waits', companyId: academy.company.publicId },
    { id: contested, day: '2026-11-13', state: 'contested', contested: 1 },
  ])
  expect(text).not.toMatch(/Zoé|Noé|Kergu/)
  const some = await ask({ from: '2026-11-11', until: '2026-11-12' })
  expect(some.body.sessions.map(({ id }) => id)).toEqual([waits])
})

test('a cursor leads through many, each once, even those of one day', async () => {
  await aSession(world, academy, { studentIds: ['zoe'] })
  const [first] = await world.db.selectFrom('mentoring_sessions').selectAll().execute()
  const presence = await world.db.selectFrom('session_students').selectAll().executeTakeFirst()
  for (let at = 0; at < 2 * PAGE + 5; at += 1) {
    const { id: _, ...row } = first!
    const day = at < PAGE + 20 ? '2026-11-11' : '2026-11-12'
    const { id } = await world.db
      .insertInto('mentoring_sessions')
      .values({ ...row, public_id: `s${at}`, day })
      .returning('id')
      .executeTakeFirstOrThrow()
    const there = { session_id: id, student_id: presence!.student_id }
    await world.db.insertInto('session_students').values(there).execute()
  }
  const ids: unknown[] = []
  const counts: number[] = []
  for (let cursor: string | null = ''; cursor !== null;) {
    const { body }: { body: Answer } = await ask(cursor === '' ? {} : { cursor })
    ids.push(...body.sessions.map(({ id }) => id))
    counts.push(body.sessions.length)
    cursor = body.next
  }
  expect(counts).toEqual([PAGE, PAGE, 6])
  expect(new Set(ids).size).toBe(2 * PAGE + 6)
})

test('what is no day or no cursor of ours is refused by its field; a stranger finds nothing', async () => {
  expect((await ask({ from: '2026-13-01' })).status).toBe(400)
  expect((await ask({ cursor: 'nonsense' })).text).toContain('/cursor')
  expect((await ask({ page: '2' })).status).toBe(400)
  expect((await ask({}, 'stranger')).status).toBe(404)
})
