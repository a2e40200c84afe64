import request from 'supertest'
import { beforeEach, describe, expect, test } from 'vitest'
import { createApp } from '../../../src/app.js'
import type { Actor } from '../../../src/context.js'
import { sendAssessment } from '../../../src/mentoring/placements/assess-placement.js'
import { NEUTRAL_GRID } from '../../../src/mentoring/placements/neutral-grid.data.js'
import { issueToken } from '../../../src/people/issue-token.js'
import { OPERATOR } from '../../../src/people/operator.js'
import { auditOf } from '../../people/people.js'
import { openWorld, type World } from '../../support/world.js'
import { aMember, aPlacement, aSession, openAcademy, type Academy } from '../academy.js'
import { accountOf, filledIn, tokenOf } from './planned.js'

type Api = (method: 'get' | 'post', path: string) => request.Test
let world: World
let academy: Academy
let teacher: Api
let ana: Api

beforeEach(async () => {
  world = await openWorld()
  academy = await openAcademy(world)
  await aMember(world, academy, { id: 'ana' })
  teacher = await apiOf(academy.teacher)
  ana = await apiOf(await accountOf(world, academy, 'ana', 'ana@example.org'))
})

async function apiOf(owner: Actor): Promise<Api> {
  const scopes = ['mentoring:read', 'mentoring:write']
  const asked = { name: 'ENT', scopes, days: 30, ownerId: owner.personId!, organisationId: null }
  const { token } = await issueToken(world, OPERATOR, asked)
  const app = createApp(world)
  return (method, path) => request(app)[method](path).set('Authorization', `Bearer ${token}`)
}

const aPlan = (changes: object = {}) => ({
  companyId: academy.company.publicId,
  tutorId: academy.tutor.publicId,
  fromDay: '2026-11-16',
  untilDay: '2026-11-27',
  startTime: '08:30',
  endTime: '16:30',
  dailyHours: 7,
  weeklyHours: 35,
  ...changes,
})

async function planned(changes: object = {}): Promise<string> {
  const sent = teacher('post', '/api/students/ana/placement-plans').send(aPlan(changes))
  return `/api/placements/${(await sent.expect(201)).body.id}`
}

const stateOf = async (path: string) => (await teacher('get', path).expect(200)).body

