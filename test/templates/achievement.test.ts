import express from 'express'
import request from 'supertest'
import { beforeEach, describe, expect, test } from 'vitest'
import type { Actor } from '../../src/context.js'
import { composeBadge } from '../../src/issuer/badge-content.js'
import { readVisitor } from '../../src/people/read-visitor.js'
import { achievementRouter } from '../../src/templates/achievement.js'
import { archiveTemplate } from '../../src/templates/archive-template.js'
import { defineTemplate } from '../../src/templates/define-template.js'
import { COMPLEMENTS_SENTENCE } from '../../src/templates/definition.js'
import { publishVersion } from '../support/publish.js'
import { seeAchievement } from '../../src/templates/see-achievement.js'
import { sendError } from '../../src/web/errors.js'
import { aCompany, aLycee, asActor, somebody } from '../people/people.js'
import { aDefinition } from '../support/definitions.js'
import { openWorld, type World } from '../support/world.js'

let world: World
let admin: Actor
let publicId: string
let versionId: number
let address: string

beforeEach(async () => {
  world = await openWorld()
  const company = await aCompany(world)
  const held = { role: 'company-admin', organisationId: company.id } as const
  admin = await asActor(world, await somebody(world, 'admin@example.org', held))
  ;({ publicId, versionId } = await defineTemplate(world, admin, {
    companyId: company.id,
    definition: aDefinition,
  }))
  // No act of ours lets this in; the page does not count on it.
  const hostile = { ...aDefinition, criteria: 'Voir <script>alert(1)</script> et **bien** faire.' }
  await world.db
    .updateTable('template_versions')
    .set({ definition: JSON.stringify(hostile) })
    .execute()
  address = `/achievements/${publicId}/v/1`
})

const get = (path: string, accept: string) => {
  const app = express()
  app.use(readVisitor(world), achievementRouter(world), sendError(world.log))
  return request(app).get(path).set('Accept', accept)
}

test('a draft has no public address', async () => {
  await get(address, 'text/html').expect(404)
  await get(`${address}/image.png`, 'image/png').expect(404)
})

describe('a published version', () => {
  beforeEach(() => publishVersion(world, admin, versionId))

  test('OB-03 is a page with criteria, evidence, diploma and the sentence that it is no certification', async () => {
    const { text, headers } = await get(address, 'text/html').expect(200)
    expect(headers['cache-control']).toBe('private, no-cache')
    expect(text).toContain(aDefinition.name)
    expect(text).toContain(COMPLEMENTS_SENTENCE)
    expect(text).toContain('Au moins 2 heures de mentorat de projet')
    expect(text).toContain('non vérifiée par une inspection')
    expect(text).toContain('<strong>bien</strong>')
    expect(text).not.toContain('<script>alert')
    expect(text).toContain('alt="Un hexagone bleu canard avec des couches superposées"')
  })

  test('is said in English to who asks for it', async () => {
    const { text } = await get(`${address}?lang=en`, 'text/html').expect(200)
    expect(text).toContain('At least 2 hours of project mentoring')
    expect(text).not.toMatch(/Critères|Défini par|Preuves/)
  })

  test('is the same JSON-LD as in the badges that are issued of it', async () => {
    const { body, type, headers } = await get(address, 'application/ld+json').expect(200)
    expect(type).toBe('application/ld+json')
    expect(headers.vary).toContain('Accept')
    const { version, company } = await seeAchievement(world, publicId, 1)
    const values = {
      id: 'https://sceau.example/badges/x',
      dossier: { subject: 'urn:uuid:x' },
      version,
      parties: { school: await aLycee(world), company },
      evidence: [],
      definitionEndorsement: {},
      endorsement: {},
      entry: { list_public_id: 'list', position: 1 },
      validFrom: '2026-11-24T00:00:00Z',
    }
    // Only what concerns the definition is looked at.
    const badge = composeBadge(world, values as never) as any
    const { '@context': contexts, ...achievement } = body
    expect(contexts).toEqual(badge['@context'])
    const { endorsement, ...inBadge } = badge.credentialSubject.achievement
    expect(achievement).toEqual(inBadge)
    expect(endorsement).toHaveLength(1)
  })

  test('OB-03 says in every badge which diploma it complements, by its numbers, and what it is not', async () => {
    const { body } = await get(address, 'application/ld+json').expect(200)
    expect(body.criteria.narrative).toContain('Bac pro Plastiques et composites (RNCP38566')
    expect(body.criteria.narrative).toContain(COMPLEMENTS_SENTENCE)
    const targets = body.alignment.map((one: { targetCode: string }) => one.targetCode)
    expect(targets).toEqual(['RNCP38566', '40022503', 'H3203'])
  })

  test('has its picture as PNG, which need not be fetched twice', async () => {
    const { body, headers } = await get(`${address}/image.png`, 'image/png').expect(200)
    expect((body as Buffer).subarray(1, 4).toString()).toBe('PNG')
    expect(headers['cache-control']).toBe('public, max-age=86400')
    await get(`${address}/image.png`, 'image/png').set('If-None-Match', headers.etag!).expect(304)
  })

  test('stays when the badge is archived, and says so', async () => {
    await archiveTemplate(world, admin, publicId)
    expect((await get(address, 'text/html').expect(200)).text).toContain('n’est plus attribué')
    await get(address, 'application/json').expect(200)
  })

  test.each(['0', '2', '1.5', 'x'])('has no version %s', async (number) => {
    const { status } = await get(`/achievements/${publicId}/v/${number}`, 'application/json')
    expect([400, 404]).toContain(status)
  })
})
