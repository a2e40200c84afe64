import request from 'supertest'
import { beforeAll, describe, expect, test } from 'vitest'
import { createApp } from '../../../src/app.js'
import { loadConfig } from '../../../src/config.js'
import { digestOf } from '../../../src/credential/digest.js'
import { didOf } from '../../../src/people/keys.js'
import { issueToken } from '../../../src/people/issue-token.js'
import { OPERATOR } from '../../../src/people/operator.js'
import type { Organisation } from '../../../src/people/store.js'
import { leafOf } from '../../../src/transparency/append-leaves.js'
import { findLeaf, toBase64 } from '../../../src/transparency/store.js'
import { STORES } from '../../support/dialects.js'
import { generalApart } from '../../support/general-apart.js'
import { openWorld, type World } from '../../support/world.js'
import { aCompany, aLycee, auditOf } from '../../people/people.js'

type Json = Record<string, any>

const V2 = 'https://www.w3.org/ns/credentials/v2'
const V1 = 'https://www.w3.org/2018/credentials/v1'
const EXAMPLES = 'https://www.w3.org/ns/credentials/examples/v2'
const SETTINGS = { NODE_ENV: 'test', PUBLIC_URL: 'https://sceau.example', VC_API: 'on' }
const STATUS = { type: 'BitstringStatusListEntry' }

async function open(changes = {}) {
  const world = await openWorld({ config: loadConfig(SETTINGS), generalApart, ...changes })
  const lycee = await aLycee(world)
  return { world, lycee, bearer: await bearerOf(world, lycee) }
}

async function bearerOf(
  world: World,
  organisation: Organisation | null,
  scopes = ['vc-api:issue'],
): Promise<string> {
  const organisationId = organisation?.id ?? null
  const asked = { name: 'Essai', scopes, days: 1, ownerId: null, organisationId }
  return `Bearer ${(await issueToken(world, OPERATOR, asked)).token}`
}

/** The smallest credential, without an issuer: that is the service's to write. */
const credential = (changes: Json = {}): Json => ({
  '@context': [V2, EXAMPLES],
  type: ['VerifiableCredential'],
  credentialSubject: { id: 'did:example:subject', alumniOf: 'École DÉMO' },
  ...changes,
})

let world: World
let lycee: Organisation
let bearer: string
beforeAll(async () => {
  ;({ world, lycee, bearer } = await open())
})

const send = (path: string, body: object, token = bearer, of = world) =>
  request(createApp(of))
    .post(`/vc-api/credentials/${path}`)
    .set({ Authorization: token, 'Accept-Language': 'en' })
    .send(body)
const issue = (body: Json, options: Json = {}, token = bearer) =>
  send('issue', { credential: body, options }, token)
const issued = async (body: Json, options: Json = {}, token = bearer): Promise<Json> => {
  const answer = await issue(body, options, token)
  expect(answer.body).toHaveProperty('verifiableCredential')
  expect(answer.status).toBe(201)
  return answer.body.verifiableCredential
}
const verify = (document: Json, of = world) =>
  send('verify', { verifiableCredential: document }, '', of)

