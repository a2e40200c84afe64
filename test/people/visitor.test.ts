import express, { type ErrorRequestHandler } from 'express'
import { h } from 'preact'
import request from 'supertest'
import { beforeEach, describe, expect, test } from 'vitest'
import { DomainError } from '../../src/errors.js'
import { issueToken, revokeToken } from '../../src/people/issue-token.js'
import { OPERATOR } from '../../src/people/operator.js'
import { readVisitor } from '../../src/people/read-visitor.js'
import { peopleRoutes } from '../../src/people/routes.js'
import { seeTokens } from '../../src/people/see-tokens.js'
import { signIn } from '../../src/people/sign-in.js'
import { mountPages, page } from '../../src/web/page.js'
import { PROBLEMS, toProblem } from '../../src/web/problems.js'
import { mountRoutes } from '../../src/web/route.js'
import { openWorld, type World } from '../support/world.js'
import { formatToken, parseToken } from '../../src/people/tokens.js'
import { aCompany, auditOf, PASSWORD, somebody } from './people.js'

let world: World
let adminId: number

beforeEach(async () => {
  world = await openWorld()
  const held = { role: 'platform-admin', organisationId: null } as const
  adminId = (await somebody(world, 'admin@sceau.example', held)).id
})

/** A page that says what it knows of its visitor, and leaves a notice when its form is sent. */
const mirror = page({
  path: '/mirror',
  access: 'public',
  show: async (_ctx, { visitor: { name, language, notice } }) =>
    h('p', null, [name ?? 'nobody', language, notice ?? 'no notice'].join('|')),
  submit: async () => ({ to: '/mirror', notice: { fr: 'C’est fait ; merci.', en: 'Done.' } }),
})

function site() {
  const app = express()
  app.use(readVisitor(world), express.json(), express.urlencoded({ extended: false }))
  mountPages(app, world, [mirror], { toStatus: (error) => PROBLEMS[error.code].status })
  mountRoutes(app, world, peopleRoutes)
  const tell: ErrorRequestHandler = (error, _req, res, _next) => {
    const problem = toProblem(error, 'fr')
    res.status(problem.status).json(error instanceof DomainError ? problem : { error: `${error}` })
  }
  app.use(tell)
  return request(app)
}

const cookie = async () =>
  `__Host-s=${await signIn(world, { email: 'admin@sceau.example', password: PASSWORD })}`

const bearer = async (scope = 'organisations:write') => {
  const { token } = await issueToken(world, OPERATOR, {
    name: 'Test',
    scopes: [scope],
    days: 1,
    ownerId: adminId,
    organisationId: null,
  })
  return { token, header: `Bearer ${token}` }
}

const NEW = { kind: 'lycee', name: 'Lycée Voltaire', uai: '9990001X' }

describe('a page', () => {
  test('knows the person of the session cookie', async () => {
    const known = await site()
      .get('/mirror')
      .set('Cookie', await cookie())
    expect(known.text).toContain('Camille Martin|fr|')
    expect((await site().get('/mirror').set('Cookie', '__Host-s=forged')).text).toContain('nobody|')
    expect((await site().get('/mirror')).text).toContain('nobody|')
  })

  test('speaks the language asked for, from then on', async () => {
    const answer = await site().get('/mirror?lang=en')
    expect(answer.text).toContain('|en|')
    expect(answer.get('Set-Cookie')?.[0]).toMatch(/^lang=en; Max-Age=\d+; Path=\/;.*Secure/)
    expect((await site().get('/mirror').set('Cookie', 'lang=en')).text).toContain('|en|')
    expect((await site().get('/mirror?lang=xx')).get('Set-Cookie')).toBeUndefined()
  })

  test('shows once the sentence that a form left', async () => {
    const sent = await site().post('/mirror')
    const left = sent.get('Set-Cookie')![0]!.split(';')[0]!
    const shown = await site().get('/mirror').set('Cookie', left)
    expect(shown.text).toContain('C’est fait ; merci.')
    expect(shown.get('Set-Cookie')?.[0]).toMatch(/^notice=; Path=\/; Expires=Thu, 01 Jan 1970/)
    expect((await site().get('/mirror').set('Cookie', 'notice=%')).text).toContain('no notice')
  })

  test('takes no API token for a person', async () => {
    const { header } = await bearer()
    expect((await site().get('/mirror').set('Authorization', header)).status).toBe(403)
    expect((await site().post('/mirror').set('Authorization', header)).status).toBe(403)
  })

  test.each([
    { 'Sec-Fetch-Site': 'cross-site' },
    { 'Sec-Fetch-Site': 'same-site' },
    { Origin: 'https://evil.example' },
    { Origin: 'null' },
  ])('AU-09 refuses a form sent with %j', async (headers) => {
    expect((await site().post('/mirror').set(headers)).status).toBe(403)
  })

  test('AU-09 refuses a signed-in person’s form without the token of the session', async () => {
    const headers = { Cookie: await cookie(), 'Sec-Fetch-Site': 'same-origin' }
    expect((await site().post('/mirror').set(headers)).status).toBe(403)
    const { csrf_token } = await world.db
      .selectFrom('web_sessions')
      .select('csrf_token')
      .executeTakeFirstOrThrow()
    const sent = site().post('/mirror').set(headers).type('form').send({ _csrf: csrf_token })
    expect((await sent).status).toBe(303)
  })
})

