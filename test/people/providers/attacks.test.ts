import request from 'supertest'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createApp } from '../../../src/app.js'
import { MINUTE, SECOND, type World } from '../../support/world.js'
import { aLycee, somebody } from '../people.js'
import { openIdentityProvider, type IdentityProvider } from './identity-provider.js'
import { openBrowser, standing, worldWith, type Browser } from './story.js'

const EMAIL = 'camille@lycee.example'
let one: IdentityProvider
let other: IdentityProvider
let world: World
let browser: Browser

beforeAll(async () => {
  one = await openIdentityProvider('one')
  other = await openIdentityProvider('other')
})
afterAll(async () => {
  await one.close()
  await other.close()
})

beforeEach(async () => {
  world = await worldWith([one.settings, other.settings])
  const { id } = await aLycee(world)
  const person = await somebody(world, EMAIL, { role: 'school-staff', organisationId: id })
  const known = { person_id: person.id, created_at: world.now().toISOString() }
  const { issuer } = one.settings
  await world.db
    .insertInto('identities')
    .values({ ...known, public_id: 'known', issuer, subject: 'subject-1' })
    .execute()
  one.who.sub = 'subject-1'
  one.who.claims = {}
  other.who.sub = 'subject-1'
  browser = openBrowser(world)
})

const refusals = async () => {
  const lines = world.db
    .selectFrom('audit')
    .select('details')
    .where('action', '=', 'identity.refused')
  return (await lines.execute()).map(({ details }) => JSON.parse(String(details)).fault as string)
}

/** Goes back by this address, and is refused with nothing changed. */
async function isRefused(come: () => Promise<{ status: number; text: string }>, fault: RegExp) {
  const before = await standing(world)
  const { status, text } = await come()
  expect(status).toBe(401)
  expect(text).toContain('Service ')
  expect(browser.isIn()).toBe(false)
  expect(await standing(world)).toEqual(before)
  expect((await refusals()).at(-1)).toMatch(fault)
}

async function cameBack(change: (url: URL) => void = () => undefined): Promise<URL> {
  const url = await browser.leave('one')
  change(url)
  return one.visit(url.href)
}

test('AU-14 whoever comes back unchanged is in', async () => {
  const answer = await browser.back(await cameBack())
  expect(answer.status).toBe(303)
  expect(browser.isIn()).toBe(true)
})

describe('AU-14 is refused', () => {
  test.each<[string, (url: URL) => void]>([
    ['without a state', (url) => url.searchParams.delete('state')],
    ['with another state', (url) => url.searchParams.set('state', 'A'.repeat(43))],
  ])('whoever comes back %s', async (_, change) => {
    const url = await cameBack()
    change(url)
    await isRefused(() => browser.back(url), /^state$/)
  })

  test('whoever comes back in another browser, or without the cookie', async () => {
    const url = await cameBack()
    const stranger = openBrowser(world)
    await isRefused(() => stranger.back(url), /^state$/)
    expect(stranger.isIn()).toBe(false)
  })

  test.each<[string, (url: URL) => void]>([
    ['another nonce', (url) => url.searchParams.set('nonce', 'another')],
    ['no nonce', (url) => url.searchParams.delete('nonce')],
  ])('an ID token with %s', async (_, change) => {
    const url = await cameBack(change)
    await isRefused(() => browser.back(url), /^OAUTH_/)
  })

  test.each<[string, (url: URL) => void]>([
    ['another iss', (url) => url.searchParams.set('iss', other.settings.issuer)],
    ['no iss, where the provider says that it gives one', (url) => url.searchParams.delete('iss')],
    ['another code', (url) => url.searchParams.set('code', 'A'.repeat(43))],
    ['no code', (url) => url.searchParams.delete('code')],
  ])('an answer with %s', async (_, change) => {
    const url = await cameBack()
    change(url)
    await isRefused(() => browser.back(url), /^OAUTH_/)
  })

  test('a code that was used, in the same browser and in another', async () => {
    const url = await cameBack()
    await browser.back(url)
    await browser.send('/sign-out', {})
    await isRefused(() => browser.back(url), /^state$/)
  })

  test('somebody else’s code in one’s own way back: PKCE and nonce are of the browser', async () => {
    const theirs = await cameBack()
    const mine = await cameBack()
    mine.searchParams.set('code', theirs.searchParams.get('code')!)
    await isRefused(() => browser.back(mine), /^OAUTH_/)
  })

  test('whoever was sent to one provider and comes back from another', async () => {
    const fromOne = await cameBack()
    fromOne.pathname = '/sign-in/with/other/back'
    await isRefused(() => browser.back(fromOne), /^state$/)
    // The other has the same person’s number: it is somebody else’s there.
    const sent = await browser.leave('one')
    const begun = await browser.leave('other')
    const fromOther = await other.visit(begun.href)
    fromOther.pathname = '/sign-in/with/one/back'
    fromOther.searchParams.set('state', sent.searchParams.get('state')!)
    await isRefused(() => browser.back(fromOther), /^state$/)
  })

  test('the answer of another provider to the state of the first', async () => {
    const sent = await browser.leave('one')
    const cookies = new Map(browser.cookies)
    const fromOther = await other.visit((await browser.leave('other')).href)
    browser.cookies.clear()
    for (const [name, value] of cookies) browser.cookies.set(name, value)
    fromOther.pathname = '/sign-in/with/one/back'
    fromOther.searchParams.set('state', sent.searchParams.get('state')!)
    await isRefused(() => browser.back(fromOther), /^OAUTH_/)
  })

  test('who is less sure than the settings ask for, whatever was asked in the address', async () => {
    world = await worldWith([{ ...one.settings, acr: 'eidas1 eidas2' }, other.settings])
    browser = openBrowser(world)
    const url = await browser.leave('one')
    expect(url.searchParams.get('acr_values')).toBe('eidas1 eidas2')
    url.searchParams.delete('acr_values')
    const answer = await browser.back(await one.visit(url.href))
    expect(answer.status).toBe(401)
    expect(browser.isIn()).toBe(false)
  })

  test('who says no at the provider', async () => {
    const url = await cameBack()
    url.searchParams.delete('code')
    url.searchParams.set('error', 'access_denied')
    await isRefused(() => browser.back(url), /^OAUTH_AUTHORIZATION_RESPONSE_ERROR$/)
  })

  test('whoever comes back after ten minutes, and not a second before', async () => {
    const late = await cameBack()
    world.clock.advance(10 * MINUTE)
    await isRefused(() => browser.back(late), /^state$/)
    const inTime = await cameBack()
    world.clock.advance(10 * MINUTE - SECOND)
    expect((await browser.back(inTime)).status).toBe(303)
  })
})

