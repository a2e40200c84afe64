import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { SignInProvider } from '../../../src/config.js'
import { invite } from '../../../src/people/accept-invitation.js'
import { assignRole } from '../../../src/people/assign-role.js'
import { createPerson } from '../../../src/people/create-person.js'
import { OPERATOR } from '../../../src/people/operator.js'
import { savePassword } from '../../../src/people/access-store.js'
import { readSession } from '../../../src/people/sessions.js'
import type { Person } from '../../../src/people/store.js'
import { MINUTE, type World } from '../../support/world.js'
import { aCompany, aLycee, auditOf, somebody } from '../people.js'
import { openIdentityProvider, type IdentityProvider } from './identity-provider.js'
import { openBrowser, standing, worldWith, type Browser } from './story.js'

const EMAIL = 'camille@lycee.example'
const OF: Record<SignInProvider['kind'], IdentityProvider> = {} as never
let one: IdentityProvider
let world: World
let person: Person
let browser: Browser
let lyceeId: number

beforeAll(async () => {
  OF.generic = one = await openIdentityProvider('one')
  OF.proconnect = await openIdentityProvider('pro', { kind: 'proconnect', userinfoAlg: 'RS256' })
  OF.educonnect = await openIdentityProvider('edu', { kind: 'educonnect' })
})
afterAll(() => Promise.all(Object.values(OF).map((each) => each.close())))

beforeEach(async () => {
  world = await worldWith(Object.values(OF).map(({ settings }) => settings))
  lyceeId = (await aLycee(world)).id
  person = await somebody(world, EMAIL, { role: 'school-staff', organisationId: lyceeId })
  browser = openBrowser(world)
  for (const { who } of Object.values(OF)) {
    who.sub = 'subject-1'
    who.claims = { given_name: 'Camille', usual_name: 'Martin-Petit' }
  }
})

const identities = async () => (await standing(world)).identities

async function linked(provider = one): Promise<void> {
  await browser.signIn(EMAIL)
  await browser.by(provider, { act: 'link' })
  expect((await browser.send('/sign-in/accept', {})).headers.location).toBe('/account')
}

describe('linking at “Mon compte”', () => {
  test('says who is who, asks, and then lets in; its person is told by mail', async () => {
    await browser.signIn(EMAIL)
    const sent = await browser.leave('one', { act: 'link' })
    // Whoever was at this computer before may be known there still.
    expect(sent.searchParams.get('prompt')).toBe('login')
    const back = await browser.back(await one.visit(sent.href))
    expect(back.headers.location).toBe('/sign-in/accept')
    expect(await identities()).toEqual([])
    const { text } = await browser.get('/sign-in/accept')
    expect(text).toContain('Camille Martin-Petit')
    expect(text).toContain('<dd>Camille Martin</dd>')
    await browser.send('/sign-in/accept', {})
    expect(await identities()).toMatchObject([
      { issuer: one.settings.issuer, subject: 'subject-1', person_id: person.id },
    ])
    expect(await auditOf(world)).toContain('identity.linked')
    const mails = await world.db.selectFrom('outbox_mails').select('to_person_id').execute()
    expect(mails).toEqual([{ to_person_id: person.id }])
    expect((await browser.get('/account')).text).toContain('Service one')
    await browser.send('/sign-out', {})
    const answer = await browser.by(one, { next: '/account' })
    expect([answer.status, answer.headers.location]).toEqual([303, '/account'])
  })

  test('waits for a password typed within five minutes, at both ends', async () => {
    await browser.signIn(EMAIL)
    world.clock.advance(5 * MINUTE)
    expect((await browser.send('/sign-in/with/one', { act: 'link' })).status).toBe(403)
    await browser.signIn(EMAIL)
    await browser.by(one, { act: 'link' })
    world.clock.advance(5 * MINUTE)
    expect((await browser.send('/sign-in/accept', {})).status).toBe(403)
    expect(await identities()).toEqual([])
  })

  test('is of whoever began it: not of a visitor, nor of who signed in meanwhile', async () => {
    await somebody(world, 'b@lycee.example', { role: 'school-staff', organisationId: lyceeId })
    await browser.signIn(EMAIL)
    const url = await one.visit((await browser.leave('one', { act: 'link' })).href)
    await browser.signIn('b@lycee.example')
    expect((await browser.back(url)).status).toBe(401)
    await browser.signIn(EMAIL)
    await browser.by(one, { act: 'link' })
    await browser.signIn('b@lycee.example')
    expect((await browser.get('/sign-in/accept')).status).toBe(404)
    expect((await browser.send('/sign-in/accept', {})).status).toBe(404)
    expect(await identities()).toEqual([])
    expect((await openBrowser(world).send('/sign-in/with/one', { act: 'link' })).status).toBe(401)
  })

  test('is refused for an identity that opens another account', async () => {
    await linked()
    await somebody(world, 'b@lycee.example', { role: 'school-staff', organisationId: lyceeId })
    await browser.signIn('b@lycee.example')
    await browser.by(one, { act: 'link' })
    expect((await browser.send('/sign-in/accept', {})).status).toBe(409)
    expect(await identities()).toMatchObject([{ person_id: person.id }])
  })

  test('is accepted once, within ten minutes', async () => {
    await browser.signIn(EMAIL)
    await browser.by(one, { act: 'link' })
    const kept = new Map(browser.cookies)
    await browser.send('/sign-in/accept', {})
    browser.cookies.set('__Host-p', kept.get('__Host-p')!)
    expect((await browser.send('/sign-in/accept', {})).status).toBe(404)
    await browser.by(one, { act: 'link' })
    world.clock.advance(10 * MINUTE)
    expect((await browser.get('/sign-in/accept')).status).toBe(404)
  })
})