describe('a JSON operation', () => {
  test('admits an organisation for a token that may', async () => {
    const { header } = await bearer()
    const answer = await site().post('/api/organisations').set('Authorization', header).send(NEW)
    expect(answer.status).toBe(201)
    expect(answer.body).toMatchObject({
      name: 'Lycée Voltaire',
      did: 'did:web:sceau.example:orgs:lycee-voltaire',
    })
  })

  test('lists those of one kind', async () => {
    await aCompany(world)
    const { header } = await bearer('organisations:read')
    const list = (kind: string) =>
      site().get(`/api/organisations?kind=${kind}`).set('Authorization', header)
    expect((await list('company')).body.organisations).toHaveLength(1)
    expect((await list('lycee')).body.organisations).toEqual([])
  })

  test('tells what is wrong in the body, field by field', async () => {
    const { header } = await bearer()
    const answer = await site()
      .post('/api/organisations')
      .set('Authorization', header)
      .send({ ...NEW, uai: '9990001A' })
    expect(answer.status).toBe(400)
    expect(answer.body.errors).toEqual([
      { pointer: '/uai', detail: expect.stringContaining('la lettre est X') },
    ])
  })

  test('does not count a cookie: nobody is signed in', async () => {
    const answer = await site()
      .post('/api/organisations')
      .set('Cookie', await cookie())
      .send(NEW)
    expect(answer.status).toBe(401)
  })

  test('TK-03 refuses a token without its scope', async () => {
    const { header } = await bearer('badges:read')
    const answer = await site().post('/api/organisations').set('Authorization', header).send(NEW)
    expect(answer.status).toBe(403)
  })

  test.each(['Bearer sceau_test_x', 'Bearer', 'Basic YTpi'])(
    'answers 401 to “%s”, even with a good cookie beside it',
    async (header) => {
      const headers = { Cookie: await cookie(), Authorization: header }
      expect((await site().get('/mirror').set(headers)).status).toBe(401)
    },
  )

  test('TK-02 answers 401 to a token in the address, whatever its parameter is called', async () => {
    const { token, header } = await bearer()
    for (const query of [`token=${token}`, `x=1&x=${token}`, 'access_token=anything']) {
      const answer = await site().get(`/api/organisations?${query}`).set('Authorization', header)
      expect(answer.status).toBe(401)
      expect(answer.body.detail).toContain('adresse')
      expect(answer.text).not.toContain(token)
    }
  })

  test('TK-02 flags a token that stood in an address, once: at its line, in the audit, to its owner', async () => {
    const { token } = await bearer()
    for (const _again of [1, 2]) await site().get(`/mirror?t=${token}`).expect(401)
    expect(await seeTokens(world, OPERATOR)).toMatchObject([{ state: 'leaked' }])
    const { publicId } = parseToken(token)!
    const told = await world.db
      .selectFrom('audit')
      .selectAll()
      .where('action', '=', 'token.leaked')
      .execute()
    expect(told).toMatchObject([{ subject: publicId }])
    const mails = await world.db.selectFrom('outbox_mails').selectAll().execute()
    expect(mails.filter(({ key }) => key.startsWith('token-leaked'))).toMatchObject([
      { to_person_id: adminId },
    ])
    expect(JSON.stringify(mails)).not.toContain(parseToken(token)!.secret)
    await revokeToken(world, OPERATOR, publicId)
    expect(await seeTokens(world, OPERATOR)).toMatchObject([{ state: 'revoked' }])
  })

  test('TK-02 flags no token of which somebody knows only the name', async () => {
    const { token } = await bearer()
    const { publicId } = parseToken(token)!
    const guessed = formatToken(false, { publicId, secret: 'A'.repeat(43) })
    await site().get(`/mirror?t=${guessed}`).expect(401)
    expect(await seeTokens(world, OPERATOR)).toMatchObject([{ state: 'good' }])
    expect(await auditOf(world)).not.toContain('token.leaked')
  })
})
