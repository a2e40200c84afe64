import express from 'express'
import request from 'supertest'
import { beforeEach, describe, expect, test } from 'vitest'
import { OPERATOR } from '../../src/people/operator.js'
import { issueToken } from '../../src/people/issue-token.js'
import { readVisitor } from '../../src/people/read-visitor.js'
import { Definition } from '../../src/templates/definition.js'
import { templateRoutes } from '../../src/templates/routes.js'
import { sendError } from '../../src/web/errors.js'
import { mountRoutes } from '../../src/web/route.js'
import { aCompany, somebody } from '../people/people.js'
import { aDefinition } from '../support/definitions.js'
import { openWorld, type World } from '../support/world.js'

const SVG = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
const PICTURES: [string, unknown][] = [
  ['SVG as text', SVG],
  ['SVG in the lettering', { ...aDefinition.picture, text: SVG }],
  ['SVG as a data address', `data:image/svg+xml;base64,${Buffer.from(SVG).toString('base64')}`],
  ['an address', { ...aDefinition.picture, url: 'https://company.example/logo.svg' }],
  ['a logo beside the drawing', { ...aDefinition.picture, logo: SVG }],
]

let world: World
beforeEach(async () => {
  world = await openWorld()
})

/** A picture is composed of shapes of ours: no file of a company is taken, so none is served. */
describe('SV-08 a company’s logo as SVG', () => {
  test.each(PICTURES)('%s is refused as a picture', async (_, picture) => {
    expect(Definition.safeParse(aDefinition).success).toBe(true)
    expect(Definition.safeParse({ ...aDefinition, picture }).success).toBe(false)
    const company = await aCompany(world)
    const held = { role: 'company-admin', organisationId: company.id } as const
    const owner = await somebody(world, 'admin@example.org', held)
    const scopes = ['templates:read', 'templates:write']
    const asked = { name: 'ERP', scopes, days: 30, ownerId: owner.id, organisationId: company.id }
    const { token } = await issueToken(world, OPERATOR, asked)
    const app = express()
    app.use(readVisitor(world), express.json())
    mountRoutes(app, world, templateRoutes)
    app.use(sendError(world.log))
    const post = () => request(app).post('/api/templates').set('Authorization', `Bearer ${token}`)
    const definition = { ...aDefinition, picture }
    const answer = await post().send({ companyId: company.publicId, definition }).expect(400)
    expect(answer.text).not.toContain('<script>')
    const upload = await post().attach('picture', Buffer.from(SVG), 'logo.svg')
    expect(upload.status).toBeGreaterThanOrEqual(400)
    expect(upload.status).toBeLessThan(500)
    const kept = await world.db.selectFrom('template_versions').selectAll().execute()
    expect(kept).toEqual([])
  })
})
