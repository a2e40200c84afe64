import { beforeEach, describe, expect, test } from 'vitest'
import { assignRole, endRole } from '../../src/people/assign-role.js'
import { createOrganisation } from '../../src/people/create-organisation.js'
import { createPerson } from '../../src/people/create-person.js'
import { findNamed } from '../../src/people/find-named.js'
import { activeSigner, didDocumentOf, didOf, jwksOf } from '../../src/people/keys.js'
import { OPERATOR } from '../../src/people/operator.js'
import { forgetPerson } from '../../src/people/people-store.js'
import { findOrganisationBySlug, listOrganisations } from '../../src/people/store.js'
import { validateAudit } from '../../src/store/audit.js'
import { DAY, openWorld, type World } from '../support/world.js'
import { aCompany, aLycee, asActor, auditOf, refusalOf, somebody } from './people.js'

let world: World
beforeEach(async () => {
  world = await openWorld()
})

describe('a new organisation', () => {
  test('has a key in the ring, a DID document that shows it, and a line in the audit', async () => {
    const lycee = await aLycee(world)
    expect(lycee.slug).toBe('lycee-voltaire')
    expect(await findOrganisationBySlug(world.db, 'lycee-voltaire')).toEqual(lycee)

    const signer = await activeSigner(world, lycee.id)
    expect(signer.controller).toBe('did:web:sceau.example:orgs:lycee-voltaire')
    expect(await signer.sign(Buffer.from('text'))).toHaveLength(64)
    expect(await didDocumentOf(world, lycee.slug)).toMatchObject({
      id: signer.controller,
      assertionMethod: [signer.id],
    })
    expect((await jwksOf(world, lycee.slug)).keys).toHaveLength(1)
    expect(await auditOf(world)).toEqual(['organisation.created'])
    expect((await validateAudit(world.db)).sound).toBe(true)
  })

  test('has all its faults told at once, each at its field', async () => {
    const error = await refusalOf(
      createOrganisation(world, OPERATOR, {
        kind: 'lycee',
        name: '  ',
        uai: '9990001A',
        website: 'javascript:alert(1)',
      }),
    )
    expect(error.code).toBe('invalid-request')
    expect(error.fields.map(({ pointer }) => pointer)).toEqual(['/name', '/uai', '/website'])
    expect(await listOrganisations(world.db)).toEqual([])
  })

  test('of kind company needs a SIRET, and its UAI is not kept', async () => {
    const company = await createOrganisation(world, OPERATOR, {
      kind: 'company',
      name: 'Composites du Jura',
      siret: '000 990 010 00019',
      uai: '9990001X',
    })
    expect(company).toMatchObject({ siret: '00099001000019', uai: null })
  })

  test('may not have the number of another', async () => {
    await aLycee(world)
    const error = await refusalOf(aLycee(world, 'Lycée Rousseau'))
    expect(error.code).toBe('conflict')
    expect(error.fields[0]).toMatchObject({ pointer: '/uai' })
    expect(error.words.fr).toContain('Lycée Voltaire')
  })

  test.each([
    'LYCEE VOLTAIRE',
    'Lycée  Voltaire',
    'lycée-voltaire',
    'Lycée Vo1taire',
    'Lycée V0ltaire',
    'Lycée VoItaire',
    'Ｌycée Voltaire',
  ])('IS-10 may not be called “%s” beside Lycée Voltaire', async (name) => {
    await aLycee(world)
    const error = await refusalOf(aLycee(world, name, '9990002Y'))
    expect(error.code).toBe('conflict')
    expect(error.words.fr).toContain('Ajoutez la ville')
  })

  test('IS-10 may be called like none, and like another but for the town', async () => {
    await aLycee(world)
    await aLycee(world, 'Lycée Voltaire de Dole', '9990002Y')
    expect(await listOrganisations(world.db)).toHaveLength(2)
  })

  test('IS-09 has a short name without ways to anywhere, whatever it is called', async () => {
    const called = await aLycee(world, 'keys/../../x')
    expect(called.slug).toBe('keys-x')
    for (const way of ['keys/../../x', '../keys', '..', 'keys%2F..%2F..%2Fx', 'keys-x\0']) {
      expect((await refusalOf(didDocumentOf(world, way))).code).toBe('not-found')
      expect((await refusalOf(findNamed(world.db, way))).code).toBe('not-found')
    }
  })

  test.each(['Lусée Voltaire', 'Lycée Voltaire\u200b', 'Lycée\u202eVoltaire'])(
    'IS-10 may not have Cyrillic or invisible letters',
    async (name) => {
      const error = await refusalOf(aLycee(world, name))
      expect(error.fields[0]?.words.fr).toMatch(/U\+/)
    },
  )

  test.each([
    ['the same number', 'Lycée Voltaire', 'Lycée Rousseau', '/uai'],
    ['the same name', 'Lycée Voltaire', 'LYCÉE  VOLTAIRE', '/name'],
  ])(
    'with %s as one that is made at the same moment is told so',
    async (_, one, other, pointer) => {
      const uai = pointer === '/uai' ? '9990001X' : '9990002Y'
      const both = await Promise.allSettled([aLycee(world, one), aLycee(world, other, uai)])
      const refused = both.filter((done) => done.status === 'rejected')
      expect(refused).toHaveLength(1)
      expect(refused[0]?.reason).toMatchObject({ code: 'conflict' })
      expect(refused[0]?.reason.fields.map((field: any) => field.pointer)).toContain(pointer)
      expect(await listOrganisations(world.db)).toHaveLength(1)
      expect(await auditOf(world)).toEqual(['organisation.created'])
    },
  )

  test('is made by a platform administrator only: to others it is not there', async () => {
    const lycee = await aLycee(world)
    const person = await somebody(world, 'p@lycee.example', {
      role: 'school-approver',
      organisationId: lycee.id,
    })
    const act = createOrganisation(world, await asActor(world, person), {
      kind: 'lycee',
      name: 'Lycée Rousseau',
      uai: '9990002Y',
    })
    expect((await refusalOf(act)).code).toBe('not-found')
  })
})

