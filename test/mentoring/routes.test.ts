import request from 'supertest'
import { beforeEach, describe, expect, test } from 'vitest'
import { createApp } from '../../src/app.js'
import type { Actor } from '../../src/context.js'
import { issueToken } from '../../src/people/issue-token.js'
import { OPERATOR } from '../../src/people/operator.js'
import { openWorld, type World } from '../support/world.js'
import { aMember, aPlacement, aSession, openAcademy, type Academy } from './academy.js'

const BOTH = ['mentoring:read', 'mentoring:write']
let world: World
let academy: Academy

beforeEach(async () => {
  world = await openWorld()
  academy = await openAcademy(world)
})

async function apiOf(owner: Actor, scopes: string[] = BOTH) {
  const asked = { name: 'ENT', scopes, days: 30, ownerId: owner.personId!, organisationId: null }
  const { token } = await issueToken(world, OPERATOR, asked)
  return (method: 'get' | 'post', path: string) =>
    request(createApp(world))[method](path).set('Authorization', `Bearer ${token}`)
}

describe('classes and cohorts over the API', () => {
  test('a class is opened, and PT-09 has its principal company', async () => {
    const api = await apiOf(academy.teacher)
    const body = {
      schoolId: academy.school.publicId,
      name: '2MV',
      mef: '2472250331',
      track: 'Plastiques et composites',
      principalCompanyId: academy.company.publicId,
      fromDay: '2026-11-24',
    }
    const { id } = (await api('post', '/api/classes').send(body).expect(201)).body
    await api('post', `/api/classes/${id}/cohorts`).send({ entryYear: 2026 }).expect(201)
    const wrong = await api('post', '/api/classes')
      .send({ ...body, mef: '1' })
      .expect(400)
    expect(wrong.body.errors).toMatchObject([{ pointer: '/mef' }])
    await (await apiOf(academy.officer))('post', '/api/classes').send(body).expect(403)
    await (await apiOf(academy.stranger))('post', '/api/classes').send(body).expect(404)
  })

  test('PT-12 the cohorts of one’s schools are listed with their level', async () => {
    const { body } = await (await apiOf(academy.officer))('get', '/api/cohorts').expect(200)
    expect(body).toEqual({
      cohorts: [
        {
          id: academy.cohortId,
          classId: academy.classId,
          className: '2PC',
          schoolId: academy.school.publicId,
          entryYear: 2026,
          level: '2NDE_PRO',
        },
      ],
    })
    const elsewhere = await (await apiOf(academy.stranger))('get', '/api/cohorts').expect(200)
    expect(elsewhere.body).toEqual({ cohorts: [] })
    await (await apiOf(academy.tutor))('get', '/api/cohorts').expect(404)
    await (await apiOf(academy.teacher, ['mentoring:write']))('get', '/api/cohorts').expect(403)
  })

  test('a cohort tells its students by id, and no names', async () => {
    await aMember(world, academy, { id: 'ana', givenName: 'Ana', level: '1RE_PRO' })
    const path = `/api/cohorts/${academy.cohortId}`
    const { body, text } = await (await apiOf(academy.teacher))('get', path).expect(200)
    const careerOwed = ['2026-09', '2026-10', '2026-11']
    expect(body.students).toEqual([{ id: 'ana', level: '1RE_PRO', careerOwed }])
    expect(text).not.toMatch(/Ana|Kerguélen/)
    await (await apiOf(academy.stranger))('get', path).expect(404)
    await (await apiOf(academy.tutor))('get', path).expect(404)
  })
})

describe('confirmations over the API', () => {
  test('are by another person than whoever recorded, once', async () => {
    await aMember(world, academy, { id: 'ana' })
    const paths = [
      `/api/sessions/${await aSession(world, academy, { studentIds: ['ana'] })}/confirmation`,
      `/api/placements/${await aPlacement(world, academy, 'ana')}/confirmation`,
    ]
    const [author, tutor, stranger] = [
      await apiOf(academy.teacher),
      await apiOf(academy.tutor),
      await apiOf(academy.stranger),
    ]
    for (const path of paths) {
      await author('post', path).expect(403)
      await stranger('post', path).expect(404)
      await tutor('post', path).expect(204)
      await tutor('post', path).expect(409)
    }
  })
})
