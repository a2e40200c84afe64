import { beforeEach, describe, expect, test } from 'vitest'
import type { Actor, Role } from '../../src/context.js'
import { openClass } from '../../src/mentoring/classes/open-class.js'
import { endRole } from '../../src/people/assign-role.js'
import { OPERATOR } from '../../src/people/operator.js'
import type { Organisation } from '../../src/people/store.js'
import { defineTemplate } from '../../src/templates/define-template.js'
import { editDraft } from '../../src/templates/edit-draft.js'
import { proposeVersion } from '../../src/templates/propose-version.js'
import { publishVersion } from '../../src/templates/publish-version.js'
import { seeTemplate, seeTemplates } from '../../src/templates/see-templates.js'
import { findVersion } from '../../src/templates/store.js'
import { runNextJob } from '../../src/worker.js'
import { aCompany, aLycee, asActor, auditOf, refusalOf, somebody } from '../people/people.js'
import { aDefinition } from '../support/definitions.js'
import { DAY, openWorld, type World } from '../support/world.js'

let world: World
let company: Organisation
let admin: Actor
let endorser: Actor
let versionId: number
let publicId: string

const person = async (email: string, role: Role, organisationId: number) =>
  asActor(world, await somebody(world, email, { role, organisationId }))

beforeEach(async () => {
  world = await openWorld()
  company = await aCompany(world)
  admin = await person('admin@example.org', 'company-admin', company.id)
  endorser = await person('endorser@example.org', 'company-endorser', company.id)
  const input = { companyId: company.id, definition: aDefinition }
  ;({ publicId, versionId } = await defineTemplate(world, admin, input))
})

const version = async () => (await findVersion(world.db, versionId))!
const read = async (position = 'Directrice') => ({
  versionId,
  digest: (await version()).digest,
  function: position,
})
const isDraft = async () => (await version()).publishedAt === null

describe('the endorsement of a definition takes two persons of the company', () => {
  test('one proposes it, the other publishes it, each in their function', async () => {
    await proposeVersion(world, endorser, await read('Responsable d’atelier'))
    await publishVersion(world, admin, await read())
    expect(await version()).toMatchObject({
      proposal: { byId: endorser.personId, function: 'Responsable d’atelier' },
      publishedById: admin.personId,
      publishedFunction: 'Directrice',
      publishedWay: 'account',
    })
    expect((await auditOf(world)).slice(-2)).toEqual(['template.proposed', 'template.published'])
  })

  test('what is signed tells both functions and nobody’s name', async () => {
    await proposeVersion(world, endorser, await read('Responsable d’atelier'))
    await publishVersion(world, admin, await read())
    await runNextJob(world)
    const { document } = await world.db
      .selectFrom('definition_endorsements')
      .select('document')
      .executeTakeFirstOrThrow()
    expect(document).toContain('Proposition : Responsable d’atelier. Publication : Directrice.')
    expect(document).not.toMatch(/Camille|Martin/)
  })

  test('nobody publishes what nobody has proposed', async () => {
    expect(await refusalOf(publishVersion(world, admin, await read()))).toMatchObject({
      code: 'conflict',
    })
    expect(await isDraft()).toBe(true)
  })

  test('EN-01 who proposed does not publish', async () => {
    await proposeVersion(world, admin, await read())
    expect(await refusalOf(publishVersion(world, admin, await read()))).toMatchObject({
      code: 'forbidden',
    })
    expect(await isDraft()).toBe(true)
  })

  test('EN-01 nor does another account that reads the same mailbox', async () => {
    const again = await person('Admin+bis@example.org', 'company-endorser', company.id)
    await proposeVersion(world, admin, await read())
    expect(await refusalOf(publishVersion(world, again, await read()))).toMatchObject({
      code: 'forbidden',
    })
    await publishVersion(world, endorser, await read())
    expect(await isDraft()).toBe(false)
  })

  test('EN-03 an edit after the proposal voids it: both persons start again', async () => {
    await proposeVersion(world, endorser, await read())
    const { digest } = await version()
    const definition = { ...aDefinition, name: 'Stratifier au contact' }
    await editDraft(world, endorser, { versionId, digest, definition })
    expect((await version()).proposal).toBeNull()
    expect(await refusalOf(publishVersion(world, admin, await read()))).toMatchObject({
      code: 'conflict',
    })
    await editDraft(world, endorser, { ...(await read()), definition: aDefinition })
    expect((await version()).digest).toBe(digest)
    expect(await refusalOf(publishVersion(world, admin, await read()))).toMatchObject({
      code: 'conflict',
    })
  })

  test('EN-04 nobody proposes or publishes another text than they were shown', async () => {
    const other = { ...(await read()), digest: 'b'.repeat(64) }
    expect(await refusalOf(proposeVersion(world, endorser, other))).toMatchObject({
      code: 'conflict',
    })
    await proposeVersion(world, endorser, await read())
    expect(await refusalOf(publishVersion(world, admin, other))).toMatchObject({ code: 'conflict' })
    expect(await isDraft()).toBe(true)
  })

  test('EN-06 somebody of another company finds nothing', async () => {
    const other = await aCompany(world, 'Plasturgie du Doubs', '00099002800011')
    const rival = await person('rival@example.org', 'company-admin', other.id)
    await proposeVersion(world, endorser, await read())
    expect(await refusalOf(publishVersion(world, rival, await read()))).toMatchObject({
      code: 'not-found',
    })
  })

  test('EN-06 who has left the company by then neither publishes, nor has proposed', async () => {
    await proposeVersion(world, endorser, await read())
    world.clock.advance(DAY)
    const held = { role: 'company-endorser', organisationId: company.id } as const
    await endRole(world, OPERATOR, { ...held, personId: endorser.personId! })
    expect(await refusalOf(publishVersion(world, admin, await read()))).toMatchObject({
      code: 'forbidden',
    })
    const gone = { ...endorser, assignments: [] }
    await proposeVersion(world, admin, await read())
    expect(await refusalOf(publishVersion(world, gone, await read()))).toMatchObject({
      code: 'not-found',
    })
    expect(await isDraft()).toBe(true)
  })

  test('EN-07 a token neither proposes nor publishes', async () => {
    const program = (actor: Actor) => ({ ...actor, via: 'token' as const })
    const proposing = proposeVersion(world, program(endorser), await read())
    expect(await refusalOf(proposing)).toMatchObject({ code: 'forbidden' })
    await proposeVersion(world, endorser, await read())
    const publishing = publishVersion(world, program(admin), await read())
    expect(await refusalOf(publishing)).toMatchObject({ code: 'forbidden' })
  })

  test('EN-08 a proposal waits 14 days, and not a millisecond more', async () => {
    await proposeVersion(world, endorser, await read())
    world.clock.advance(14 * DAY + 1)
    expect(await refusalOf(publishVersion(world, admin, await read()))).toMatchObject({
      code: 'gone',
    })
    await proposeVersion(world, endorser, await read())
    world.clock.advance(14 * DAY)
    await publishVersion(world, admin, await read())
    expect(await isDraft()).toBe(false)
  })

  test('a function that names somebody is refused, because it is signed', async () => {
    for (const position of ['Mme Martin, directrice', 'direction@example.org', 'D'])
      expect(
        (await refusalOf(proposeVersion(world, admin, await read(position)))).fields,
      ).toMatchObject([{ pointer: '/function' }])
  })
})

