import { beforeEach, describe, expect, test } from 'vitest'
import type { Actor } from '../../src/context.js'
import { checkProofs } from '../../src/credential/check-proof.js'
import { guardBadge } from '../../src/credential/guard.js'
import { endorseDefinition, endorsedDefinition } from '../../src/issuer/endorse-definition.js'
import { activeSigner } from '../../src/people/keys.js'
import type { Organisation } from '../../src/people/store.js'
import { validateAudit } from '../../src/store/audit.js'
import { defineTemplate } from '../../src/templates/define-template.js'
import { publishVersion } from '../support/publish.js'
import { runNextJob } from '../../src/worker.js'
import { aCompany, asActor, auditOf, somebody } from '../people/people.js'
import { aDefinition } from '../support/definitions.js'
import { DAY, openWorld, type World } from '../support/world.js'

let world: World
let company: Organisation
let admin: Actor
let versionId: number

beforeEach(async () => {
  world = await openWorld()
  company = await aCompany(world, 'Composites du Lac DÉMO')
  const held = { role: 'company-admin', organisationId: company.id } as const
  admin = await asActor(world, await somebody(world, 'admin@example.org', held))
  const input = { companyId: company.id, definition: aDefinition }
  ;({ versionId } = await defineTemplate(world, admin, input))
})

type Json = Record<string, any>
const kept = () => world.db.selectFrom('definition_endorsements').selectAll().execute()
const signed = async () => JSON.parse((await kept())[0]?.document ?? 'null') as Json

describe('the endorsement of a definition', () => {
  test('is signed by the company’s key after the version is published, and names it and its digest', async () => {
    await publishVersion(world, admin, versionId)
    expect(await kept()).toEqual([])
    expect(await runNextJob(world)).toBe(true)
    const endorsement = await signed()
    const { publicKeyMultibase, controller } = await activeSigner(world, company.id)
    const { public_id: id } = await world.db
      .selectFrom('templates')
      .selectAll()
      .executeTakeFirstOrThrow()
    expect(endorsement).toMatchObject({
      type: ['VerifiableCredential', 'EndorsementCredential'],
      issuer: { id: controller, name: 'Composites du Lac DÉMO' },
      validFrom: '2026-11-24T00:00:00Z',
      credentialSubject: { id: `https://sceau.example/achievements/${id}/v/1` },
      credentialStatus: { statusPurpose: 'revocation' },
    })
    expect(endorsement.credentialSubject.endorsementComment).toContain(aDefinition.name)
    expect(endorsement.credentialSubject.endorsementComment).toContain('se porte garante')
    expect(endorsement.evidence).toMatchObject([{ name: 'Définition' }])
    expect(guardBadge(endorsement, 'EndorsementCredential')).toEqual([])
    const proofs = await checkProofs(endorsement, () => publicKeyMultibase, world.now())
    expect(proofs).toMatchObject([{ result: 'pass' }])
    expect(await auditOf(world)).toContain('template.endorsed')
    expect(await validateAudit(world.db)).toMatchObject({ sound: true })
  })

  test('holds nothing of the person who published', async () => {
    await publishVersion(world, admin, versionId)
    await runNextJob(world)
    const text = JSON.stringify(await signed())
    for (const canary of ['Camille', 'Martin', 'admin@example.org', admin.publicId])
      expect(text).not.toContain(canary)
  })

  test('has a place of its own in the company’s list', async () => {
    await publishVersion(world, admin, versionId)
    await runNextJob(world)
    const entries = await world.db
      .selectFrom('status_entries')
      .innerJoin('status_lists', 'status_lists.id', 'status_entries.list_id')
      .innerJoin('definition_endorsements as own', 'own.status_entry_id', 'status_entries.id')
      .select(['own.credential_id', 'status_lists.organisation_id'])
      .execute()
    const { id } = await signed()
    expect(entries).toEqual([{ credential_id: id, organisation_id: company.id }])
  })

  test('is made once, however often the job runs', async () => {
    await publishVersion(world, admin, versionId)
    await runNextJob(world)
    const before = await kept()
    await endorseDefinition(world, { versionId })
    expect(await kept()).toEqual(before)
    const lines = await auditOf(world)
    expect(lines.filter((action) => action === 'template.endorsed')).toHaveLength(1)
  })

  test('is finished with the same bytes by the run after one that died half-way', async () => {
    await publishVersion(world, admin, versionId)
    const first = await endorsedDefinition(world, versionId)
    await world.db
      .updateTable('definition_endorsements')
      .set({ document: null, signed_at: null })
      .execute()
    await world.db.updateTable('organisations').set({ name: 'Un autre nom DÉMO' }).execute()
    world.clock.advance(3 * DAY)
    expect(await endorsedDefinition(world, versionId)).toBe(first)
    expect(await kept()).toHaveLength(1)
  })

  test('waits for the company’s key, and comes when it is there', async () => {
    await publishVersion(world, admin, versionId)
    const gone = async () => Promise.reject(new Error('its file is gone'))
    const without = { ...world, keys: { ...world.keys, sign: gone } }
    await runNextJob(without)
    expect((await signed()) ?? null).toBeNull()
    world.clock.advance(60_000)
    await runNextJob(world)
    expect((await signed()).proof).toHaveLength(1)
  })
})

describe('no endorsement is signed', () => {
  test('of a draft', async () => {
    await expect(endorseDefinition(world, { versionId })).rejects.toThrow('published by nobody')
    expect(await kept()).toEqual([])
  })

  test('of a version that is not there', async () => {
    await expect(endorseDefinition(world, { versionId: 99 })).rejects.toThrow('no template version')
  })

  test('of a definition that was touched after it was published', async () => {
    await publishVersion(world, admin, versionId)
    const definition = JSON.stringify({ ...aDefinition, criteria: 'Tout le monde l’obtient.' })
    await world.db.updateTable('template_versions').set({ definition }).execute()
    await expect(endorseDefinition(world, { versionId })).rejects.toThrow('two_persons')
    expect(await signed()).toBeNull()
  })

  test('when publishing failed: version, audit line and job are there together or not at all', async () => {
    await publishVersion(world, admin, versionId)
    await expect(publishVersion(world, admin, versionId)).rejects.toMatchObject({
      code: 'conflict',
    })
    const jobs = await world.db.selectFrom('jobs').selectAll().execute()
    expect(jobs).toMatchObject([
      { kind: 'endorse-definition', key: String(versionId), payload: `{"versionId":${versionId}}` },
    ])
  })
})