describe('POST /vc-api/credentials/issue', () => {
  test.each([
    ['eddsa-rdfc-2022', {}],
    ['eddsa-jcs-2022', { cryptosuite: 'eddsa-jcs-2022' }],
    ['ecdsa-rdfc-2019', { cryptosuite: 'ecdsa-rdfc-2019' }],
    ['ecdsa-jcs-2019', { cryptosuite: 'ecdsa-jcs-2019' }],
  ])('signs by %s what verifies', async (suite, options) => {
    const document = await issued(credential(), options)
    expect(document.proof).toMatchObject({
      type: 'DataIntegrityProof',
      cryptosuite: suite,
      proofPurpose: 'assertionMethod',
      created: '2026-11-24T11:00:00Z',
      verificationMethod: expect.stringContaining(`${document.issuer}#z`),
    })
    expect((await verify(document)).body).toMatchObject({ verified: true, errors: [] })
    const changed = { ...document, credentialSubject: { id: 'did:example:other' } }
    expect((await verify(changed)).status).toBe(400)
  })

  test('signs by Ed25519Signature2020, in VCDM 1.1, whose contexts must know the proof', async () => {
    const options = { type: 'Ed25519Signature2020' }
    const older = credential({
      '@context': [V1, 'https://w3id.org/security/suites/ed25519-2020/v1'],
      issuanceDate: '2026-01-01T00:00:00Z',
      credentialSubject: { id: 'did:example:subject' },
    })
    const document = await issued(older, options)
    expect(document.proof.type).toBe('Ed25519Signature2020')
    expect((await verify(document)).status).toBe(200)
    const { body, status } = await issue({ ...older, '@context': [V1] }, options)
    expect(status).toBe(400)
    expect(body.detail).toContain('add https://w3id.org/security/suites/ed25519-2020/v1')
    expect(body.errors[0].pointer).toBe('/credential/@context')
  })

  test('P-384: the issuer that is named tells the curve', async () => {
    await issued(credential())
    const { public_key_multibase: key } = await world.db
      .selectFrom('vc_issuers')
      .selectAll()
      .where('curve', '=', 'P-384')
      .executeTakeFirstOrThrow()
    const did = `did:key:${key}`
    const document = await issued(credential({ issuer: { id: did, name: 'Essai' } }))
    expect(document.issuer).toEqual({ id: did, name: 'Essai' })
    expect(document.proof.cryptosuite).toBe('ecdsa-rdfc-2019')
    expect((await verify(document)).status).toBe(200)
    const { body, status } = await issue(credential({ issuer: did }), {
      cryptosuite: 'eddsa-rdfc-2022',
    })
    expect(status).toBe(400)
    expect(body.errors).toMatchObject([{ pointer: '/options/cryptosuite' }])
  })

  test('writes the did:key of the organisation where it names itself, or nobody; never its did:web', async () => {
    const ownDid = didOf(world.config.publicUrl, lycee.slug)
    const others = [undefined, ownDid, { name: 'Essai' }, { id: ownDid, name: 'Essai' }]
    const documents = await Promise.all(others.map((issuer) => issued(credential({ issuer }))))
    const dids = documents.map(({ issuer }) => issuer.id ?? issuer)
    expect(new Set(dids).size).toBe(1)
    expect(dids[0]).toMatch(/^did:key:z6Mk/)
    const did = await request(createApp(world)).get(`/orgs/${lycee.slug}/did.json`)
    expect(JSON.stringify(did.body)).not.toContain(String(dids[0]).slice('did:key:'.length))
  })

  test('keys are each organisation’s own, made once', async () => {
    const company = await aCompany(world)
    const other = await bearerOf(world, company)
    const [mine, theirs] = [await issued(credential()), await issued(credential(), {}, other)]
    expect(theirs.issuer).not.toBe(mine.issuer)
    const { body, status } = await issue(credential({ issuer: mine.issuer }), {}, other)
    expect(status).toBe(400)
    expect(body.errors[0].pointer).toBe('/credential/issuer')
    expect(body.detail).toContain(theirs.issuer)
    expect(await world.db.selectFrom('vc_issuers').selectAll().execute()).toHaveLength(6)
  })

  test('what cannot be done is said, with the place', async () => {
    const cases: [Json, Json, number, string, string][] = [
      [
        credential(),
        { cryptosuite: 'ecdsa-sd-2023' },
        400,
        '/options/cryptosuite',
        'Choose one of',
      ],
      [credential(), { type: 'RsaSignature2018' }, 400, '/options/type', 'Choose one of'],
      [credential({ issuer: 'did:web:other.example' }), {}, 400, '/credential/issuer', 'Leave'],
      [credential({ issuer: 7 }), {}, 400, '/credential/issuer', 'Leave'],
      [credential({ type: ['Something'] }), {}, 400, '/credential/type', 'form'],
      [
        credential({ credentialSubject: undefined }),
        {},
        400,
        '/credential/credentialSubject',
        'form',
      ],
      [credential({ validFrom: 'yesterday' }), {}, 400, '/credential/validFrom', 'form'],
      [
        credential({ '@context': [V2, 'https://x.example/v1'] }),
        {},
        400,
        '/credential/@context/1',
        '',
      ],
      [credential({ '@context': [V2], nonsense: 1 }), {}, 400, '/credential', 'form'],
      [credential({ proof: { type: 'X' } }), {}, 400, '/credential/proof', 'without “proof”'],
      [
        credential({ credentialStatus: { type: 'X' } }),
        { credentialStatus: STATUS },
        400,
        '/credential/credentialStatus',
        'already',
      ],
      [
        credential(),
        { credentialStatus: { type: 'StatusList2021Entry' } },
        400,
        '/options/credentialStatus/type',
        'BitstringStatusListEntry',
      ],
      [
        credential(),
        { credentialStatus: { ...STATUS, statusPurpose: 'suspension' } },
        422,
        '/options/credentialStatus/statusPurpose',
        'nothing is suspended',
      ],
    ]
    const rows = await world.db.selectFrom('vc_credentials').selectAll().execute()
    for (const [body, options, status, pointer, words] of cases) {
      const answer = await issue(body, options)
      expect([answer.status, answer.body.errors?.[0]?.pointer]).toEqual([status, pointer])
      expect(answer.body.detail).toContain(words)
    }
    expect(await world.db.selectFrom('vc_credentials').selectAll().execute()).toEqual(rows)
    for (const body of [{}, { credential: 'text' }, { credential: [], options: {} }])
      expect((await send('issue', body)).status).toBe(400)
  })

  test.each([
    [
      'an e-mail address',
      { alumniOf: 'zoe@example.org' },
      '/credential/credentialSubject/alumniOf',
    ],
    [
      'a telephone number',
      { alumniOf: ['x', '06 12 34 56 78'] },
      '/credential/credentialSubject/alumniOf/1',
    ],
    ['a student number', { alumniOf: '000000001AA' }, '/credential/credentialSubject/alumniOf'],
    [
      'an e-mail address that begins like a key',
      { alumniOf: 'ursule.dupont@lycee-exemple.org' },
      '/credential/credentialSubject/alumniOf',
    ],
    [
      'an e-mail address in an address',
      { alumniOf: 'https://x.example/?mail=zoe@example.org' },
      '/credential/credentialSubject/alumniOf',
    ],
    ['an address as a name', { 'zoe@example.org': 'x' }, '/credential/credentialSubject'],
    [
      'a character that nobody sees',
      { alumniOf: 'a\u200bb' },
      '/credential/credentialSubject/alumniOf',
    ],
  ])('signs no %s, and does not repeat it', async (_what, subject, pointer) => {
    const { body, status } = await issue(credential({ credentialSubject: subject }))
    expect(status).toBe(422)
    expect(body.errors).toMatchObject([{ pointer }])
    expect(JSON.stringify(body)).not.toMatch(/zoe@|12 34|000000001/)
  })

  test('needs a token with the scope, tied to an organisation', async () => {
    expect(
      (await request(createApp(world)).post('/vc-api/credentials/issue').send({})).status,
    ).toBe(401)
    for (const path of ['issue', 'status']) {
      const body = { credential: credential(), credentialId: 'urn:x', status: true }
      expect((await send(path, body, 'Bearer somebody-elses')).status).toBe(401)
      expect((await send(path, body, await bearerOf(world, lycee, ['badges:read']))).status).toBe(
        403,
      )
      const { body: told, status } = await send(path, body, await bearerOf(world, null))
      expect(status).toBe(403)
      expect(told.detail).toContain('tied to no organisation')
    }
  })

  test('IS-04 asked again with one key it is done once', async () => {
    const before = await world.db.selectFrom('vc_credentials').selectAll().execute()
    const ask = (body: Json) =>
      issue(body, { credentialStatus: STATUS }).set('Idempotency-Key', 'k-1')
    const [first, second] = [await ask(credential()), await ask(credential())]
    expect(first.status).toBe(201)
    expect(second.body).toEqual(first.body)
    expect(second.headers['idempotency-replayed']).toBe('true')
    expect((await ask(credential({ name: 'Autre' }))).status).toBe(409)
    const after = await world.db.selectFrom('vc_credentials').selectAll().execute()
    expect(after).toHaveLength(before.length + 1)
  })

  test('is not there unless VC_API is on', async () => {
    const off = await openWorld()
    for (const path of ['issue', 'status'])
      expect(
        (
          await send(
            path,
            {},
            await bearerOf(
              off,
              await aLycee(off, `Lycée DÉMO ${path}`, path === 'issue' ? '9990001X' : '9990002Y'),
            ),
            off,
          )
        ).status,
      ).toBe(404)
  })

  test('never signs a badge that counts as the school’s', async () => {
    const document = await issued(credential({ name: 'Badge' }))
    const answer = await request(createApp(world))
      .post('/verifications')
      .send({ credential: document })
    expect(answer.body).toMatchObject({ verdict: 'invalid', trusted: false })
  })
})