test.each([false, true])(
  'AU-14 an e-mail address is nobody’s, verified (%s) or not: who is not known gets nothing',
  async (verified) => {
    one.who.sub = 'somebody else'
    one.who.claims = { email: EMAIL, email_verified: verified }
    const before = await standing(world)
    const { status, text } = await browser.by(one)
    expect(status).toBe(403)
    expect(text).toContain('Nous ne vous connaissons pas encore')
    expect(text).not.toContain('Camille')
    expect(browser.isIn()).toBe(false)
    expect(await standing(world)).toEqual(before)
  },
)

test('AU-14 the same number at another issuer is somebody else', async () => {
  expect((await browser.by(other)).status).toBe(403)
  expect(browser.isIn()).toBe(false)
})

test('whoever is disabled is known no more', async () => {
  await world.db.updateTable('persons').set({ disabled_at: '2026-11-24T10:00:00.000Z' }).execute()
  expect((await browser.by(one)).status).toBe(403)
})

test('AU-16 the page to go to is one of ours', async () => {
  for (const next of ['//evil.test', 'https:evil.test', '/\\evil.test', 'javascript:alert(1)']) {
    expect((await browser.by(one, { next })).headers.location).toBe('/')
  }
  expect((await browser.by(one, { next: '/account' })).headers.location).toBe('/account')
})

test('AU-01 the session before ends, and the new one has another id', async () => {
  await browser.signIn(EMAIL)
  const before = browser.cookies.get('__Host-s')
  await browser.by(one)
  expect(browser.cookies.get('__Host-s')).not.toBe(before)
  const sessions = await world.db.selectFrom('web_sessions').selectAll().orderBy('id').execute()
  expect(sessions.map(({ ended_at }) => ended_at === null)).toEqual([false, true])
})

test('AU-09 another site sends nobody out', async () => {
  const sent = request(createApp(world)).post('/sign-in/with/one').type('form')
  const { status } = await sent.set('Sec-Fetch-Site', 'cross-site').send({})
  expect(status).toBe(403)
  const starts = await world.db.selectFrom('identity_starts').selectAll().execute()
  expect(starts).toEqual([])
})

test('nothing that is kept tells nonce, verifier or state', async () => {
  const url = await browser.leave('one')
  const kept = JSON.stringify(await world.db.selectFrom('identity_starts').selectAll().execute())
  for (const name of ['state', 'nonce', 'code_challenge'])
    expect(kept).not.toContain(url.searchParams.get(name)!)
  expect(kept).not.toContain(browser.cookies.get('__Host-p')!)
  expect(url.searchParams.get('redirect_uri')).toBe('https://sceau.example/sign-in/with/one/back')
  expect(url.searchParams.get('code_challenge_method')).toBe('S256')
})
