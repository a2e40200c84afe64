import { createPublicKey, type JsonWebKey } from 'node:crypto'
import request from 'supertest'
import { describe, expect, test } from 'vitest'
import { createApp } from '../../src/app.js'
import { kindOfKey, stageOfKey } from '../../src/people/key-store.js'
import { activeSigner, ANNOUNCED_MS, KeyChanged, whileKeySigns } from '../../src/people/keys.js'
import { OPERATOR } from '../../src/people/operator.js'
import { revokeKey } from '../../src/people/revoke-key.js'
import { activateKey, rotateKey } from '../../src/people/rotate-key.js'
import { listKeys, type Organisation } from '../../src/people/store.js'
import {
  ensureRsaKey,
  makeTokenKeys,
  startTokenKeys,
  tokenSigner,
} from '../../src/people/token-keys.js'
import { runNextJob } from '../../src/worker.js'
import { STORES } from '../support/dialects.js'
import { HOUR, openWorld, type World } from '../support/world.js'
import { aCompany, aLycee, auditOf, refusalOf } from './people.js'

const didOf = async (world: World, { slug }: Organisation) =>
  (await request(createApp(world)).get(`/orgs/${slug}/did.json`).expect(200)).body
/** With the letter that checks it. */
const uaiOf = (number: number) => `${number}${'ABCDEFGHJKLMNPRSTUVWXYZ'[number % 23]}`
const lifeOf = async (world: World, { id }: Organisation) =>
  (await listKeys(world.db, id)).map((key) => `${kindOfKey(key)} ${stageOfKey(key)}`)

describe.each(STORES)('the RSA key of an organisation on $name', ({ open }) => {
  test('is made once, whoever asks at the same time, and lives beside the other', async () => {
    const world = await openWorld({ db: await open() })
    const lycee = await aLycee(world)
    const badgeKey = (await activeSigner(world, lycee.id)).publicKeyMultibase
    const [one, other] = await Promise.all([ensureRsaKey(world, lycee), ensureRsaKey(world, lycee)])
    expect(one.public_key_multibase).toBe(other.public_key_multibase)
    expect(await lifeOf(world, lycee)).toEqual(['Ed25519 active', 'RSA active'])
    expect((await auditOf(world)).filter((line) => line === 'key.created')).toHaveLength(1)
    expect((await activeSigner(world, lycee.id)).publicKeyMultibase).toBe(badgeKey)
    await world.db.destroy()
  }, 60_000)

  test('is announced, signs, is retired and revoked like the other, which stays as it is', async () => {
    const world = await openWorld({ db: await open() })
    const lycee = await aLycee(world)
    const badgeKey = (await activeSigner(world, lycee.id)).publicKeyMultibase
    const first = (await tokenSigner(world, lycee, 'RS256')).name
    const { publicKeyMultibase: next } = await rotateKey(world, OPERATOR, lycee, 'RSA')
    expect((await refusalOf(rotateKey(world, OPERATOR, lycee, 'RSA'))).code).toBe('conflict')
    // The two kinds do not wait for each other.
    const { publicKeyMultibase: nextOfBadges } = await rotateKey(world, OPERATOR, lycee)
    expect((await tokenSigner(world, lycee, 'RS256')).name).toBe(first)
    world.clock.advance(ANNOUNCED_MS)
    await activateKey(world, { key: next })
    expect(await lifeOf(world, lycee)).toEqual([
      'Ed25519 active',
      'RSA retired',
      'RSA active',
      'Ed25519 announced',
    ])
    await expect(whileKeySigns(world, first, async () => 'kept')).rejects.toThrow(KeyChanged)
    expect(await whileKeySigns(world, next, async () => 'kept')).toBe('kept')

    const spare = await revokeKey(world, OPERATOR, { key: next, since: world.now() })
    expect((await tokenSigner(world, lycee, 'RS256')).name).toBe(spare)
    expect([next, nextOfBadges, badgeKey]).not.toContain(spare)
    expect((await activeSigner(world, lycee.id)).publicKeyMultibase).toBe(badgeKey)
    await world.db.destroy()
  }, 60_000)
})