describe('an invitation', () => {
  let token: string
  let invited: Person

  beforeEach(async () => {
    const held = { role: 'school-staff', organisationId: lyceeId } as const
    const named = { givenName: 'Noé', familyName: 'Durand', email: 'noe@lycee.example' }
    invited = await createPerson(world, OPERATOR, { ...named, ...held })
    token = (await invite(world, OPERATOR, invited.id)).split('/').at(-1)!
  })

  test('is accepted by a provider, asked first, once', async () => {
    const answer = await browser.by(one, { act: 'accept', invitation: token })
    expect(answer.headers.location).toBe('/sign-in/accept')
    expect(browser.isIn()).toBe(false)
    expect((await browser.get('/sign-in/accept')).text).toContain('Noé Durand')
    const done = await browser.send('/sign-in/accept', {})
    expect([done.status, done.headers.location]).toEqual([303, '/'])
    expect(browser.isIn()).toBe(true)
    expect(await identities()).toMatchObject([{ person_id: invited.id }])
    const again = await browser.send('/sign-in/with/one', { act: 'accept', invitation: token })
    expect(again.status).toBe(410)
  })

  test('says whose session is open on this computer, and ends it', async () => {
    await browser.signIn(EMAIL)
    await browser.by(one, { act: 'accept', invitation: token })
    const { text } = await browser.get('/sign-in/accept')
    expect(text).toMatch(/connecté ici sur cet ordinateur\s: Camille Martin\./)
    await browser.send('/sign-in/accept', {})
    const { sessions } = await standing(world)
    expect(sessions.map(({ ended_at }) => ended_at === null)).toEqual([false, true])
  })

  test('that was withdrawn meanwhile lets nobody in', async () => {
    await browser.by(one, { act: 'accept', invitation: token })
    await invite(world, OPERATOR, invited.id)
    expect((await browser.send('/sign-in/accept', {})).status).toBe(410)
    expect([browser.isIn(), await identities()]).toEqual([false, []])
  })
})

describe('who came by a provider', () => {
  test('has shown no passkey: what commits waits', async () => {
    await linked()
    await browser.send('/sign-out', {})
    await browser.by(one)
    const session = await readSession(world, browser.cookies.get('__Host-s')!)
    expect(session?.actor.mustStepUp).toBe(true)
    // They have a password: that is what a first passkey asks for.
    const asked = await browser.send('/passkeys/register', {})
    expect(asked.status).toBe(403)
  })

  test('and has nothing else registers a first passkey within five minutes', async () => {
    await linked()
    await world.db.updateTable('persons').set({ password_hash: null }).execute()
    await browser.send('/sign-out', {})
    await browser.by(one)
    expect((await browser.send('/passkeys/register', {})).status).toBe(200)
    world.clock.advance(5 * MINUTE)
    expect((await browser.send('/passkeys/register', {})).status).toBe(403)
    const { text } = await browser.get('/step-up?next=%2Faccount')
    expect(text).toContain('Vous vous connectez par un autre service')
  })

  test('signs out here, and there by a link', async () => {
    await linked()
    expect((await browser.get('/sign-out')).text).toContain('Se déconnecter ici et de Service one')
    const { text } = await browser.send('/sign-out', { provider: 'one' })
    expect(text).toContain(`content="0;url=${one.settings.issuer}/session/end?`)
    expect((await browser.get('/account')).status).toBe(401)
  })
})

