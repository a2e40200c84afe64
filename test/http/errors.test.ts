import request from 'supertest'
import { beforeEach, describe, expect, test } from 'vitest'
import { createApp } from '../../src/app.js'
import type { RoleInput } from '../../src/people/assign-role.js'
import { openSession } from '../../src/people/sessions.js'
import { openWorld, type World } from '../support/world.js'
import { aLycee, somebody } from '../people/people.js'

const TEN_MB = 'x'.repeat(10 << 20)
const ADMIN = { role: 'platform-admin', organisationId: null } as const

let world: World
const service = () => request(createApp(world))
beforeEach(async () => {
  world = await openWorld()
})

async function signedIn(held: RoleInput): Promise<{ cookie: string; csrf: string }> {
  const { id } = await somebody(world, 'a@x.example', held)
  const cookie = `__Host-s=${await openSession(world, world.db, id)}`
  const rows = await world.db.selectFrom('web_sessions').select('csrf_token').execute()
  return { cookie, csrf: rows.at(-1)!.csrf_token }
}

/** Of an error: what a browser asks for is a page, with its headers. */
const JSON_OR_PAGE = /^(?:application\/problem\+json|text\/html)/

const asPage = (path: string) => service().get(path).set('Accept', 'text/html')
const sent = (path: string, cookie: string) =>
  service()
    .post(path)
    .set('Cookie', cookie)
    .set('Accept', 'text/html')
    .set('Sec-Fetch-Site', 'same-origin')
    .type('form')

describe('a page that is not there', () => {
  test('says so with a title, a sentence and a way out, in both languages', async () => {
    const { text } = await asPage('/nowhere').expect(404)
    expect(text).toContain('<h1>Il n’y a rien ici</h1>')
    expect(text).toMatch(/<a class="button secondary" href="\/">Aller à l’accueil/)
    expect(text).toContain('noindex')
    expect((await asPage('/nowhere?lang=en')).text).toContain('<h1>There is nothing here</h1>')
  })

  test('XS-01 shows nothing of the address as markup', async () => {
    const { text } = await asPage('/%3Cscript%3Ealert(1)%3C/script%3E?x="><b>').expect(404)
    expect(text).not.toMatch(/<script|<b>/)
  })
})

test('a page that takes an account leads to the sign-in, and back', async () => {
  const { text } = await asPage('/organisations').expect(401)
  expect(text).toContain('href="/sign-in?next=%2Forganisations"')
})

test('an accident of ours tells its number, and nothing of what happened', async () => {
  const { cookie } = await signedIn(ADMIN)
  const app = createApp(world)
  await world.db.destroy()
  const { text, headers } = await request(app)
    .get('/organisations')
    .set('Cookie', cookie)
    .set('Accept', 'text/html')
    .expect(500)
  expect(text).toContain('Une erreur s’est produite chez nous')
  expect(text).toContain(`<code>${headers['x-request-id']}</code>`)
  expect(text).not.toMatch(/destroy|driver|sqlite|at .*\.ts/i)
})

describe('a form without the token of the session', () => {
  test.each([
    ['another token', { _csrf: 'x'.repeat(43) }],
    ['no token', {}],
  ])('AU-09 with %s is refused by a page that says what to do', async (_, token) => {
    const { cookie } = await signedIn(ADMIN)
    const form = { kind: 'lycee', name: 'Lycée Voltaire', uai: '9990001X', ...token }
    const { text } = await sent('/organisations', cookie).send(form).expect(403)
    expect(text).toContain('<h1>Ce formulaire n’est plus bon</h1>')
    expect(text).toContain('Rien n’a été fait')
    expect(text).toMatch(/href="\/organisations">Rouvrir la page/)
    expect(await world.db.selectFrom('organisations').select('id').execute()).toEqual([])
  })

  test('AU-09 that says to come from another site is refused with the right token, too', async () => {
    const { cookie, csrf } = await signedIn(ADMIN)
    const answer = sent('/organisations', cookie).set('Sec-Fetch-Site', 'cross-site')
    await answer.send({ _csrf: csrf, kind: 'lycee', name: 'x', uai: '9990001X' }).expect(403)
  })
})

describe('10 MB', () => {
  test('sent by a form are refused by a page that names the limit', async () => {
    const answer = service().post('/verify').set('Accept', 'text/html').type('form')
    const { text } = await answer.send({ badge: TEN_MB }).expect(413)
    expect(text).toContain('<h1>C’est trop volumineux</h1>')
    expect(text).toContain('dépasse 256 Kio')
    expect(text).toMatch(/href="\/verify">Rouvrir la page/)
  })

  test('sent as a file are refused by a page', async () => {
    const answer = service().post('/verify').set('Accept', 'text/html')
    const { text } = await answer.attach('file', Buffer.from(TEN_MB), 'badge.png').expect(413)
    expect(text).toContain('Ce fichier est trop gros')
  })

  test('sent to the API are refused as problem details', async () => {
    const answer = await service()
      .post('/api/organisations')
      .send({ name: TEN_MB })
      .set('Accept-Language', 'fr')
      .expect(413)
    expect(answer.type).toBe('application/problem+json')
    expect(answer.body).toMatchObject({ type: '/problems/too-large', status: 413 })
    expect(answer.body.detail).toContain('256 Kio')
  })
})