describe.each(STORES)('a status on $name', ({ open: openStore }) => {
  test('is given, logged, told, and set for good', async () => {
    const { world: own, bearer: token } = await open({ db: await openStore() })
    const ask = async (id?: string) => {
      const body = { credential: credential({ id }), options: { credentialStatus: STATUS } }
      return (await send('issue', body, token, own).expect(201)).body.verifiableCredential as Json
    }
    const document = await ask()
    const entry = document.credentialStatus
    expect(document.id).toMatch(/^urn:uuid:/)
    expect(entry).toMatchObject({
      id: `${entry.statusListCredential}#${entry.statusListIndex}`,
      type: 'BitstringStatusListEntry',
      statusPurpose: 'revocation',
      statusListIndex: expect.stringMatching(/^\d+$/),
      statusListCredential: expect.stringContaining('https://sceau.example/status/'),
    })
    expect((await verify(document, own)).body).toMatchObject({
      verified: true,
      checks: expect.arrayContaining(['status']),
    })

    const row = await own.db.selectFrom('vc_credentials').selectAll().executeTakeFirstOrThrow()
    expect(row).toMatchObject({ credential_id: document.id, digest: digestOf(document) })
    const leaf = await findLeaf(own.db, row.log_position)
    expect(leaf?.hash).toBe(toBase64(leafOf(row.log_nonce, digestOf(document))))
    expect(JSON.stringify(row)).not.toContain('École')

    const set = (body: object) => send('status', { credentialId: document.id, ...body }, token, own)
    const asked = { credentialStatus: entry, status: true }
    for (let times = 0; times < 2; times++) {
      const { body } = await set(asked).expect(200)
      expect(body).toEqual({ credentialId: document.id, credentialStatus: entry, status: true })
    }
    const told = await verify(document, own)
    expect(told.status).toBe(400)
    expect(told.body.errors).toMatchObject([{ code: 'revoked' }])
    expect((await auditOf(own)).filter((line) => line.startsWith('vc.'))).toEqual([
      'vc.issued',
      'vc.revoked',
    ])
    expect((await set({ ...asked, status: false })).body.detail).toContain('can’t be taken back')
    const suspended = { ...entry, statusPurpose: 'suspension' }
    expect((await set({ ...asked, credentialStatus: suspended })).status).toBe(422)
    expect((await send('status', { ...asked, credentialId: 'urn:x' }, token, own)).status).toBe(404)
    const company = await bearerOf(own, await aCompany(own))
    const theirs = await send('status', { ...asked, credentialId: document.id }, company, own)
    expect(theirs.status).toBe(404)

    const [one, other] = [await ask('urn:example:same'), await ask('urn:example:same')]
    const same = { credentialId: 'urn:example:same', status: true }
    expect((await send('status', same, token, own)).status).toBe(400)
    const { credentialStatus } = one
    await send('status', { ...same, credentialStatus }, token, own).expect(200)
    expect((await verify(one, own)).status).toBe(400)
    expect((await verify(other, own)).status).toBe(200)
    await own.db.destroy()
  }, 120_000)
})