describe('a placement over the API', () => {
  test('is planned, agreed, followed, and its days are recorded and confirmed', async () => {
    const path = await planned()
    await teacher('post', `${path}/agreement`)
      .send({ mentions: { SKILLS: 'Mouler' } })
      .expect(204)
    const signature = { party: 'SCHOOL', signedOn: '2026-11-12', manner: 'PAPER' }
    await teacher('post', `${path}/agreement/signatures`).send(signature).expect(204)
    await teacher('post', `${path}/agreement/signatures`).send(signature).expect(409)
    // Its text changes no more.
    await teacher('post', `${path}/agreement`).send({ mentions: {} }).expect(409)
    const visit = { day: '2026-11-20', manner: 'PHONE', finding: 'GOES_WELL' }
    await teacher('post', `${path}/visits`).send(visit).expect(204)
    expect(await stateOf(path)).toMatchObject({
      studentId: 'ana',
      state: 'pending',
      daysDone: null,
      signedBy: ['SCHOOL'],
      visits: [visit],
    })
    world.clock.at = new Date('2026-11-27T16:00:00Z')
    await teacher('post', `${path}/days`).send({ daysDone: 9 }).expect(204)
    await teacher('post', `${path}/days`).send({ daysDone: 9 }).expect(409)
    await teacher('post', `${path}/confirmation`).expect(403)
    await (await apiOf(academy.tutor))('post', `${path}/confirmation`).expect(204)
    expect(await stateOf(path)).toMatchObject({ state: 'validated', daysDone: 9 })
    const lines = (await auditOf(world)).filter((action) => action !== 'token.issued')
    expect(lines.slice(-5)).toEqual([
      'agreement.written',
      'agreement.signed',
      'placement.visited',
      'placement.completed',
      'placement.confirmed',
    ])
  })

  test('is cancelled once, and its days are free again', async () => {
    const path = await planned()
    const twice = teacher('post', '/api/students/ana/placement-plans').send(aPlan())
    expect((await twice.expect(422)).body).toMatchObject({ rule: 'PFMP-02' })
    await teacher('post', `${path}/cancellation`).expect(204)
    await teacher('post', `${path}/cancellation`).expect(409)
    expect(await stateOf(path)).toMatchObject({ state: 'cancelled' })
    await planned()
  })

  test('names the field that is wrong, and the rule that must be acknowledged', async () => {
    const path = '/api/students/ana/placement-plans'
    const long = await teacher('post', path)
      .send(aPlan({ dailyHours: 9 }))
      .expect(400)
    expect(long.body.errors).toMatchObject([{ pointer: '/dailyHours' }])
    // Ana is 15: seven hours a day are the most.
    const tiring = await teacher('post', path)
      .send(aPlan({ dailyHours: 7.5, weeklyHours: 35 }))
      .expect(422)
    expect(tiring.body.errors.map(({ pointer }: { pointer: string }) => pointer)).toEqual([
      '/acknowledged/PFMP-05',
    ])
    await planned({ dailyHours: 7.5, weeklyHours: 35, acknowledged: ['PFMP-05'] })
    const { daily_minutes } = await world.db
      .selectFrom('placement_plans')
      .select('daily_minutes')
      .executeTakeFirstOrThrow()
    expect(daily_minutes).toBe(450)
  })

  test('is assessed by its tutor, confirmed by the school, and agreed to by its student', async () => {
    const path = await planned()
    const made = await teacher('post', `${path}/assessment-links`)
      .send({ gridId: NEUTRAL_GRID.publicId })
      .expect(201)
    await sendAssessment(world, tokenOf(made.body.url), filledIn())
    await ana('post', `${path}/assessment/agreement`).expect(409)
    await teacher('post', `${path}/assessment/agreement`).expect(403)
    await (await apiOf(academy.tutor))('post', `${path}/confirmation`).expect(404)
    await teacher('post', `${path}/confirmation`).expect(204)
    await ana('post', `${path}/assessment/agreement`).expect(204)
    await ana('post', `${path}/assessment/agreement`).expect(409)
    expect((await ana('get', path).expect(200)).body).toMatchObject({ assessed: true })
  })

  test('is there for its school, its company and its student alone, and names nobody', async () => {
    const path = await planned()
    for (const reader of [teacher, ana, await apiOf(academy.tutor)]) {
      const { text } = await reader('get', path).expect(200)
      expect(text).not.toMatch(/Zoé|Kergu|Martin|2011/)
    }
    for (const stranger of [academy.stranger, academy.otherTutor]) {
      const api = await apiOf(stranger)
      await api('get', path).expect(404)
      await api('post', `${path}/cancellation`).expect(404)
    }
    await ana('post', `${path}/cancellation`).expect(404)
    expect(await stateOf(path)).toMatchObject({ state: 'pending' })
  })
})

describe('a contest over the API', () => {
  test.each([
    ['session', () => aSession(world, academy, { studentIds: ['ana'] })],
    ['placement', () => aPlacement(world, academy, 'ana')],
  ])(
    'of a %s is by its student, of the version that was read, and taken back',
    async (kind, make) => {
      const path = `/api/${kind}s/${await make()}/contest`
      const reason = 'Je n’y étais pas'
      await ana('post', path).send({ reason: '' }).expect(400)
      await ana('post', path).send({ reason, version: 2 }).expect(409)
      await ana('post', path).send({ reason, version: 1 }).expect(204)
      await ana('post', path).send({ reason }).expect(404)
      await ana('post', `${path}/withdrawal`).expect(204)
      await ana('post', `${path}/withdrawal`).expect(404)
      await teacher('post', path).send({ reason }).expect(404)
      const bilal = await aMember(world, academy, { id: 'bilal' })
      const other = await apiOf(await accountOf(world, academy, bilal, 'bilal@example.org'))
      await other('post', path).send({ reason }).expect(404)
      expect((await auditOf(world)).filter((action) => action.includes('contest'))).toEqual([
        `${kind}.contested`,
        `${kind}.contest-withdrawn`,
      ])
    },
  )
})
