import { Writable } from 'node:stream'
import { pino } from 'pino'
import sharp from 'sharp'
import request from 'supertest'
import { beforeEach, describe, expect, test } from 'vitest'
import { createApp } from '../../src/app.js'
import { bakePng } from '../../src/credential/bake-png.js'
import { OPERATOR } from '../../src/people/operator.js'
import { createOrganisation } from '../../src/people/create-organisation.js'
import { badgeValues, company, school, signedBadge } from '../support/badges.js'
import { openWorld, type World } from '../support/world.js'

let world: World
const service = () => request(createApp(world))
beforeEach(async () => {
  world = await openWorld()
})

describe('the service', () => {
  test('is alive and ready', async () => {
    await service().get('/healthz').expect(200, { status: 'alive' })
    await service()
      .get('/readyz')
      .expect(200, { status: 'ready', signing: { state: 'ready' } })
  })

  test('stays ready while its keys are away, and says so: it reads and verifies all the same', async () => {
    const words = { fr: 'Les clés sont loin.', en: 'The keys are away.' }
    world = { ...world, keys: { ...world.keys, away: async () => words } }
    const signing = { state: 'away', ...words }
    await service().get('/readyz').expect(200, { status: 'ready', signing })
  })

  test('XS-06, XS-07 guards every page by headers, and lets nothing load from elsewhere', async () => {
    const { headers } = await service().get('/').expect(200)
    expect(headers['content-security-policy']).toContain("default-src 'self'")
    expect(headers['content-security-policy']).toContain("frame-ancestors 'none'")
    expect(headers['content-security-policy']).not.toContain('unsafe-inline')
    expect(headers['referrer-policy']).toBe('no-referrer')
    expect(headers['x-content-type-options']).toBe('nosniff')
    expect(headers['x-powered-by']).toBeUndefined()
  })

  test('speaks French first, and English to who asks for it', async () => {
    expect((await service().get('/verify')).text).toContain('Vérifier un badge')
    expect((await service().get('/verify').set('Accept-Language', 'en')).text).toContain(
      'Verify a badge',
    )
    expect((await service().get('/verify?lang=en')).text).toContain('<html lang="en">')
  })

  test('tells a program and a person each in their way that there is nothing', async () => {
    const problem = await service().get('/nowhere').set('Accept', 'application/json').expect(404)
    expect(problem.type).toBe('application/problem+json')
    expect(problem.body).toMatchObject({ type: '/problems/not-found', status: 404 })
    const page = await service().get('/nowhere').set('Accept', 'text/html').expect(404)
    expect(page.type).toBe('text/html')
  })

  test('AU-11 changes nothing by a method that a page does not have', async () => {
    const { headers } = await service().delete('/sign-in').expect(405)
    expect(headers.allow).toBe('GET, HEAD, POST')
    expect((await service().put('/verifications').expect(405)).headers.allow).toBe('POST')
    // A page without a form, and what stands for a method elsewhere.
    for (const path of ['/confidentialite', '/confidentialite?_method=PUT'])
      await service().post(path).set('X-HTTP-Method-Override', 'PUT').expect(405)
    await service().post('/sign-in').type('form').send({ _method: 'DELETE' }).expect(400)
    await service().delete('/nowhere').expect(404)
  })

  test('MT-07 logs the pattern of a request, never its address', async () => {
    const lines: string[] = []
    const stream = new Writable({
      write(line: Buffer, _encoding, done) {
        lines.push(line.toString())
        done()
      },
    })
    world = { ...world, log: pino(stream) }
    await service().get('/orgs/canari-secret/did.json').expect(404)
    await service().get('/verify?x=canari-question').expect(200)
    expect(lines.join('')).toContain('"event":"request"')
    expect(lines.join('')).not.toContain('canari')
  })
})

