import request from 'supertest'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createApp, pages } from '../../src/app.js'
import { loadConfig } from '../../src/config.js'
import type { Role } from '../../src/context.js'
import { sessionCookie } from '../../src/people/sessions.js'
import { signIn } from '../../src/people/sign-in.js'
import { aLycee, PASSWORD, somebody } from '../people/people.js'
import { assignRole } from '../../src/people/assign-role.js'
import { OPERATOR } from '../../src/people/operator.js'
import { softAuthenticator } from '../people/passkeys/soft-authenticator.js'
import { registered } from '../people/passkeys/story.js'
import { MINUTE, openWorld, SECOND, type World } from '../support/world.js'

let world: World
let lyceeId: number
let api: ReturnType<typeof request>
const EMAIL = 'head@lycee.example'

/** Passkeys are required, as in a real service. */
async function open(role: Role) {
  const settings = { NODE_ENV: 'test', PUBLIC_URL: 'https://sceau.example' }
  world = await openWorld({ config: loadConfig(settings) })
  lyceeId = (await aLycee(world)).id
  await somebody(world, EMAIL, {
    role,
    organisationId: role === 'platform-admin' ? null : lyceeId,
  })
  api = request(createApp(world))
}

const name = () => sessionCookie(world.config.publicUrl).name
const cookiesOf = (answer: request.Response) => answer.get('Set-Cookie') ?? []
const sessionIn = (answer: request.Response) =>
  cookiesOf(answer)
    .find((one) => one.startsWith(`${name()}=`))
    ?.split(';')[0]

async function csrf() {
  const rows = await world.db.selectFrom('web_sessions').select('csrf_token').execute()
  return rows.at(-1)!.csrf_token
}

/** A form of a page of ours, by a browser. */
async function send(path: string, cookie: string, fields: Record<string, unknown>) {
  const form = { ...fields, _csrf: await csrf() }
  const asked = api.post(path).set('Cookie', cookie).set('Sec-Fetch-Site', 'same-origin')
  return asked.set('Accept', 'text/html').type('form').send(form)
}

async function ask(purpose: string, cookie?: string) {
  const asked = api.post(`/passkeys/${purpose}`).set('Sec-Fetch-Site', 'same-origin')
  if (cookie !== undefined) asked.set('Cookie', cookie)
  return asked.send({ _csrf: cookie === undefined ? undefined : await csrf() })
}

const hiddenIn = (html: string) =>
  Object.fromEntries(
    [...html.matchAll(/type="hidden" name="(\w+)" value="([^"]*)"/g)].map(
      ([, field, value = '']) => [field, value.replaceAll('&quot;', '"').replaceAll('&amp;', '&')],
    ),
  )

test('a file of a school goes on to whoever has shown their passkey, who has none is told how to have one', async () => {
  await open('school-staff')
  const enter = async () => `${name()}=${await signIn(world, { email: EMAIL, password: PASSWORD })}`
  const FILE = { year: '2026', sessions: 'csv' }
  const without = await send('/exports', await enter(), FILE)
  expect(without.status).toBe(403)
  expect(without.text).toContain('Enregistrer une clé d’accès')
  const device = softAuthenticator()
  await registered(world, EMAIL, device)
  const cookie = await enter()
  const { next, held } = hiddenIn((await send('/exports', cookie, FILE)).text)
  const { body: options } = await ask('step-up', cookie)
  const confirmed = await send('/step-up', cookie, { next, held, webauthn: device.assert(options) })
  const { _csrf, ...fields } = hiddenIn(confirmed.text)
  expect(fields).toEqual(FILE)
  const file = await send('/exports', sessionIn(confirmed)!, fields)
  expect(file.status).toBe(200)
  expect(file.get('Content-Disposition')).toContain('sceau-seances-2026-2027.csv')
})