describe('removing a way in', () => {
  test('leaves another: first the password, then never the identity', async () => {
    await linked()
    const [identity] = await identities()
    const removed = await browser.send('/account', { act: 'remove-password' })
    expect(removed.status).toBe(303)
    await browser.send('/sign-out', {})
    await browser.by(one)
    const last = { act: 'remove-identity', identity: identity!.public_id }
    expect((await browser.send('/account', last)).status).toBe(422)
    expect(await identities()).toHaveLength(1)
    await savePassword(world.db, person.id, 'another way')
    world.clock.advance(5 * MINUTE)
    expect((await browser.send('/account', last)).status).toBe(403)
  })

  test('takes the identity, once, and nobody else’s', async () => {
    await linked()
    const [identity] = await identities()
    const fields = { act: 'remove-identity', identity: identity!.public_id }
    await somebody(world, 'b@lycee.example', { role: 'school-staff', organisationId: lyceeId })
    await browser.signIn('b@lycee.example')
    expect((await browser.send('/account', fields)).status).toBe(404)
    await browser.signIn(EMAIL)
    expect((await browser.send('/account', fields)).status).toBe(303)
    expect((await browser.send('/account', fields)).status).toBe(404)
    await browser.send('/sign-out', {})
    expect((await browser.by(one)).status).toBe(403)
  })

  test('keeps a password that is the only one', async () => {
    await browser.signIn(EMAIL)
    expect((await browser.send('/account', { act: 'remove-password' })).status).toBe(422)
  })
})

describe('ProConnect', () => {
  const siret = '00099001000019'

  test('speaks for the organisation of a role, which its signed /userinfo names', async () => {
    const company = await aCompany(world)
    await assignRole(world, OPERATOR, {
      ...{ personId: person.id, role: 'company-endorser', organisationId: company.id },
    })
    OF.proconnect.who.claims.siret = siret
    await linked(OF.proconnect)
    await browser.send('/sign-out', {})
    expect((await browser.by(OF.proconnect)).status).toBe(303)
    await browser.send('/sign-out', {})
    for (const other of ['00099001000027', undefined]) {
      OF.proconnect.who.claims.siret = other
      const { status, text } = await browser.by(OF.proconnect)
      expect(status).toBe(422)
      expect(text).toContain('SIRET')
      expect(browser.isIn()).toBe(false)
    }
  })

  test('is not linked for an organisation in which one has no role', async () => {
    await aCompany(world)
    OF.proconnect.who.claims.siret = siret
    await browser.signIn(EMAIL)
    expect((await browser.by(OF.proconnect, { act: 'link' })).status).toBe(422)
    expect((await browser.get('/sign-in/accept')).status).toBe(404)
  })
})

describe('EduConnect', () => {
  beforeEach(async () => {
    const held = { role: 'student', organisationId: lyceeId } as const
    await assignRole(world, OPERATOR, { personId: person.id, ...held })
  })

  test.each([
    { said: ['eleve2d'], uai: '9990001X', status: 303 },
    { said: 'eleve2d', uai: '9990001X', status: 303 },
    { said: ['resp2d'], uai: '9990001X', status: 422 },
    { said: ['eleve2d'], uai: '9990002Y', status: 422 },
    { said: ['eleve2d'], uai: undefined, status: 422 },
    { said: undefined, uai: '9990001X', status: 422 },
  ])(
    'speaks for a pupil of the school: $said of $uai is $status',
    async ({ said, uai, status }) => {
      Object.assign(OF.educonnect.who.claims, {
        FrEduCtPersonAffiliation: said,
        FrEduCtEleveUAI: uai,
      })
      await browser.signIn(EMAIL)
      expect((await browser.by(OF.educonnect, { act: 'link' })).status).toBe(status)
    },
  )
})