describe('POST /verifications', () => {
  const post = () => service().post('/verifications').set('Accept-Language', 'fr')

  test('answers a report for a badge as JSON, as text, as raw bytes, as a file and as a PNG', async () => {
    world.clock.at = new Date('2026-06-15T09:00:00Z')
    const badge = await signedBadge()
    const text = JSON.stringify(badge)
    const png = bakePng(
      await sharp({ create: { width: 4, height: 4, channels: 3, background: 'teal' } })
        .png()
        .toBuffer(),
      text,
    )
    const answers = await Promise.all([
      post().send({ credential: badge }),
      post().send({ credential: text }),
      post().type('application/vc').send(text),
      post().type('text/plain').send(text),
      post().attach('file', Buffer.from(text), 'badge.json'),
      post().type('image/png').send(png),
    ])
    for (const { status, body } of answers) {
      expect(status).toBe(200)
      // Nobody can be asked in a test: the status stays open, and is said so.
      expect(body).toMatchObject({
        verdict: 'indeterminate',
        format: 'data-integrity',
        badge: { name: badge.name },
      })
      expect(body.checks.map(({ name, result }: any) => `${name}:${result}`)).toContain(
        'issuer_binding:pass',
      )
      expect(body.checks.map(({ name, result }: any) => `${name}:${result}`)).toContain(
        'status:unknown',
      )
    }
    expect([school.did, company.did]).toContain(answers[0].body.badge.issuer.id)
  })

  test.each([
    ['a body that is no JSON', 'application/json', '{', 400],
    ['an unknown field', 'application/json', '{"badge":{}}', 400],
    ['IN-11 another type', 'application/xml', '<x/>', 415],
    ['a body of 10 MB', 'text/plain', 'x'.repeat(10 << 20), 413],
  ])('refuses %s', async (_, type, body, status) => {
    const response = await post().type(type).send(body).expect(status)
    expect(response.type).toBe('application/problem+json')
    expect(response.body.detail.length).toBeGreaterThan(10)
  })

  test('IN-10 a form without a file is refused', async () => {
    await post().field('other', 'x').expect(400)
  })

  test('a broken PNG is an answer, not an error', async () => {
    const { body } = await post()
      .type('image/png')
      .send(Buffer.from('89504e470d0a1a0a', 'hex'))
      .expect(200)
    expect(body).toMatchObject({ verdict: 'invalid', format: 'unknown', badge: null })
  })

  test('SS-01 a link to this machine is not followed', async () => {
    await post().send({ url: 'https://127.0.0.1/badge.json' }).expect(400)
  })
})

describe('the page that verifies', () => {
  test('answers with one sentence, and shows a stranger’s text as text', async () => {
    const badge = await signedBadge()
    const html = (
      await service()
        .post('/verify')
        .type('form')
        .send({ badge: JSON.stringify(badge) })
        .expect(200)
    ).text
    expect(html).toContain('Ce badge n’a pas pu être vérifié entièrement')
    expect(html).toContain(badge.name as string)
    const { achievement } = badgeValues()
    const name = '<script>alert(1)</script> {{7*7}}'
    const hostile = await signedBadge({ achievement: { ...achievement, name } })
    const answer = await service()
      .post('/verify')
      .type('form')
      .send({ badge: JSON.stringify(hostile) })
    expect(answer.text).toContain('&lt;script>alert(1)')
    expect(answer.text).not.toContain('<script>')
  })

  test('says what to do with an empty form, beside the field', async () => {
    const { text } = await service().post('/verify').type('form').send({ badge: '' }).expect(400)
    expect(text).toContain('id="error-badge"')
  })

  test('AU-09 refuses a form from another site', async () => {
    await service()
      .post('/verify')
      .set('Sec-Fetch-Site', 'cross-site')
      .type('form')
      .send({ badge: 'x' })
      .expect(403)
  })
})

test('an organisation publishes its key as DID document and as JWK set', async () => {
  const made = await createOrganisation(world, OPERATOR, {
    kind: 'lycee',
    name: 'Lycée DÉMO des Tilleuls',
    uai: '9990001X',
  } as never)
  const did = `did:web:sceau.example:orgs:${made.slug}`
  const document = (await service().get(`/orgs/${made.slug}/did.json`).expect(200)).body
  expect(document).toMatchObject({
    id: did,
    verificationMethod: [{ type: 'Multikey', controller: did }],
  })
  expect(document.assertionMethod).toEqual([document.verificationMethod[0].id])
  const { keys } = (await service().get(`/orgs/${made.slug}/jwks.json`).expect(200)).body
  expect(keys).toMatchObject([{ kty: 'OKP', crv: 'Ed25519', kid: document.assertionMethod[0] }])
  expect(JSON.stringify(keys)).not.toContain('"d"')
})