describe('an act that commits', () => {
  const ORGANISATION = { kind: 'lycee', name: 'Lycée DÉMO', uai: '9990002Y' }
  const device = softAuthenticator()
  let cookie: string

  beforeEach(async () => {
    await open('platform-admin')
    await registered(world, EMAIL, device)
    cookie = `${name()}=${await signIn(world, { email: EMAIL, password: PASSWORD })}`
  })

  const admitted = async () =>
    (await world.db.selectFrom('organisations').selectAll().execute()).length - 1

  test('waits for a passkey, and goes on from there with what had been sent', async () => {
    const asked = await send('/organisations', cookie, ORGANISATION)
    expect(asked.status).toBe(403)
    expect(asked.text).toContain('Confirmez que c’est vous')
    expect(await admitted()).toBe(0)
    const { next, held } = hiddenIn(asked.text)
    expect(next).toBe('/organisations')
    expect(held).not.toContain('_csrf')

    const { body: options } = await ask('step-up', cookie)
    const answer = device.assert(options)
    const confirmed = await send('/step-up', cookie, { next, held, webauthn: answer })
    expect(confirmed.status).toBe(200)
    const fresh = sessionIn(confirmed)!
    expect(fresh).not.toBe(cookie)
    expect((await api.get('/account').set('Cookie', cookie)).status).toBe(401)

    const { _csrf, ...fields } = hiddenIn(confirmed.text)
    expect(fields).toEqual(ORGANISATION)
    expect((await send('/organisations', fresh, fields)).status).toBe(303)
    expect(await admitted()).toBe(1)
  })

  test('comes back to the page that was wanted, and to none of others', async () => {
    for (const [next, to] of [
      ['/people', '/people'],
      ['//evil.test', '/'],
    ]) {
      const { body: options } = await ask('step-up', cookie)
      const confirmed = await send('/step-up', cookie, { next, webauthn: device.assert(options) })
      expect(confirmed.headers.location).toBe(to)
      cookie = sessionIn(confirmed)!
    }
  })

  test('what was held never goes to another site', async () => {
    const { body: options } = await ask('step-up', cookie)
    const sent = { next: 'https://evil.test', held: '{"a":"b"}', webauthn: device.assert(options) }
    const confirmed = await send('/step-up', cookie, sent)
    expect(confirmed.text).toContain('action="/"')
    expect(confirmed.text).not.toContain('evil.test')
  })

  test('is told to a program by a problem of its own', async () => {
    const told = await api
      .post('/organisations')
      .set('Cookie', cookie)
      .set('Sec-Fetch-Site', 'same-origin')
      .set('Accept', 'application/json')
      .type('form')
      .send({ ...ORGANISATION, _csrf: await csrf() })
    expect(told.status).toBe(403)
    expect(told.body.type).toBe('/problems/step-up-required')
  })

  test('a wrong answer says so on the same page, and loses nothing', async () => {
    const { held } = hiddenIn((await send('/organisations', cookie, ORGANISATION)).text)
    const { body: options } = await ask('step-up', cookie)
    const answer = device.assert(options, { verified: false })
    const refused = await send('/step-up', cookie, {
      next: '/organisations',
      held,
      webauthn: answer,
    })
    expect(refused.status).toBe(401)
    expect(hiddenIn(refused.text)).toMatchObject({ next: '/organisations', held })
    expect(sessionIn(refused)).toBeUndefined()
  })

  test('a form that another site sends is refused before anybody is asked', async () => {
    const asked = await api.post('/passkeys/step-up').set('Cookie', cookie).send({})
    expect(asked.body.type).toBe('/problems/cross-site-request')
    const other = api.post('/passkeys/sign-in').set('Sec-Fetch-Site', 'cross-site')
    expect((await other.send({})).status).toBe(403)
  })

  test('pages that only show ask for nothing', async () => {
    const paths = pages.filter((one) => one.access === 'signed-in' && !one.path.includes(':'))
    const asking: string[] = []
    for (const { path } of paths) {
      const { status, headers } = await api
        .get(path)
        .set('Cookie', cookie)
        .set('Accept', 'text/html')
      if (status === 303 && headers.location?.startsWith('/step-up')) asking.push(path)
    }
    expect(asking).toEqual([])
    expect((await api.get('/tokens').set('Cookie', cookie)).status).toBe(200)
  })
})