test('the port of the service is part of the DID, encoded', () => {
  expect(didOf('http://localhost:3000', 'x')).toBe('did:web:localhost%3A3000:orgs:x')
})

test('an organisation whose key file is missing signs nothing, and says which', async () => {
  const lycee = await aLycee(world)
  const elsewhere = await openWorld({ db: world.db })
  const signer = await activeSigner(elsewhere, lycee.id)
  await expect(signer.sign(Buffer.from('x'))).rejects.toThrow(/restore its file/)
})

test('who signs in the organisation’s name is nobody when its key is revoked', async () => {
  const lycee = await aLycee(world)
  await world.db
    .updateTable('organisation_keys')
    .set({ revoked_at: world.now().toISOString() })
    .execute()
  await expect(activeSigner(world, lycee.id)).rejects.toThrow(/no key in use/)
})

describe('a role', () => {
  test('AZ-09 is given in one’s own organisation only', async () => {
    const [own, other] = [await aCompany(world), await aCompany(world, 'Autre', '00099002800011')]
    const admin = await asActor(
      world,
      await somebody(world, 'a@jura.example', { role: 'company-admin', organisationId: own.id }),
    )
    const named = { givenName: 'Dominique', familyName: 'Petit', role: 'company-endorser' as const }
    const made = await createPerson(world, admin, { ...named, organisationId: own.id })
    expect((await asActor(world, made)).assignments).toEqual([
      { role: 'company-endorser', organisationId: own.id },
    ])
    const beyond = createPerson(world, admin, { ...named, organisationId: other.id })
    expect((await refusalOf(beyond)).code).toBe('not-found')
  })

  test('goes with one kind of organisation', async () => {
    const company = await aCompany(world)
    const act = somebody(world, 's@x.example', {
      role: 'school-approver',
      organisationId: company.id,
    })
    expect((await refusalOf(act)).fields[0]?.pointer).toBe('/role')
  })

  test('of platform administrator is not a company administrator’s to give', async () => {
    const company = await aCompany(world)
    const person = await somebody(world, 'a@jura.example', {
      role: 'company-admin',
      organisationId: company.id,
    })
    const act = assignRole(world, await asActor(world, person), {
      personId: person.id,
      role: 'platform-admin',
      organisationId: null,
    })
    expect((await refusalOf(act)).code).toBe('not-found')
  })

  test('is given to nobody who was forgotten meanwhile', async () => {
    const lycee = await aLycee(world)
    const held = { role: 'school-staff', organisationId: lycee.id } as const
    const person = await somebody(world, 's@lycee.example', held)
    await forgetPerson(world.db, person.id, world.now().toISOString())
    const given = {
      personId: person.id,
      role: 'school-approver',
      organisationId: lycee.id,
    } as const
    expect((await refusalOf(assignRole(world, OPERATOR, given))).code).toBe('not-found')
  })

  test('that is taken away counts no more today, and can’t be taken twice', async () => {
    const lycee = await aLycee(world)
    const held = { role: 'school-staff', organisationId: lycee.id } as const
    const person = await somebody(world, 's@lycee.example', held)
    world.clock.advance(3 * DAY)
    await endRole(world, OPERATOR, { personId: person.id, ...held })
    expect((await asActor(world, person)).assignments).toEqual([])
    const again = endRole(world, OPERATOR, { personId: person.id, ...held })
    expect((await refusalOf(again)).code).toBe('not-found')
    expect(await auditOf(world)).toContain('role.ended')
  })
})

test('two accounts can’t have one address, whatever its capitals', async () => {
  const lycee = await aLycee(world)
  const held = { role: 'school-staff', organisationId: lycee.id } as const
  await somebody(world, 's@lycee.example', held)
  const error = await refusalOf(somebody(world, 'S@Lycee.Example', held))
  expect(error.code).toBe('conflict')
  expect(error.words.fr).not.toContain('lycee.example')
})
