import express, { type ErrorRequestHandler } from 'express'
import * as OpenApiValidator from 'express-openapi-validator'
import request from 'supertest'
import { beforeAll, describe, expect, test } from 'vitest'
import { createApp } from '../../src/app.js'
import { toBase58 } from '../../src/credential/multibase.js'
import { loadConfig } from '../../src/config.js'
import { makeServiceKey } from '../../src/people/service-keys.js'
import { signGeneral } from '../support/general-signing.js'
import { openWorld, type World } from '../support/world.js'
import { credential, holder, issuer, presentation, V2 } from '../verifier/vc-api/world.js'
import { writtenIn } from './written.js'

type Json = Record<string, any>
const CREDENTIALS = '/vc-api/credentials/verify'
const PRESENTATIONS = '/vc-api/presentations/verify'
const SETTINGS = { NODE_ENV: 'test', PUBLIC_URL: 'https://sceau.example' }

const tellWhatDiffers: ErrorRequestHandler = (error, _req, res, _next) => {
  res.status(599).json({ differs: error.message })
}

let world: World
let service: express.Express
beforeAll(async () => {
  world = await openWorld({ config: loadConfig({ ...SETTINGS, VC_API: 'on' }) })
  service = express()
  service.use(
    OpenApiValidator.middleware({
      apiSpec: 'openapi.yaml',
      validateApiSpec: false,
      validateRequests: false,
      validateResponses: { removeAdditional: false },
      ignoreUndocumented: true,
      validateSecurity: false,
    }),
    createApp(world),
    tellWhatDiffers,
  )
})
const post = (path: string, body: unknown) =>
  request(service)
    .post(path)
    .set('Accept-Language', 'en')
    .type('application/json')
    .send(typeof body === 'string' ? body : JSON.stringify(body))

describe('when VC_API is off', () => {
  test('it answers as any address without anything behind it', async () => {
    const off = await openWorld()
    const ask = (path: string) =>
      request(createApp(off)).post(path).set('Accept', 'application/json').send({})
    const nothing = await ask('/nowhere').expect(404)
    for (const path of [CREDENTIALS, PRESENTATIONS, '/vc-api'])
      expect((await ask(path).expect(404)).body).toEqual(nothing.body)
    await request(createApp(off)).get(`/vc-api/did/${issuer.did}`).expect(404)
  })

  test('which it is unless a setting or the demo turns it on', () => {
    expect(loadConfig(SETTINGS).vcApi).toBe(false)
    expect(loadConfig({ ...SETTINGS, VC_API: 'off' }, true).vcApi).toBe(false)
    expect(loadConfig(SETTINGS, true).vcApi).toBe(true)
    expect(() => loadConfig({ ...SETTINGS, VC_API: 'yes' })).toThrow('VC_API')
  })
})

describe(`POST ${CREDENTIALS}`, () => {
  test('200 for what verifies, with an inline context, canonized in a thread', async () => {
    const document = await signGeneral(
      credential({
        '@context': [V2, { note: 'https://example.org/#note' }],
        credentialSubject: { id: 'did:example:subject', note: 'x' },
      }),
      issuer,
    )
    const { body, status } = await post(CREDENTIALS, {
      verifiableCredential: document,
      options: { checks: ['proof'], other: true },
    })
    expect([status, body.differs]).toEqual([200, undefined])
    expect(body).toEqual({
      verified: true,
      checks: expect.arrayContaining(['proof', 'issuer_binding', 'status']),
      warnings: [],
      errors: [],
    })
  })

  test('400 for what does not, as problem details that say where and why, and nothing is written', async () => {
    const before = await writtenIn(world)
    const document = await signGeneral(credential(), holder)
    const response = await post(CREDENTIALS, { verifiableCredential: document })
    expect(response.status).toBe(400)
    expect(response.type).toBe('application/problem+json')
    expect(response.body).toMatchObject({
      type: '/problems/not-verified',
      status: 400,
      verified: false,
      checks: expect.arrayContaining(['proof']),
      warnings: [],
      errors: [
        {
          type: 'https://www.w3.org/TR/vc-data-model#CRYPTOGRAPHIC_SECURITY_ERROR',
          code: 'issuer_binding',
          pointer: '/verifiableCredential/proof',
          detail: expect.any(String),
        },
      ],
    })
    const wrong = await post(CREDENTIALS, {
      verifiableCredential: { type: ['NonconformingDocument'] },
    }).expect(400)
    expect(wrong.body.errors.map(({ pointer }: Json) => pointer)).toContain(
      '/verifiableCredential/issuer',
    )
    expect(await writtenIn(world)).toEqual(before)
  })

  test.each<[string, string, string]>([
    ['IN-03 a name written twice', '{"verifiableCredential":{"id":"a","id":"b"}}', 'duplicate_key'],
    ['IN-06 no JSON', '{', 'json'],
    ['IN-05 half a character', '{"verifiableCredential":{"name":"\\ud800"}}', 'unicode'],
    ['IN-01 nested 70 deep', `${'['.repeat(70)}${']'.repeat(70)}`, 'too_deep'],
    ['IN-08 a list', '[]', 'structure'],
    ['IN-08 null', 'null', 'structure'],
    ['nothing', '{}', 'structure'],
    ['a text for a credential', '{"verifiableCredential":"x"}', 'structure'],
    ['options that are none', '{"verifiableCredential":{},"options":{"challenge":5}}', 'options'],
    ['a name of prototypes', '{"verifiableCredential":{"__proto__":{}}}', 'forbidden_key'],
  ])('%s is malformed', async (_, body, code) => {
    for (const path of [CREDENTIALS, PRESENTATIONS]) {
      const sent = path === CREDENTIALS ? body : body.replace('Credential', 'Presentation')
      const response = await post(path, sent).expect(400)
      expect(response.body).toMatchObject({ verified: false, errors: [{ code }] })
    }
  })

  test('IN-02 too much is 413, IN-11 another type 415', async () => {
    await post(CREDENTIALS, `{"x":"${'x'.repeat(300 << 10)}"}`).expect(413)
    await post(CREDENTIALS, { x: Array(25_000).fill(1) }).expect(413)
    await request(service).post(CREDENTIALS).type('text/plain').send('{}').expect(415)
  })

  test('in French unless asked otherwise', async () => {
    const { body } = await request(service).post(CREDENTIALS).send({}).expect(400)
    expect(body.errors[0].detail).toContain('La demande doit être')
  })
})

