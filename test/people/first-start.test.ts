import { beforeEach, describe, expect, test } from 'vitest'
import { acceptInvitation, invite, readInvitation } from '../../src/people/accept-invitation.js'
import { assignRole } from '../../src/people/assign-role.js'
import { createPerson } from '../../src/people/create-person.js'
import { toNextPage } from '../../src/people/next-page.js'
import { OPERATOR } from '../../src/people/operator.js'
import { offerSetUp, setUp } from '../../src/people/set-up.js'
import { readSession } from '../../src/people/sessions.js'
import { signIn } from '../../src/people/sign-in.js'
import { DAY, openWorld, type World } from '../support/world.js'
import { aCompany, aLycee, asActor, auditOf, PASSWORD, refusalOf, somebody } from './people.js'

const ADMIN = {
  givenName: 'Alix',
  familyName: 'Durand',
  email: 'alix@sceau.example',
  password: PASSWORD,
}
const tokenOf = (address: string | undefined) => address!.split('/set-up/')[1]!

let world: World
beforeEach(async () => {
  world = await openWorld()
})

describe('the first start', () => {
  test('offers a link that makes the administrator, who then signs in', async () => {
    const address = await offerSetUp(world)
    expect(address).toMatch(/^https:\/\/sceau\.example\/set-up\/[\w-]{43}$/)
    await setUp(world, tokenOf(address), ADMIN)
    const token = await signIn(world, { email: ADMIN.email, password: PASSWORD })
    expect((await readSession(world, token))?.actor.assignments).toEqual([
      { role: 'platform-admin', organisationId: null },
    ])
    expect(await offerSetUp(world)).toBeUndefined()
  })

  test('offers a link that serves once', async () => {
    const token = tokenOf(await offerSetUp(world))
    await setUp(world, token, ADMIN)
    const again = setUp(world, token, { ...ADMIN, email: 'evil@sceau.example' })
    expect((await refusalOf(again)).code).toBe('gone')
  })

  test('EM-03 makes the link of an earlier start worthless, and a day ends each', async () => {
    const older = tokenOf(await offerSetUp(world))
    const newer = tokenOf(await offerSetUp(world))
    expect((await refusalOf(setUp(world, older, ADMIN))).code).toBe('gone')
    world.clock.advance(DAY)
    expect((await refusalOf(setUp(world, newer, ADMIN))).code).toBe('gone')
  })

  test('keeps the link open when the password is too weak', async () => {
    const token = tokenOf(await offerSetUp(world))
    const weak = setUp(world, token, { ...ADMIN, password: 'short' })
    expect((await refusalOf(weak)).fields[0]?.pointer).toBe('/password')
    await setUp(world, token, ADMIN)
  })
})

describe('an invitation', () => {
  const newcomer = async (organisationId: number) =>
    createPerson(world, OPERATOR, {
      givenName: 'Sacha',
      familyName: 'Petit',
      email: 'sacha@lycee.example',
      role: 'school-staff',
      organisationId,
    })

  test('EM-02 is not used by looking at it; choosing a password uses it', async () => {
    const person = await newcomer((await aLycee(world)).id)
    const token = tokenOf(await invite(world, OPERATOR, person.id))
    expect((await readInvitation(world, token)).person).toEqual(person)
    expect((await readInvitation(world, token)).person).toEqual(person)
    await acceptInvitation(world, token, PASSWORD)
    expect((await refusalOf(acceptInvitation(world, token, PASSWORD))).code).toBe('gone')
    await signIn(world, { email: 'sacha@lycee.example', password: PASSWORD })
    expect(await auditOf(world)).toContain('password.chosen')
  })

  test('ends the sessions that the person had', async () => {
    const person = await newcomer((await aLycee(world)).id)
    await acceptInvitation(world, tokenOf(await invite(world, OPERATOR, person.id)), PASSWORD)
    const session = await signIn(world, { email: 'sacha@lycee.example', password: PASSWORD })
    await acceptInvitation(world, tokenOf(await invite(world, OPERATOR, person.id)), `${PASSWORD}x`)
    expect(await readSession(world, session)).toBeUndefined()
  })

  test('of a newcomer is made by the approver of their school, not by another’s', async () => {
    const [own, other] = [await aLycee(world), await aLycee(world, 'Rousseau', '9990002Y')]
    const person = await newcomer(own.id)
    const approver = async (organisationId: number, email: string) =>
      asActor(world, await somebody(world, email, { role: 'school-approver', organisationId }))
    expect(await invite(world, await approver(own.id, 'a@x.example'), person.id)).toContain('/set-')
    const foreign = invite(world, await approver(other.id, 'b@x.example'), person.id)
    expect((await refusalOf(foreign)).code).toBe('not-found')
  })

  test('is no way for an approver into a colleague’s account', async () => {
    const lycee = await aLycee(world)
    const held = { role: 'school-approver', organisationId: lycee.id } as const
    const [one, two] = [
      await somebody(world, 'one@x.example', held),
      await somebody(world, 'two@x.example', held),
    ]
    const act = invite(world, await asActor(world, one), two.id)
    expect((await refusalOf(act)).code).toBe('not-found')
  })

  test('is no way for a company into an administrator’s account, by giving them a role', async () => {
    const company = await aCompany(world)
    const admin = await createPerson(world, OPERATOR, {
      ...ADMIN,
      role: 'platform-admin',
      organisationId: null,
    })
    const held = { role: 'company-admin', organisationId: company.id } as const
    const intruder = await asActor(world, await somebody(world, 'i@x.example', held))
    await assignRole(world, intruder, {
      personId: admin.id,
      role: 'company-endorser',
      organisationId: company.id,
    })
    expect((await refusalOf(invite(world, intruder, admin.id))).code).toBe('not-found')
  })
})

describe('AU-16 after signing in', () => {
  test.each(['/', '/organisations', '/dossiers/x?tab=2', '/a/b-c_d'])('one goes on to %s', (to) => {
    expect(toNextPage(to)).toBe(to)
  })

  test.each([
    undefined,
    '',
    '//evil',
    '/\\evil',
    '\\\\evil',
    'https:evil',
    'https://evil',
    '/%09/evil',
    '/\t/evil',
    '/%5Cevil',
    '/%2F/evil',
    '/%2fevil',
    'javascript:alert(1)',
    '/%',
  ])('one goes to / instead of %j', (to) => {
    expect(toNextPage(to)).toBe('/')
  })
})
