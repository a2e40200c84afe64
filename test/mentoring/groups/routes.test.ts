import request from 'supertest'
import { beforeEach, expect, test } from 'vitest'
import { createApp } from '../../../src/app.js'
import type { Actor } from '../../../src/context.js'
import { issueToken } from '../../../src/people/issue-token.js'
import { OPERATOR } from '../../../src/people/operator.js'
import { openWorld, type World } from '../../support/world.js'
import { aYouth, openPartners, type Partners } from '../partners.js'

let world: World
let partners: Partners

beforeEach(async () => {
  world = await openWorld()
  partners = await openPartners(world)
  await aYouth(world, partners.school, { id: 'ana', givenName: 'Ana' })
})

async function apiOf(owner: Actor, scopes = ['mentoring:read', 'mentoring:write']) {
  const asked = { name: 'ENT', scopes, days: 30, ownerId: owner.personId!, organisationId: null }
  const { token } = await issueToken(world, OPERATOR, asked)
  return (method: 'get' | 'post', path: string) =>
    request(createApp(world))[method](path).set('Authorization', `Bearer ${token}`)
}

test('a cordée is opened, filled, read and closed', async () => {
  const run = await apiOf(partners.coordinator)
  const school = await apiOf(partners.teacher)
  const body = {
    ownerId: partners.university.publicId,
    name: 'Cordée DÉMO',
    schoolIds: [partners.school.publicId],
    fromDay: '2026-09-01',
  }
  const path = '/api/schemes/CORDEES/groups'
  const refused = await run('post', path)
    .send({ ...body, schoolIds: [] })
    .expect(422)
  expect(refused.body).toMatchObject({ rule: 'CO-02' })
  const { id } = (await run('post', path).send(body).expect(201)).body
  await run('post', '/api/schemes/NOTHING/groups').send(body).expect(404)
  const college = { schoolId: partners.college.publicId, fromDay: '2026-10-01' }
  await run('post', `/api/groups/${id}/schools`).send(college).expect(204)
  const enrolment = { studentId: 'ana', fromDay: '2026-10-01' }
  const enrol = `/api/cohorts/${id}/enrolments`
  expect((await school('post', enrol).send(enrolment).expect(422)).body.rule).toBe('CO-04')
  await school('post', enrol)
    .send({ ...enrolment, volunteeredOn: '2026-10-01' })
    .expect(204)
  const seen = await run('get', `/api/groups/${id}`).expect(200)
  expect(seen.body).toMatchObject({
    scheme: 'CORDEES',
    ownerType: 'UNIVERSITE',
    students: [{ id: 'ana', level: '2NDE_PRO' }],
  })
  expect(seen.text).not.toMatch(/Ana|Kerguélen|2011/)
  const listed = (await school('get', '/api/schemes').expect(200)).body.schemes
  expect(listed.map(({ code }: { code: string }) => code)).toEqual([
    'PTECH',
    'CORDEES',
    'UN_JEUNE_UN_MENTOR',
  ])
  expect(listed[1].groups).toMatchObject([{ id, title: 'Cordée DÉMO', students: 1 }])
  const leave = { studentId: 'ana', lastDay: '2026-11-20', reason: 'AUTRE' }
  await school('post', `${enrol}/end`).send(leave).expect(204)
  await school('post', `/api/groups/${id}/closing`).send({ lastDay: '2026-11-20' }).expect(403)
  await run('post', `/api/groups/${id}/closing`).send({ lastDay: '2026-11-20' }).expect(204)
  await (await apiOf(partners.stranger))('get', `/api/groups/${id}`).expect(404)
  await (await apiOf(partners.coordinator, ['mentoring:read']))('post', path).send(body).expect(403)
})

test('a pair is opened, read and ended', async () => {
  const api = await apiOf(partners.teacher)
  const body = {
    structureId: partners.structure.publicId,
    studentId: 'ana',
    mentorId: 'mentor',
    subject: 'ORIENTATION',
    startedOn: '2026-10-01',
  }
  const warned = await api('post', '/api/pairs').send(body).expect(422)
  expect(warned.body.errors).toMatchObject([{ pointer: '/acknowledged/JM-03' }])
  const known = { ...body, acknowledged: ['JM-03'] }
  const { id } = (await api('post', '/api/pairs').send(known).expect(201)).body
  const wrong = await api('post', '/api/pairs')
    .send({ ...known, subject: 'MUSEE' })
    .expect(422)
  expect(wrong.body.rule).toBe('JM-02')
  await api('post', `/api/pairs/${id}/end`)
    .send({ lastDay: '2026-11-20', reason: 'AUTRE' })
    .expect(204)
  const seen = await api('get', `/api/pairs/${id}`).expect(200)
  expect(seen.body).toMatchObject({
    studentId: 'ana',
    registered: false,
    endedOn: '2026-11-20',
    endedEarly: true,
  })
  expect(seen.text).not.toMatch(/Ana|Kerguélen|2011/)
  await (await apiOf(partners.coordinator))('get', `/api/pairs/${id}`).expect(404)
})