describe('the DID document', () => {
  test('shows an RSA key as JsonWebKey, listed as a string, and the Ed25519 key in both forms', async () => {
    const world = await openWorld()
    const lycee = await aLycee(world)
    const before = await didOf(world, lycee)
    expect(before.verificationMethod).toHaveLength(1)
    const { kid } = await tokenSigner(world, lycee, 'RS256')
    const ed25519 = await tokenSigner(world, lycee, 'EdDSA')
    const did = await didOf(world, lycee)
    expect(did['@context']).toContain('https://w3id.org/security/jwk/v1')
    const methods = did.verificationMethod as { id: string; publicKeyJwk: JsonWebKey }[]
    expect(did.assertionMethod).toEqual(methods.map(({ id }) => id))
    expect(methods[0]).toEqual(before.verificationMethod[0])
    const rsa = methods.find(({ id }) => id === kid)
    expect(rsa).toEqual({
      id: kid,
      type: 'JsonWebKey',
      controller: did.id,
      publicKeyJwk: {
        kty: 'RSA',
        n: expect.any(String),
        e: 'AQAB',
        alg: 'RS256',
        use: 'sig',
        kid: kid.split('#')[1],
      },
    })
    const { asymmetricKeyDetails } = createPublicKey({ key: rsa!.publicKeyJwk, format: 'jwk' })
    expect(asymmetricKeyDetails?.modulusLength).toBeGreaterThanOrEqual(2048)
    expect(methods.find(({ id }) => id === ed25519.kid)?.publicKeyJwk).toMatchObject({
      kty: 'OKP',
      alg: 'EdDSA',
    })
    const set = await request(createApp(world)).get(`/orgs/${lycee.slug}/jwks.json`)
    expect(set.body.keys.map((jwk: { kid: string; alg: string }) => jwk.alg)).toEqual([
      'EdDSA',
      'RS256',
    ])
    expect(set.body.keys[1].kid).toBe(kid)
    expect(JSON.stringify([did, set.body])).not.toMatch(/"(?:d|p|q|dp|dq|qi)":/)
  })

  test('says since when a key is retired or revoked, in each of its forms', async () => {
    const world = await openWorld()
    const lycee = await aLycee(world)
    const { name, kid } = await tokenSigner(world, lycee, 'RS256')
    const since = new Date(world.now().getTime() - HOUR)
    await revokeKey(world, OPERATOR, { key: name, since })
    const ed25519 = await tokenSigner(world, lycee, 'EdDSA')
    await revokeKey(world, OPERATOR, { key: ed25519.name, since })
    const { verificationMethod } = await didOf(world, lycee)
    const revoked = verificationMethod.filter((one: { revoked?: string }) => one.revoked)
    expect(revoked.map((one: { id: string }) => one.id.split('#')[1]).toSorted()).toEqual(
      [ed25519.name, ed25519.kid.split('#')[1], kid.split('#')[1]].toSorted(),
    )
  })
})

test('the job gives every school a key, a few at a time, and companies none', async () => {
  const world = await openWorld()
  const names = ['un', 'deux', 'trois', 'quatre', 'cinq']
  const lycees: Organisation[] = []
  for (const [at, name] of names.entries())
    lycees.push(await aLycee(world, `Lycée DÉMO ${name}`, uaiOf(9_990_001 + at)))
  const company = await aCompany(world)
  await startTokenKeys(world)
  await startTokenKeys(world)
  const having = async () =>
    (await Promise.all(lycees.map(async (one) => (await lifeOf(world, one)).length === 2))).filter(
      Boolean,
    ).length
  expect(await runNextJob(world)).toBe(true)
  expect(await having()).toBe(4)
  expect(await runNextJob(world)).toBe(true)
  expect(await having()).toBe(5)
  expect(await runNextJob(world)).toBe(false)
  expect(await lifeOf(world, company)).toEqual(['Ed25519 active'])
  await makeTokenKeys(world)
  expect(await having()).toBe(5)
  world.clock.advance(HOUR)
  expect(await runNextJob(world)).toBe(true)
})

test('a key whose file is gone signs nothing', async () => {
  const world = await openWorld()
  const lycee = await aLycee(world)
  const [rsa, ed25519] = [
    await tokenSigner(world, lycee, 'RS256'),
    await tokenSigner(world, lycee, 'EdDSA'),
  ]
  await world.keys.destroy({ name: rsa.name, provider: 'files' })
  await expect(rsa.sign(Buffer.from('x'))).rejects.toThrow('restore its file')
  await expect(ed25519.sign(Buffer.from('x'))).resolves.toHaveLength(64)
})
