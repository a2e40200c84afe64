import { beforeEach, describe, expect, test } from 'vitest'
import type { Actor, Role } from '../../src/context.js'
import { archiveTemplate } from '../../src/templates/archive-template.js'
import { defineTemplate } from '../../src/templates/define-template.js'
import type { Definition } from '../../src/templates/definition.js'
import { editDraft } from '../../src/templates/edit-draft.js'
import { newVersion } from '../../src/templates/new-version.js'
import { proposeVersion } from '../../src/templates/propose-version.js'
import { publishVersion as publish } from '../../src/templates/publish-version.js'
import { seeTemplate, seeTemplates } from '../../src/templates/see-templates.js'
import { findVersion } from '../../src/templates/store.js'
import { templatesWaiting } from '../../src/templates/waiting.js'
import { validateAudit } from '../../src/store/audit.js'
import { aCompany, asActor, auditOf, refusalOf, somebody } from '../people/people.js'
import { aDefinition } from '../support/definitions.js'
import { publishVersion } from '../support/publish.js'
import { openWorld, type World } from '../support/world.js'

let world: World
let admin: Actor
let endorser: Actor
let rival: Actor
let publicId: string
let versionId: number

const renamed: Definition = { ...aDefinition, name: 'Stratifier au contact' }

beforeEach(async () => {
  world = await openWorld()
  const company = await aCompany(world)
  const other = await aCompany(world, 'Plasturgie du Doubs', '00099002800011')
  const person = async (email: string, role: Role, organisationId: number) =>
    asActor(world, await somebody(world, email, { role, organisationId }))
  admin = await person('admin@example.org', 'company-admin', company.id)
  endorser = await person('endorser@example.org', 'company-endorser', company.id)
  rival = await person('rival@example.org', 'company-admin', other.id)
  const input = { companyId: company.id, definition: aDefinition }
  ;({ publicId, versionId } = await defineTemplate(world, admin, input))
})

const shown = async (id: number) => (await findVersion(world.db, id))!.digest

describe('a draft', () => {
  test('is changed with its digest, and the audit says so', async () => {
    const before = await shown(versionId)
    await editDraft(world, endorser, { versionId, digest: before, definition: renamed })
    const version = await findVersion(world.db, versionId)
    expect(version?.definition.name).toBe('Stratifier au contact')
    expect(version?.digest).not.toBe(before)
    expect(await auditOf(world)).toContain('template.edited')
    expect(await validateAudit(world.db)).toMatchObject({ sound: true })
  })

  test('that somebody else changed since is not overwritten', async () => {
    const digest = await shown(versionId)
    await editDraft(world, endorser, { versionId, digest, definition: renamed })
    const late = editDraft(world, admin, { versionId, digest, definition: aDefinition })
    expect(await refusalOf(late)).toMatchObject({ code: 'conflict' })
    expect((await findVersion(world.db, versionId))?.definition.name).toBe(renamed.name)
  })

  test('with a wrong field stays as it was, and nothing is said in the audit', async () => {
    const digest = await shown(versionId)
    const wrong = { ...aDefinition, name: '' }
    const refused = await refusalOf(
      editDraft(world, admin, { versionId, digest, definition: wrong }),
    )
    expect(refused.fields.map(({ pointer }) => pointer)).toEqual(['/name'])
    expect(await shown(versionId)).toBe(digest)
    expect(await auditOf(world)).not.toContain('template.edited')
  })

  test('does not exist for another company, whatever it tries', async () => {
    const digest = await shown(versionId)
    for (const tried of [
      editDraft(world, rival, { versionId, digest, definition: renamed }),
      seeTemplate(world, rival, publicId),
      proposeVersion(world, rival, { versionId, digest, function: 'Directrice' }),
      publish(world, rival, { versionId, digest, function: 'Directrice' }),
      archiveTemplate(world, rival, publicId),
      newVersion(world, rival, publicId),
    ]) {
      expect(await refusalOf(tried)).toMatchObject({ code: 'not-found' })
    }
    expect(await seeTemplates(world, rival)).toEqual([])
  })

  test('waits for who proposes it, then for somebody else, and for nobody of another company', async () => {
    const toPropose = [{ words: { en: 'Badges to propose' }, count: 1, href: '/definitions' }]
    expect(await templatesWaiting(world, admin)).toMatchObject(toPropose)
    expect(await templatesWaiting(world, endorser)).toEqual([])
    const input = { versionId, digest: await shown(versionId), function: 'Directrice' }
    await proposeVersion(world, admin, input)
    expect(await templatesWaiting(world, admin)).toEqual([])
    const toPublish = [{ words: { en: 'Badges to publish' }, count: 1, href: '/definitions' }]
    expect(await templatesWaiting(world, endorser)).toMatchObject(toPublish)
    expect(await templatesWaiting(world, rival)).toEqual([])
    await publish(world, endorser, input)
    expect(await templatesWaiting(world, endorser)).toEqual([])
  })
})

describe('a published version', () => {
  beforeEach(() => publishVersion(world, admin, versionId))

  test('can’t be changed, not even by who published it', async () => {
    const digest = await shown(versionId)
    const late = editDraft(world, admin, { versionId, digest, definition: renamed })
    expect(await refusalOf(late)).toMatchObject({ code: 'conflict' })
    expect((await findVersion(world.db, versionId))?.definition.name).toBe(aDefinition.name)
  })

  test('is followed by a draft with the same content, one at a time', async () => {
    const next = await newVersion(world, endorser, publicId)
    const version = await findVersion(world.db, next)
    expect(version).toMatchObject({ number: 2, publishedAt: null, digest: await shown(versionId) })
    expect(await refusalOf(newVersion(world, admin, publicId))).toMatchObject({ code: 'conflict' })
    const digest = await shown(next)
    await editDraft(world, admin, { versionId: next, digest, definition: renamed })
    expect((await findVersion(world.db, versionId))?.definition).toEqual(aDefinition)
    expect((await seeTemplate(world, admin, publicId)).map(({ number }) => number)).toEqual([2, 1])
  })

  test('of an archived badge has no successor, and is archived once, by who may publish', async () => {
    const refusal = await refusalOf(archiveTemplate(world, endorser, publicId))
    expect(refusal).toMatchObject({ code: 'forbidden' })
    await archiveTemplate(world, admin, publicId)
    for (const tried of [
      newVersion(world, admin, publicId),
      archiveTemplate(world, admin, publicId),
    ]) {
      expect(await refusalOf(tried)).toMatchObject({ code: 'conflict' })
    }
    expect((await findVersion(world.db, versionId))?.archivedAt).not.toBeNull()
  })
})

test('a draft of an archived badge is neither edited, nor proposed, nor published', async () => {
  const digest = await shown(versionId)
  await proposeVersion(world, endorser, { versionId, digest, function: 'Directrice' })
  await archiveTemplate(world, admin, publicId)
  for (const tried of [
    editDraft(world, admin, { versionId, digest, definition: renamed }),
    proposeVersion(world, admin, { versionId, digest, function: 'Directrice' }),
    publish(world, admin, { versionId, digest, function: 'Directrice' }),
  ]) {
    expect(await refusalOf(tried)).toMatchObject({ code: 'conflict' })
  }
})

test('two persons who open the next version at once open one', async () => {
  await publishVersion(world, admin, versionId)
  const both = [newVersion(world, admin, publicId), newVersion(world, endorser, publicId)]
  const outcomes = (await Promise.allSettled(both)).map(({ status }) => status)
  expect(outcomes.toSorted()).toEqual(['fulfilled', 'rejected'])
})
