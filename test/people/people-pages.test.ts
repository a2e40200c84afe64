import { beforeEach, describe, expect, test } from 'vitest'
import type { Organisation } from '../../src/people/store.js'
import { openWorld, type World } from '../support/world.js'
import { browser } from './browser.js'
import { aCompany, aLycee, PASSWORD, somebody } from './people.js'
import type { RoleInput } from '../../src/people/assign-role.js'

let world: World
let lycee: Organisation
beforeEach(async () => {
  world = await openWorld()
  lycee = await aLycee(world)
})

async function signedIn(email: string, held: RoleInput) {
  await somebody(world, email, held)
  const tab = browser(world)
  await tab.send('/sign-in', { email, password: PASSWORD })
  return tab
}
const anAdmin = () => signedIn('a@x.example', { role: 'platform-admin', organisationId: null })
const anApprover = () =>
  signedIn('p@x.example', { role: 'school-approver', organisationId: lycee.id })

const NOA = { givenName: 'Noa', familyName: 'Leroy', email: 'noa@x.example', role: 'school-staff' }

describe('the page that invites', () => {
  test('leads from a form to a link, a password and the first page of the person', async () => {
    const tab = await anApprover()
    const answer = await tab.send('/people/new', {
      ...NOA,
      organisation: lycee.publicId,
      act: 'invite',
    })
    expect(answer.status).toBe(200)
    expect(answer.text).toContain('Sceau n’envoie pas encore de courrier')
    const link = /value="https:\/\/sceau\.example(\/set-up\/[\w-]+)"/.exec(answer.text)![1]!
    const theirs = browser(world)
    await theirs.send(link, { password: PASSWORD })
    const entered = await theirs.send('/sign-in', { email: NOA.email, password: PASSWORD })
    expect(entered.status).toBe(303)
    const list = (await tab.get('/people')).text
    expect(list).toContain('Noa Leroy')
    expect(list).not.toContain(link)
  })

  test('offers to an approver the roles of a lycée, and their own lycée alone', async () => {
    await aCompany(world)
    const { text } = await (await anApprover()).get('/people/new')
    const roles = [...text.matchAll(/<option[^>]* value="([\w-]+)"/g)].map(([, value]) => value)
    expect(roles).toEqual([
      'school-staff',
      'school-approver',
      'liaison-officer',
      'scheme-coordinator',
      lycee.publicId,
    ])
  })

  test('keeps what was typed and, of an address that is taken, offers the role to its account', async () => {
    const tab = await anApprover()
    const company = await aCompany(world)
    await somebody(world, NOA.email, { role: 'company-endorser', organisationId: company.id })
    const form = { ...NOA, organisation: lycee.publicId }
    const answer = await tab.send('/people/new', { ...form, act: 'invite' })
    expect(answer.status).toBe(409)
    expect(answer.text).toContain('id="error-email"')
    expect(answer.text).toContain('value="Leroy"')
    expect(answer.text).toContain('Donner ce rôle au compte existant')
    expect(answer.text).not.toContain('Composites du Jura')
    const granted = await tab.send('/people/new', { ...form, act: 'grant' })
    expect(granted.headers.location).toMatch(/^\/people\/[\w-]{22}$/)
    const { text } = await tab.get(granted.headers.location!)
    expect(text).toContain('Le rôle est donné')
    expect(text).not.toContain('Composites du Jura')
  })

  test.each([
    ['name', { familyName: '' }],
    ['address', { email: 'no address' }],
    ['role', { role: 'student' }],
  ])('says beside the field that the %s is wrong', async (_, wrong) => {
    const tab = await anApprover()
    const form = { ...NOA, organisation: lycee.publicId, act: 'invite', ...wrong }
    const answer = await tab.send('/people/new', form)
    expect(answer.status).toBe(400)
    expect(answer.text).toContain(`id="error-${Object.keys(wrong)[0]}"`)
  })
})

describe('the page of a person', () => {
  test('gives a role, ends it, and makes a link', async () => {
    const tab = await anAdmin()
    const person = await somebody(world, 'n@x.example', {
      role: 'school-staff',
      organisationId: lycee.id,
    })
    const path = `/people/${person.publicId}`
    const role = { role: 'liaison-officer', organisation: lycee.publicId }
    expect((await tab.send(path, { ...role, act: 'give' })).status).toBe(303)
    expect((await tab.get(path)).text).toContain('chargé de liaison, Lycée Voltaire')
    const twice = await tab.send(path, { ...role, act: 'give' })
    expect(twice.status).toBe(409)
    expect(twice.text).toContain('a déjà ce rôle')
    expect((await tab.send(path, { ...role, act: 'end' })).headers.location).toBe('/people')
    expect((await tab.get(path)).text).not.toContain('chargé de liaison, Lycée Voltaire')
    const made = await tab.send(path, { act: 'link' })
    expect(made.text).toMatch(/value="https:\/\/sceau\.example\/set-up\//)
  })

  test('of a student ends no enrolment', async () => {
    const tab = await anApprover()
    const student = await somebody(world, 's@x.example', {
      role: 'student',
      organisationId: lycee.id,
    })
    const path = `/people/${student.publicId}`
    expect((await tab.get(path)).text).toContain('avec son inscription dans la classe')
    const form = { act: 'end', role: 'student', organisation: lycee.publicId }
    expect((await tab.send(path, form)).status).toBe(400)
  })

  test('AZ-02 is not there for who manages none of their roles', async () => {
    const company = await aCompany(world)
    const stranger = await somebody(world, 't@x.example', {
      role: 'company-endorser',
      organisationId: company.id,
    })
    const tab = await anApprover()
    const path = `/people/${stranger.publicId}`
    expect((await tab.get(path)).status).toBe(404)
    expect((await tab.get('/people/nobody')).status).toBe(404)
    await tab.get('/people')
    expect((await tab.send(path, { act: 'link' })).status).toBe(403)
  })

  test('leads who ended their own last role to their first page', async () => {
    const tab = await anApprover()
    const me = await world.db.selectFrom('persons').select('public_id').executeTakeFirstOrThrow()
    const form = { act: 'end', role: 'school-approver', organisation: lycee.publicId }
    expect((await tab.send(`/people/${me.public_id}`, form)).headers.location).toBe('/')
    expect((await tab.get('/people')).status).toBe(404)
  })
})

test('the list is complete in English, and narrowed by links', async () => {
  const { text } = await (await anAdmin()).get('/people?of=none&lang=en')
  expect(text).not.toMatch(/Personnes|Montrer|Élèves|Rôles/)
  expect(text).toContain('href="/people?of=none" aria-current="true"')
})
