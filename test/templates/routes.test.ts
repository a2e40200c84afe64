import express from 'express'
import request from 'supertest'
import { beforeEach, describe, expect, test } from 'vitest'
import { issueToken } from '../../src/people/issue-token.js'
import { OPERATOR } from '../../src/people/operator.js'
import { readVisitor } from '../../src/people/read-visitor.js'
import type { Organisation } from '../../src/people/store.js'
import { publishVersion } from '../support/publish.js'
import { templateRoutes } from '../../src/templates/routes.js'
import { listVersionsOf } from '../../src/templates/store.js'
import { sendError } from '../../src/web/errors.js'
import { mountRoutes } from '../../src/web/route.js'
import { aCompany, asActor, somebody } from '../people/people.js'
import { aDefinition } from '../support/definitions.js'
import { openWorld, type World } from '../support/world.js'

let world: World
let company: Organisation
let token: string

beforeEach(async () => {
  world = await openWorld()
  company = await aCompany(world)
  token = await tokenOf('company-admin', ['templates:read', 'templates:write'])
})

async function tokenOf(role: 'company-admin' | 'company-endorser', scopes: string[]) {
  const held = { role, organisationId: company.id } as const
  const owner = await somebody(world, `${role}.${scopes.length}@example.org`, held)
  const asked = { name: 'ERP', scopes, days: 30, ownerId: owner.id, organisationId: company.id }
  return (await issueToken(world, OPERATOR, asked)).token
}

function api(method: 'get' | 'post' | 'put', path: string, bearer = token) {
  const app = express()
  app.use(readVisitor(world), express.json())
  mountRoutes(app, world, templateRoutes)
  app.use(sendError(world.log))
  return request(app)[method](path).set('Authorization', `Bearer ${bearer}`)
}

const define = (definition: object = aDefinition) =>
  api('post', '/api/templates').send({ companyId: company.publicId, definition })

describe('templates over the API', () => {
  test('are defined, changed by digest, and renewed once published', async () => {
    const [draft] = (await define().expect(201)).body.versions
    expect(draft).toMatchObject({ version: 1, state: 'draft', definition: aDefinition })
    const path = `/api/templates/${draft.templateId}`
    const change = { digest: draft.digest, definition: { ...aDefinition, name: 'Stratifier' } }
    const [changed] = (await api('put', `${path}/draft`).send(change).expect(200)).body.versions
    expect(changed.definition.name).toBe('Stratifier')
    await api('put', `${path}/draft`).send(change).expect(409)

    await api('post', `${path}/versions`).expect(409)
    const held = { role: 'company-admin', organisationId: company.id } as const
    const admin = await asActor(world, await somebody(world, 'boss@example.org', held))
    const [version] = await listVersionsOf(world.db, company.id)
    await publishVersion(world, admin, version!.id)
    await api('put', `${path}/draft`)
      .send({ ...change, digest: changed.digest })
      .expect(409)
    const { versions } = (await api('post', `${path}/versions`).expect(201)).body
    expect(versions).toMatchObject([
      { version: 2, state: 'draft' },
      { version: 1, state: 'published' },
    ])
    expect((await api('get', '/api/templates').expect(200)).body.versions).toHaveLength(2)
  })

  test('with wrong fields are refused, each by its pointer, and nothing is kept', async () => {
    const { body } = await define({ ...aDefinition, name: '', rule: [] }).expect(400)
    const pointers = body.errors.map(({ pointer }: { pointer: string }) => pointer)
    expect(pointers).toEqual(['/definition/name', '/definition/rule'])
    expect((await api('get', '/api/templates').expect(200)).body.versions).toEqual([])
  })

  test('of another company are not there', async () => {
    const [{ templateId }] = (await define().expect(201)).body.versions
    const mine = company
    company = await aCompany(world, 'Plasturgie du Doubs', '00099002800011')
    const stranger = await tokenOf('company-endorser', ['templates:read', 'templates:write'])
    await api('get', `/api/templates/${templateId}`, stranger).expect(404)
    const theirs = { companyId: mine.publicId, definition: aDefinition }
    await api('post', '/api/templates', stranger).send(theirs).expect(404)
  })

  test('take the scope of the operation', async () => {
    const reader = await tokenOf('company-endorser', ['templates:read'])
    await api('get', '/api/templates', reader).expect(200)
    const body = { companyId: company.publicId, definition: aDefinition }
    await api('post', '/api/templates', reader).send(body).expect(403)
    await api('get', '/api/templates', 'nothing').expect(401)
  })
})