describe('a person whose role commits, without a passkey', () => {
  beforeEach(() => open('school-approver'))

  test('is led to register one, at signing in and before the act', async () => {
    const entered = await send_(EMAIL)
    expect(entered.headers.location).toBe('/account')
    const cookie = sessionIn(entered)!
    const asked = await send('/people/new', cookie, {
      act: 'invite',
      givenName: 'Ana',
      familyName: 'Petit',
      email: 'ana@lycee.example',
      role: 'school-staff',
      organisation: (await world.db.selectFrom('organisations').selectAll().execute())[0]!
        .public_id,
    })
    expect(asked.status).toBe(403)
    expect(asked.text).toContain('Enregistrer une clé d’accès')
    expect(asked.text).not.toContain('name="password"')
  })

  test('registers it at their own page, and may then commit', async () => {
    const cookie = sessionIn(await send_(EMAIL))!
    const device = softAuthenticator()
    const { body: options } = await ask('register', cookie)
    const answer = device.register(options)
    const added = await send('/account', cookie, {
      act: 'add',
      name: 'Téléphone',
      webauthn: answer,
    })
    expect(added.headers.location).toBe('/account')
    const fresh = sessionIn(added)!
    expect((await api.get('/account').set('Cookie', fresh)).text).toContain('Téléphone')
    expect((await api.get('/account').set('Cookie', cookie)).status).toBe(401)
  })

  test('of others nobody asks one', async () => {
    await somebody(world, 'staff@lycee.example', { role: 'school-staff', organisationId: lyceeId })
    expect((await send_('staff@lycee.example')).headers.location).toBe('/')
  })

  const send_ = (email: string) =>
    api
      .post('/sign-in')
      .set('Sec-Fetch-Site', 'same-origin')
      .type('form')
      .send({ email, password: PASSWORD })
})

describe('signing in with a passkey, at the page', () => {
  const device = softAuthenticator()
  beforeAll(async () => {
    await open('platform-admin')
    await registered(world, EMAIL, device)
  })

  // An act that there is: else it is not asked who comes.
  const asPage = (path: string) => api.get(path.replace(':act', 'hold')).set('Accept', 'text/html')
  const half = (answer: request.Response) => cookiesOf(answer)[0]!.split(';')[0]!

  test('needs no password, and lets in', async () => {
    const asked = await ask('sign-in')
    const entered = await api
      .post('/sign-in/passkey')
      .set('Cookie', half(asked))
      .set('Sec-Fetch-Site', 'same-origin')
      .type('form')
      .send({ webauthn: device.assert(asked.body), next: '/people' })
    expect(entered.headers.location).toBe('/people')
    expect((await api.get('/people').set('Cookie', sessionIn(entered)!)).status).toBe(200)
    // The half is over.
    expect(cookiesOf(entered).join()).toMatch(/__Host-h=;/)
  })

  test('AU-02 with the half session, under either name, no page of staff opens', async () => {
    const asked = await ask('sign-in')
    const cookie = half(asked)
    expect(cookie).toMatch(/^__Host-h=[\w-]{43}$/)
    const token = cookie.split('=')[1]
    for (const { path } of pages.filter((one) => one.access === 'signed-in')) {
      for (const given of [cookie, `${name()}=${token}`, `${cookie}; ${name()}=${token}`]) {
        const answer = await asPage(path).set('Cookie', given)
        expect(answer.status, `${path} ${given}`).toBe(401)
      }
    }
  })

  test('AU-03 its cookie is like that of a session: Secure, HttpOnly, SameSite, of no domain', async () => {
    const [cookie] = cookiesOf(await ask('sign-in'))
    expect(cookie).toMatch(/^__Host-h=/)
    expect(cookie).toMatch(/Max-Age=300; Path=\/;.*HttpOnly; Secure; SameSite=Lax$/)
    expect(cookie).not.toContain('Domain')
  })

  test('public pages set no cookie', async () => {
    for (const { path } of pages.filter((one) => one.access === 'public')) {
      const answer = await api.get(path).set('Accept', 'text/html')
      expect(cookiesOf(answer), path).toEqual([])
    }
  })
})