describe(`POST ${PRESENTATIONS}`, () => {
  test('200 with every credential good and the challenge answered, else 400', async () => {
    const held = await signGeneral(credential(), issuer)
    const document = await signGeneral(
      presentation({ holder: holder.did, verifiableCredential: [held] }),
      holder,
      { proofPurpose: 'authentication', challenge: 'abc', domain: 'a.example' },
    )
    const ask = (options: Json) =>
      post(PRESENTATIONS, { verifiablePresentation: document, options })
    const good = await ask({ challenge: 'abc', domain: 'a.example', checks: [] })
    expect([good.status, good.body.verified, good.body.differs]).toEqual([200, true, undefined])
    const other = await ask({ challenge: 'abd' }).expect(400)
    expect(other.body.errors).toMatchObject([{ pointer: '/verifiablePresentation/proof' }])
    const { verifiableCredential: _held, ...changed } = document
    await post(PRESENTATIONS, { verifiablePresentation: changed }).expect(400)
  })
})

describe('an Authorization header, which verifying does not need', () => {
  const ask = (authorization: string) =>
    request(service).get(`/vc-api/did/${issuer.did}`).set('Authorization', authorization)

  test.each([
    'Bearer eyJhbGciOiJFZERTQSJ9.e30.AA',
    'Bearer',
    'Basic dXNlcjpwYXNz',
    'Signature keyId="did:key:z6Mk",headers="(key-id)",signature="AA=="',
  ])('of somebody else is passed over: %s', async (authorization) => {
    await ask(authorization).expect(200)
    const { body } = await request(service)
      .post(CREDENTIALS)
      .set('Authorization', authorization)
      .send({ verifiableCredential: await signGeneral(credential(), issuer) })
      .expect(200)
    expect(body.verified).toBe(true)
  })

  test('of ours that is not good is refused, and nowhere else is a stranger’s passed over', async () => {
    await ask(`Bearer sceau_test_${'x'.repeat(12)}_${'x'.repeat(43)}`).expect(401)
    await request(service)
      .post('/verifications')
      .set('Authorization', 'Bearer other')
      .send({})
      .expect(401)
  })
})

describe('GET /vc-api/did/{did}', () => {
  test('answers whatever a resolver’s client accepts', async () => {
    const { type } = await request(service)
      .get(`/vc-api/did/${encodeURIComponent(issuer.did)}`)
      .set('Accept', 'application/ld+json;profile="https://w3id.org/did-resolution"')
      .expect(200)
    expect(type).toBe('application/json')
  })

  const get = (did: string) =>
    request(service).get(`/vc-api/did/${did}`).set('Accept', 'application/json')

  test('resolves a did:key and our own did:web', async () => {
    await makeServiceKey(world)
    const { body, status } = await get(issuer.did)
    expect([status, body.differs]).toEqual([200, undefined])
    expect(body).toMatchObject({
      '@context': 'https://w3id.org/did-resolution/v1',
      didDocument: { id: issuer.did, assertionMethod: [issuer.id] },
      didResolutionMetadata: { contentType: 'application/did' },
      didDocumentMetadata: {},
    })
    const own = await get('did:web:sceau.example').expect(200)
    expect(own.body.didDocument.id).toBe('did:web:sceau.example')
  })

  test.each([
    ['did:key:z6Mk', 400, 'invalidDid'],
    [
      `did:key:z${toBase58(Uint8Array.from([0xed, 1, ...Array<number>(33).fill(7)]))}`,
      400,
      'invalidPublicKeyLength',
    ],
    ['did:key:z6LSbysY2xFMRpGMhb7tFTLMpeuPRaqaWM1yECx2AtzE3KCc', 501, 'unsupportedPublicKeyType'],
    ['nothing', 400, 'invalidDid'],
    ['did:web:sceau.example:orgs:nobody', 404, 'notFound'],
    ['did:web:elsewhere.example', 404, 'notFound'],
    ['did:example:123', 501, 'methodNotSupported'],
  ])('%s is %i', async (did, status, error) => {
    const response = await get(did).expect(status)
    expect(response.body).toMatchObject({
      '@context': 'https://w3id.org/did-resolution/v1',
      didDocument: null,
      didResolutionMetadata: { error },
      didDocumentMetadata: {},
    })
  })
})

test('too many from one address are told when to come back', async () => {
  const app = createApp(world)
  const ask = () => request(app).get('/vc-api/did/x')
  let last = await ask()
  for (let n = 0; n < 1_200 && last.status !== 429; n++) last = await ask()
  expect(last.status).toBe(429)
  expect(Number(last.headers['retry-after'])).toBeGreaterThan(0)
}, 60_000)
