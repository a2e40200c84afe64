import { createHash } from 'node:crypto'
import request from 'supertest'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createApp } from '../../../src/app.js'
import { redirectUri } from '../../../src/people/providers/speak.js'
import type { World } from '../../support/world.js'
import { aLycee, somebody } from '../people.js'
import { openIdentityProvider, type IdentityProvider } from './identity-provider.js'
import { openBrowser, standing, worldWith, type Browser } from './story.js'

/** The address of ours that a provider knows, and a second one that it would send people to, too. */
const BACK = 'https://sceau.example/sign-in/with/one/back'
const ALSO = 'https://sceau.example/elsewhere'
const EMAIL = 'camille@lycee.example'
let one: IdentityProvider
let world: World
let browser: Browser

beforeAll(async () => {
  one = await openIdentityProvider('one', {}, [BACK, ALSO])
})
afterAll(() => one.close())

beforeEach(async () => {
  world = await worldWith([one.settings])
  const { id } = await aLycee(world)
  const person = await somebody(world, EMAIL, { role: 'school-staff', organisationId: id })
  const known = { person_id: person.id, created_at: world.now().toISOString() }
  const { issuer } = one.settings
  await world.db
    .insertInto('identities')
    .values({ ...known, public_id: 'known', issuer, subject: 'subject-1' })
    .execute()
  browser = openBrowser(world)
})

/** Where the provider is told to send somebody back to. */
const told = (url: URL) => url.searchParams.getAll('redirect_uri')

describe('TK-07 the address that a provider sends people back to', () => {
  test.each<[string, string, Record<string, string>]>([
    ['Host with another port', '', { Host: 'sceau.example:8443' }],
    ['this machine as Host', '', { Host: '127.0.0.1' }],
    ['X-Forwarded-Host', '', { 'X-Forwarded-Host': 'evil.example', 'X-Forwarded-Proto': 'http' }],
    ['Forwarded', '', { Forwarded: 'host=evil.example;proto=http' }],
    ['a query', '?redirect_uri=https://evil.example/&next=//evil.example', {}],
    ['a fragment', '#https://evil.example/', {}],
  ])('is of the settings alone, whatever a request says: %s', async (_, more, headers) => {
    const form = { redirect_uri: 'https://evil.example/', host: 'evil.example' }
    const asked = request(createApp(world)).post(`/sign-in/with/one${more}`).set(headers)
    const { text } = await asked.set('Sec-Fetch-Site', 'same-origin').type('form').send(form)
    const [, url = ''] = /http-equiv="refresh" content="0;url=([^"]*)"/.exec(text) ?? []
    expect(told(new URL(url.replaceAll('&amp;', '&')))).toEqual([BACK])
  })

  test('is told to nobody who comes by a host that is not ours', async () => {
    const asked = request(createApp(world)).post('/sign-in/with/one').set('Host', 'evil.example')
    const { status, text } = await asked.set('Sec-Fetch-Site', 'same-origin').type('form').send({})
    expect(status).toBe(400)
    expect(text).not.toContain('redirect_uri')
  })

  test.each([
    ['http://localhost:3000', '127.0.0.1:3000'],
    ['http://127.0.0.1:3000', 'localhost:3000'],
  ])('is at %s as the settings say, for who comes by %s too', async (publicUrl, host) => {
    const here = { ...world, config: { ...world.config, publicUrl } }
    const asked = request(createApp(here)).post('/sign-in/with/one').set('Host', host)
    const { text } = await asked.set('Sec-Fetch-Site', 'same-origin').type('form').send({})
    expect(text).toContain(encodeURIComponent(`${publicUrl}/sign-in/with/one/back`))
    expect(text).not.toContain(encodeURIComponent(`http://${host}/`))
  })

  test.each([
    ['a longer one', `${BACK}/more`],
    ['a shorter one', BACK.slice(0, -1)],
    ['a slash more', `${BACK}/`],
    ['another query', `${BACK}?next=/`],
    ['a fragment', `${BACK}#here`],
    ['another port', BACK.replace('sceau.example', 'sceau.example:8443')],
    ['another host that begins alike', BACK.replace('sceau.example', 'sceau.example.evil.example')],
    ['a name before the host', BACK.replace('sceau.example', 'sceau.example@evil.example')],
    ['no encryption', BACK.replace('https:', 'http:')],
    ['a way round', BACK.replace('/one/', '/other/../one/')],
    ['capital letters', BACK.replace('/back', '/Back')],
  ])('is refused by the provider when it is %s', async (_, address) => {
    const url = await browser.leave('one')
    url.searchParams.set('redirect_uri', address)
    await expect(one.visit(url.href)).rejects.toThrow(
      /^Error: 400 .*redirect_uri|^400 .*redirect_uri/s,
    )
  })

  test('is one of localhost or 127.0.0.1, to the provider, never both', async () => {
    const back = (host: string) => `http://${host}/sign-in/with/near/back`
    const near = await openIdentityProvider('near', {}, [back('localhost:3000')])
    const config = { ...world.config, publicUrl: 'http://localhost:3000' }
    const here = { ...world, config: { ...config, signInProviders: [near.settings] } }
    expect(redirectUri(here, near.settings)).toBe(back('localhost:3000'))
    const url = await openBrowser(here).leave('near')
    expect((await near.visit(url.href)).host).toBe('localhost:3000')
    for (const other of ['127.0.0.1:3000', '[::1]:3000', 'localhost:3001', 'localhost']) {
      url.searchParams.set('redirect_uri', back(other))
      await expect(near.visit(url.href), other).rejects.toThrow('redirect_uri')
    }
    await near.close()
  })

  test('is said again when the code is redeemed: one that was made for another address lets nobody in', async () => {
    const url = await browser.leave('one')
    url.searchParams.set('redirect_uri', ALSO)
    const came = await one.visit(url.href)
    expect(came.href).toMatch(/^https:\/\/sceau\.example\/elsewhere\?code=/)
    await isRefused(new URL(came.href.replace(ALSO, BACK)))
  })

  test('is the same when somebody comes back by another name of this machine', async () => {
    const came = await one.visit((await browser.leave('one')).href)
    const cookie = [...browser.cookies].map((pair) => pair.join('=')).join('; ')
    const asked = request(createApp(world)).get(`${came.pathname}${came.search}`)
    const answer = await asked.set({ Cookie: cookie, Host: '127.0.0.1' })
    expect([answer.status, answer.headers.location]).toEqual([303, '/'])
  })
})

