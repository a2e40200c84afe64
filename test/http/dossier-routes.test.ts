import request from 'supertest'
import { beforeEach, describe, expect, test } from 'vitest'
import { createApp } from '../../src/app.js'
import type { Actor } from '../../src/context.js'
import { issueToken } from '../../src/people/issue-token.js'
import { OPERATOR } from '../../src/people/operator.js'
import { findVersion } from '../../src/templates/store.js'
import { runNextJob } from '../../src/worker.js'
import { tell, type Story } from '../issuer/story.js'
import { stepsOf } from '../issuer/steps.js'
import { openWorld, type World } from '../support/world.js'

const SCOPES = ['dossiers:read', 'dossiers:write', 'badges:read', 'badges:write']

let world: World
let story: Story
let teacher: string
let tutor: string
let head: string
let api: ReturnType<typeof request>
beforeEach(async () => {
  world = await openWorld()
  story = await tell(world)
  api = request(createApp(world))
  teacher = await tokenOf(story.teacher)
  tutor = await tokenOf(story.tutor)
  head = await tokenOf(story.head)
})

async function tokenOf(owner: Pick<Actor, 'personId'>, scopes = SCOPES): Promise<string> {
  const input = { name: 'Essai', scopes, days: 1, ownerId: owner.personId, organisationId: null }
  return `Bearer ${(await issueToken(world, OPERATOR, input)).token}`
}

const get = (path: string, token: string) => api.get(path).set('Authorization', token)
const post = (path: string, token: string, body: object = {}) =>
  api.post(path).set('Authorization', token).send(body)

async function open(token = teacher) {
  const { templatePublicId } = (await findVersion(world.db, story.versionId))!
  const body = { studentId: story.studentId, templateId: templatePublicId, version: 1 }
  return post('/api/dossiers', token, body)
}

test('a program opens and proposes, persons commit, and the program reads and revokes the badge', async () => {
  const opened = (await open()).body
  expect(opened).toMatchObject({
    state: 'open',
    studentId: 'student',
    obstacle: null,
    requirements: [
      { kind: 'mentoring', wanted: 120, found: 120, met: true },
      { kind: 'placement', wanted: 5, found: 9, met: true },
    ],
  })
  const at = `/api/dossiers/${opened.id}`
  expect((await post(`${at}/proposal`, teacher).expect(200)).body).toMatchObject({
    state: 'proposed',
    digest: expect.stringMatching(/^[0-9a-f]{64}$/),
  })
  const dossier = stepsOf(world, story, opened.id)
  for (const step of ['assess', 'endorse', 'approve'] as const) await dossier[step]()
  const { badgeId } = (await get(at, tutor).expect(200)).body
  expect((await get(`/api/badges/${badgeId}`, head)).body).toMatchObject({
    state: 'signing',
    credential: null,
  })
  await runNextJob(world)

  const { body } = await get(`/api/badges/${badgeId}`, head).expect(200)
  expect(body).toMatchObject({ state: 'valid', revocation: null })
  const report = await api.post('/verifications').send({ credential: body.credential }).expect(200)
  expect(report.body).toMatchObject({ verdict: 'valid', trusted: true })

  const revocation = `/api/badges/${badgeId}/revocation`
  await post(revocation, teacher, { reason: 'Délivré par erreur' }).expect(403)
  await post(revocation, head, { reason: 'non' }).expect(400)
  await post(revocation, head, { reason: 'Délivré par erreur' }).expect(204)
  await post(revocation, head, { reason: 'Encore une fois' }).expect(409)
  expect((await get('/api/badges', tutor)).body).toMatchObject({
    badges: [{ id: badgeId, state: 'revoked' }],
    more: false,
  })
})

test('no name of the student is in any answer', async () => {
  const { id } = (await open()).body
  await post(`/api/dossiers/${id}/proposal`, teacher)
  for (const path of ['/api/dossiers', `/api/dossiers/${id}`, '/api/badges'])
    for (const token of [teacher, tutor])
      expect((await get(path, token).expect(200)).text).not.toMatch(/Zoé|Kergu|Martin/)
})

describe('what the API refuses', () => {
  test('a token without the scope, and none at all', async () => {
    const reader = await tokenOf(story.teacher, ['dossiers:read'])
    expect((await open(reader)).status).toBe(403)
    await get('/api/badges', reader).expect(403)
    await get('/api/dossiers', reader).expect(200)
    await api.get('/api/dossiers').expect(401)
  })

  test('a token that is tied to no person', async () => {
    const nobody = await tokenOf({ personId: null })
    expect((await open(nobody)).status).toBe(404)
    expect((await get('/api/dossiers', nobody)).body).toMatchObject({ dossiers: [] })
  })

  test('a company that would open or propose, and a dossier that it was not asked about', async () => {
    expect((await open(tutor)).status).toBe(404)
    const { id } = (await open()).body
    await get(`/api/dossiers/${id}`, tutor).expect(404)
    await post(`/api/dossiers/${id}/proposal`, tutor).expect(403)
  })

  test('an incomplete dossier, a second one, an unknown badge and an unknown state', async () => {
    await world.db.updateTable('placements').set({ days_done: 4 }).execute()
    const { id, obstacle } = (await open()).body
    expect(obstacle.en).toContain('Still missing: a confirmed placement of at least 5 days')
    await post(`/api/dossiers/${id}/proposal`, teacher).expect(422)
    expect((await open()).status).toBe(409)
    const unknown = { studentId: 'student', templateId: 'none', version: 1 }
    await post('/api/dossiers', teacher, unknown).expect(404)
    await get('/api/dossiers?state=lost', teacher).expect(400)
    await get('/api/badges/none', head).expect(404)
  })

  test('EN-07 every step that commits an organisation: there is no such operation', async () => {
    const { id } = (await open()).body
    for (const step of ['assessment', 'endorsement', 'approval', 'refusal'])
      await post(`/api/dossiers/${id}/${step}`, head).expect(404)
  })
})