test('two that draw one place in a list get two', async () => {
  const { world: own, bearer: token } = await open()
  let drawn = 0
  const randomBytes: World['randomBytes'] = (count) =>
    count === 4 ? Uint8Array.of(0, 0, 0, drawn++ < 2 ? 7 : 8) : own.randomBytes(count)
  const ask = async () => {
    const body = { credential: credential(), options: { credentialStatus: STATUS } }
    const { body: told } = await send('issue', body, token, { ...own, randomBytes }).expect(201)
    return told.verifiableCredential.credentialStatus.statusListIndex as string
  }
  expect([await ask(), await ask()]).toEqual(['7', '8'])
  const { size } = await own.db.selectFrom('log_head').select('size').executeTakeFirstOrThrow()
  expect(size).toBe(2)
})

test('a credential in P-256 has its status in a list that the same key signed', async () => {
  const document = await issued(credential(), {
    cryptosuite: 'ecdsa-jcs-2019',
    credentialStatus: STATUS,
  })
  const path = new URL(document.credentialStatus.statusListCredential).pathname
  const { body: list } = await request(createApp(world)).get(path).expect(200)
  expect(list.issuer).toBe(document.issuer)
  expect(list.proof.cryptosuite).toBe('ecdsa-rdfc-2019')
  expect((await verify(document)).body).toMatchObject({ verified: true })
})