describe('TK-09 PKCE', () => {
  test('is in each address that somebody is sent to, by S256, and never twice the same', async () => {
    const sent = [await browser.leave('one'), await browser.leave('one')]
    await browser.signIn(EMAIL)
    sent.push(await browser.leave('one', { act: 'link' }))
    const challenges = sent.map(({ searchParams }) => {
      expect(searchParams.getAll('code_challenge_method')).toEqual(['S256'])
      return searchParams.getAll('code_challenge')
    })
    for (const of of challenges) expect(of).toEqual([expect.stringMatching(/^[\w-]{43}$/)])
    expect(new Set(challenges.flat()).size).toBe(3)
  })

  test('is kept to when the code is redeemed: what is sent is what the challenge was made of, and not the challenge', async () => {
    const forms: URLSearchParams[] = []
    const { send } = world.signInServers!
    const signInServers: World['signInServers'] = {
      send(asked) {
        if (asked.body !== undefined) forms.push(new URLSearchParams(asked.body))
        return send(asked)
      },
    }
    const mine = openBrowser({ ...world, signInServers })
    const url = await mine.leave('one')
    await mine.back(await one.visit(url.href))
    expect(mine.isIn()).toBe(true)
    const verifiers = forms.flatMap((form) => form.getAll('code_verifier'))
    expect(forms.map((form) => form.get('grant_type'))).toEqual(['authorization_code'])
    expect(verifiers).toEqual([expect.stringMatching(/^[\w-]{43,128}$/)])
    const made = createHash('sha256').update(verifiers[0]!).digest('base64url')
    expect(url.searchParams.get('code_challenge')).toBe(made)
  })

  test.each<[string, (url: URL) => void]>([
    ['without a challenge', (url) => url.searchParams.delete('code_challenge')],
    ['by “plain”', (url) => url.searchParams.set('code_challenge_method', 'plain')],
    [
      'without a method, which means “plain”',
      (url) => url.searchParams.delete('code_challenge_method'),
    ],
    [
      'with the challenge of somebody else',
      (url) => url.searchParams.set('code_challenge', challengeOf('x'.repeat(43))),
    ],
  ])('lets nobody in whose address was changed to one %s', async (_, change) => {
    const url = await browser.leave('one')
    change(url)
    await isRefused(await one.visit(url.href))
  })

  test.each([
    ['without a verifier', () => ({})],
    ['with another verifier', () => ({ code_verifier: 'y'.repeat(43) })],
    [
      'with the challenge itself',
      (url: URL) => ({ code_verifier: url.searchParams.get('code_challenge')! }),
    ],
  ])('a code that was stolen is worth nothing %s, even with our secret', async (_, more) => {
    const url = await browser.leave('one')
    const came = await one.visit(url.href)
    const code = came.searchParams.get('code')!
    const { issuer, clientId, secret } = one.settings
    const answer = await fetch(`${issuer}/token`, {
      method: 'POST',
      headers: { authorization: `Basic ${btoa(`${clientId}:${secret}`)}` },
      body: new URLSearchParams({
        ...{ grant_type: 'authorization_code', code, redirect_uri: BACK },
        ...more(url),
      }),
    })
    expect([answer.status, await answer.json()]).toEqual([
      400,
      expect.objectContaining({ error: 'invalid_grant' }),
    ])
    expect(browser.isIn()).toBe(false)
  })
})

const challengeOf = (verifier: string) => createHash('sha256').update(verifier).digest('base64url')

/** Comes back by this address: nobody is in, and nothing has changed but that it was refused. */
async function isRefused(came: URL): Promise<void> {
  const before = await standing(world)
  const { status } = await browser.back(came)
  expect(status).toBe(401)
  expect(browser.isIn()).toBe(false)
  expect(await standing(world)).toEqual(before)
}
