import express, { type ErrorRequestHandler } from 'express'
import * as OpenApiValidator from 'express-openapi-validator'
import request from 'supertest'
import { beforeEach, expect, test } from 'vitest'
import { createApp, routes } from '../../src/app.js'
import { issueToken } from '../../src/people/issue-token.js'
import { OPERATOR } from '../../src/people/operator.js'
import { issue, type Issued } from '../issuer/share-story.js'
import { openWorld, type World } from '../support/world.js'

let world: World
let issued: Issued
let token: string
let service: express.Express
beforeEach(async () => {
  world = await openWorld()
  issued = await issue(world)
  token = await tokenOf(issued.head.personId, ['badges:read', 'dossiers:read', 'mentoring:read'])
  service = express()
  service.use(
    OpenApiValidator.middleware({
      apiSpec: 'openapi.yaml',
      validateApiSpec: false,
      validateRequests: false,
      // The document speaks of this server at any address.
      validateResponses: { removeAdditional: false },
      ignoreUndocumented: true,
      validateSecurity: false,
    }),
    createApp(world),
    tellWhatDiffers,
  )
})

async function tokenOf(ownerId: number | null, scopes: string[]): Promise<string> {
  const input = { name: 'DÉMO', scopes, days: 30, ownerId, organisationId: null }
  return (await issueToken(world, OPERATOR, input)).token
}

const tellWhatDiffers: ErrorRequestHandler = (error, _req, res, _next) => {
  res.status(599).json({ differs: error.message })
}

const get = (path: string) => request(service).get(path).set('Authorization', `Bearer ${token}`)

test('what the API answers is what openapi.yaml says', async () => {
  const answers = [
    await request(service).post('/verifications').type('application/vc').send(issued.document),
    await get('/api/badges'),
    await get(`/api/badges/${issued.badgeId}`),
    await get('/api/dossiers'),
    await get('/api/cohorts'),
    await get('/api/badges/unknown'),
  ]
  expect(answers.map(({ status, body }) => [status, body.differs])).toEqual([
    [200, undefined],
    [200, undefined],
    [200, undefined],
    [200, undefined],
    [200, undefined],
    [404, undefined],
  ])
})

test('every operation names its errors, and no two have one name', () => {
  expect(routes.filter(({ access, errors }) => access !== 'public' && errors.length < 2)).toEqual(
    [],
  )
  const names = routes.map(({ method, path }) => `${method} ${path}`)
  expect(new Set(names).size).toBe(names.length)
})