describe('a company with one person', () => {
  let officer: Actor

  beforeEach(async () => {
    const school = await aLycee(world)
    const head = await person('head@example.org', 'school-approver', school.id)
    officer = await person('officer@example.org', 'liaison-officer', school.id)
    await openClass(world, head, {
      schoolId: school.publicId,
      name: '2PC',
      mef: '2472250331',
      track: 'Plastiques et composites',
      principalCompanyId: company.publicId,
      fromDay: '2026-09-01',
    })
    await proposeVersion(world, admin, await read())
  })

  const leave = () => {
    world.clock.advance(DAY)
    const held = { role: 'company-endorser', organisationId: company.id } as const
    return endRole(world, OPERATOR, { ...held, personId: endorser.personId! })
  }

  test('has the liaison officer of a partner school as the second one, and the badge says so', async () => {
    await leave()
    expect((await seeTemplates(world, officer)).flat()).toHaveLength(1)
    await publishVersion(world, officer, await read('Chargée de liaison'))
    expect(await version()).toMatchObject({ publishedWay: 'liaison' })
    await runNextJob(world)
    const { document } = await world.db
      .selectFrom('definition_endorsements')
      .select('document')
      .executeTakeFirstOrThrow()
    expect(document).toContain(
      'Chargée de liaison, du lycée, seconde personne d’une entreprise qui n’en a qu’une',
    )
  })

  test('while it has two, the liaison officer is nobody’s second, and sees no draft', async () => {
    const tried = publishVersion(world, officer, await read('Chargée de liaison'))
    expect(await refusalOf(tried)).toMatchObject({ code: 'not-found' })
    expect(await seeTemplates(world, officer)).toEqual([])
    expect(await refusalOf(seeTemplate(world, officer, publicId))).toMatchObject({
      code: 'not-found',
    })
  })

  test('a liaison officer of a school that has nothing to do with it finds nothing', async () => {
    await leave()
    const far = await aLycee(world, 'Lycée Lointain', '9990002Y')
    const stranger = await person('far@example.org', 'liaison-officer', far.id)
    const tried = publishVersion(world, stranger, await read('Chargée de liaison'))
    expect(await refusalOf(tried)).toMatchObject({ code: 'not-found' })
  })
})