describe('AU-01 a role that changes', () => {
  beforeEach(() => open('school-approver'))

  test('gives the session a new id at the next page; what was shown counts no more', async () => {
    const device = softAuthenticator()
    const token = await registered(world, EMAIL, device)
    const cookie = `${name()}=${token}`
    const { id } = await world.db.selectFrom('persons').selectAll().executeTakeFirstOrThrow()
    const role = { personId: id, role: 'liaison-officer', organisationId: lyceeId } as const
    expect(cookiesOf(await api.get('/account').set('Cookie', cookie))).toEqual([])
    await assignRole(world, OPERATOR, role)
    const next = await api.get('/account').set('Cookie', cookie)
    expect(next.status).toBe(200)
    const fresh = sessionIn(next)!
    expect((await api.get('/account').set('Cookie', cookie)).status).toBe(401)
    expect(cookiesOf(await api.get('/account').set('Cookie', fresh))).toEqual([])
    const { proven_at } = await world.db
      .selectFrom('web_sessions')
      .selectAll()
      .executeTakeFirstOrThrow()
    expect(proven_at).toBeNull()
  })
})

describe('my sessions', () => {
  const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0'
  const EDGE =
    'Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0'
  beforeEach(() => open('school-staff'))

  const enter = async (agent: string) =>
    sessionIn(
      await api
        .post('/sign-in')
        .set('Sec-Fetch-Site', 'same-origin')
        .set('User-Agent', agent)
        .type('form')
        .send({ email: EMAIL, password: PASSWORD }),
    )!
  const seen = async (cookie: string) => (await api.get('/account').set('Cookie', cookie)).text

  test('are told by browser and network, never by address; one is ended, or all others', async () => {
    const [here, there, third] = [await enter(FIREFOX), await enter(EDGE), await enter(EDGE)]
    const html = await seen(here)
    expect(html).toContain('Firefox')
    expect(html).toContain('Edge')
    expect(html).toContain('127.0.0.0/24')
    expect(html).not.toContain('127.0.0.1')
    expect(JSON.stringify(await world.db.selectFrom('web_sessions').selectAll().execute()))
      .not //
      .toContain('127.0.0.1')
    const rows = await world.db.selectFrom('web_sessions').selectAll().orderBy('id').execute()
    const form = { _csrf: rows[0]!.csrf_token }
    const post = (fields: object) =>
      api
        .post('/account')
        .set('Cookie', here)
        .set('Sec-Fetch-Site', 'same-origin')
        .type('form')
        .send({ ...form, ...fields })
    expect((await post({ act: 'end', session: rows[1]!.public_id })).status).toBe(303)
    expect((await api.get('/account').set('Cookie', there)).status).toBe(401)
    expect((await api.get('/account').set('Cookie', third)).status).toBe(200)
    expect((await post({ act: 'end-others' })).status).toBe(303)
    expect((await api.get('/account').set('Cookie', third)).status).toBe(401)
    expect((await api.get('/account').set('Cookie', here)).status).toBe(200)
  })

  test('of others are out of reach', async () => {
    const here = await enter(FIREFOX)
    await somebody(world, 'b@lycee.example', { role: 'school-staff', organisationId: lyceeId })
    await signIn(world, { email: 'b@lycee.example', password: PASSWORD })
    const rows = await world.db.selectFrom('web_sessions').selectAll().orderBy('id').execute()
    const tried = await api
      .post('/account')
      .set('Cookie', here)
      .set('Sec-Fetch-Site', 'same-origin')
      .type('form')
      .send({ _csrf: rows[0]!.csrf_token, act: 'end', session: rows[1]!.public_id })
    expect(tried.status).toBe(404)
    expect(await seen(here)).not.toContain(rows[1]!.public_id)
  })

  test('that are over are not told', async () => {
    await enter(EDGE)
    world.clock.advance(30 * MINUTE - SECOND)
    const here = await enter(FIREFOX)
    expect(await seen(here)).toContain('Edge')
    world.clock.advance(SECOND)
    expect(await seen(here)).not.toContain('Edge')
  })
})