describe('a number that is wrong comes back beside its field, with what was typed', () => {
  test.each([
    ['lycee', 'uai', '9990001A', 'la lettre est X'],
    ['lycee', 'uai', '999', 'sept chiffres puis une lettre'],
    ['company', 'siret', '000 990 010 0001', 'il faut quatorze chiffres'],
    ['company', 'siret', '00099001000018', 'les cinq derniers chiffres (00018) sont faux'],
  ])('of a %s, its %s “%s”', async (kind, field, typed, words) => {
    const { cookie, csrf } = await signedIn(ADMIN)
    const form = { _csrf: csrf, kind, name: 'DÉMO', [field]: typed }
    const { text } = await sent('/organisations', cookie).send(form).expect(400)
    expect(text).toMatch(new RegExp(`<span class="error" id="error-${field}">[^<]*`))
    expect(text).toContain(words)
    expect(text).toMatch(new RegExp(`<input id="field-${field}"[^>]* value="${typed}"`))
    expect(text).toMatch(new RegExp(`<option (?=[^>]*selected)[^>]*value="${kind}"`))
  })

  test('and so does a number that another has', async () => {
    const { cookie, csrf } = await signedIn(ADMIN)
    await aLycee(world)
    const form = { _csrf: csrf, kind: 'lycee', name: 'Autre', uai: '9990001X' }
    const { text } = await sent('/organisations', cookie).send(form).expect(409)
    expect(text).toContain('«\u00a0Lycée Voltaire\u00a0» a déjà le numéro 9990001X')
    expect(text.match(/a déjà le numéro/g)).toHaveLength(2)
  })
})

test.each([
  ['lycee', 'uai', 'Donnez l’UAI du lycée'],
  ['company', 'siret', 'Donnez le SIRET de l’entreprise'],
])('of a %s without its %s, what to give is told', async (kind, field, words) => {
  const { cookie, csrf } = await signedIn(ADMIN)
  const form = { _csrf: csrf, kind, name: 'DÉMO', [field]: ' ' }
  const { text } = await sent('/organisations', cookie).send(form).expect(400)
  expect(text).toContain(words)
})

test('AU-03 every cookie is Secure over https', async () => {
  const { cookie, csrf } = await signedIn(ADMIN)
  const form = { _csrf: csrf, kind: 'lycee', name: 'Lycée Voltaire', uai: '9990001X' }
  const answers = [
    await sent('/organisations', cookie).send(form).expect(303),
    await service().get('/?lang=en'),
  ]
  const cookies = answers.flatMap((answer) => answer.get('Set-Cookie') ?? [])
  expect(cookies.map((one) => one.split('=')[0])).toEqual(['notice', 'lang'])
  for (const one of cookies) {
    expect(one).toContain('Secure')
    expect(one).toContain('HttpOnly')
    expect(one).toContain('SameSite=Lax')
  }
})

describe('XS-09 a sentence in the address', () => {
  const said = 'Votre compte est suspendu, appelez le 01 02 03 04 05'
  const names = [
    'msg',
    'message',
    'error',
    'error_description',
    'notice',
    'flash',
    'title',
    'reason',
    'next',
  ]

  test.each([
    ['/nowhere', 404],
    ['/organisations', 401],
    ['/sign-in', 200],
    ['/verify', 200],
    ['/b/nobody', 404],
    ['/a/nobody', 410],
    ['/set-up/nobody', 200],
  ])('is on no page to be read: %s', async (path) => {
    for (const name of names) {
      const { text, status } = await asPage(`${path}?${name}=${encodeURIComponent(said)}`)
      expect(status).toBeLessThan(500)
      const read = text.replaceAll(/<[^>]*>/g, ' ')
      expect(read, `${path} ${name}`).not.toContain('01 02 03')
      expect(text, `${path} ${name}`).not.toMatch(/(?:content|title|alt|aria-label)="[^"]*01 02 03/)
    }
  })

  test('nor is one that is markup, decoded or not', async () => {
    for (const path of ['/nowhere', '/sign-in', '/organisations']) {
      const { text } = await asPage(
        `${path}?msg=${encodeURIComponent('"><script>alert(1)</script>')}`,
      )
      expect(text).not.toMatch(/<script>|"><script/)
    }
  })

  test('nor in what a program is told', async () => {
    const { text } = await service()
      .get(`/api/nowhere?msg=${encodeURIComponent(said)}`)
      .expect(404)
    expect(text).not.toContain('suspendu')
  })
})

describe('XS-10 JSON that is opened in a browser', () => {
  test.each([
    ['/.well-known/did.json', 200, /^application\/(?:problem\+json|did|json|jwk)|^text\/html/],
    ['/orgs/nobody/did.json', 404, JSON_OR_PAGE],
    ['/status/nobody', 404, JSON_OR_PAGE],
    ['/log/checkpoint.json', 404, JSON_OR_PAGE],
    ['/api/dossiers', 401, JSON_OR_PAGE],
    ['/healthz', 200, /^application\/json/],
    ['/readyz', 200, /^application\/json/],
  ])('%s is typed and never sniffed', async (path, _status, type) => {
    for (const accept of ['*/*', 'application/json', 'text/html,application/xhtml+xml,*/*;q=0.8']) {
      const answer = await service()
        .get(`${path}?x=%3Cscript%3Ealert(1)%3C/script%3E`)
        .set('Accept', accept)
      expect(answer.headers['x-content-type-options'], path).toBe('nosniff')
      expect(answer.headers['content-type'], `${path} ${accept}`).toMatch(type)
      expect(answer.text, path).not.toContain('<script>alert')
      if (answer.status === 200) expect(() => JSON.parse(answer.text) as unknown).not.toThrow()
    }
  })
})
