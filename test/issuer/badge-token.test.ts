import { decodeProtectedHeader, importJWK, jwtVerify, type JWK } from 'jose'
import request from 'supertest'
import { beforeEach, describe, expect, test } from 'vitest'
import { createApp } from '../../src/app.js'
import type { JwsForm } from '../../src/credential/check-jws.js'
import { badgeToken } from '../../src/issuer/badge-token.js'
import { lookupsOf } from '../../src/issuer/own-lookups.js'
import { revokeBadge } from '../../src/issuer/revoke-badge.js'
import { activeSigner, ANNOUNCED_MS, didOf } from '../../src/people/keys.js'
import { OPERATOR } from '../../src/people/operator.js'
import { revokeKey } from '../../src/people/revoke-key.js'
import { activateKey, rotateKey } from '../../src/people/rotate-key.js'
import { listOrganisations, type Organisation } from '../../src/people/store.js'
import { tokenSigner } from '../../src/people/token-keys.js'
import { verifyBadge } from '../../src/verifier/verify-badge.js'
import { refusalOf } from '../people/people.js'
import { DAY, HOUR, openWorld, type World } from '../support/world.js'
import { issue, type Issued } from './share-story.js'

let world: World
let issued: Issued
let school: Organisation
beforeEach(async () => {
  world = await openWorld()
  issued = await issue(world)
  ;[school] = (await listOrganisations(world.db, 'lycee')) as [Organisation]
})

const FORMS = ['ob3', 'vc-jose'] as const
const tokenOf = (form: JwsForm, document = issued.document) => badgeToken(world, document, form)
const verify = (text: string) =>
  verifyBadge(Buffer.from(text), { lookups: lookupsOf(world), now: world.now(), language: 'en' })
const bindingOf = async (text: string) =>
  (await verify(text)).checks.find(({ name }) => name === 'issuer_binding')
const rsaKey = async () => (await tokenSigner(world, school, 'RS256')).name
const badgeKey = async () => (await activeSigner(world, school.id)).publicKeyMultibase

/** What anybody with jose finds: the key is looked up in did.json by `kid`. */
async function joseReads(token: string) {
  const { kid, alg } = decodeProtectedHeader(token)
  const { body } = await request(createApp(world)).get(`/orgs/${school.slug}/did.json`)
  expect(body.assertionMethod).toContain(kid)
  const method = body.verificationMethod.find((one: { id: string }) => one.id === kid)
  const key = await importJWK(method.publicKeyJwk as JWK, alg)
  return jwtVerify(token, key, { currentDate: world.now(), issuer: body.id })
}

describe('a badge as token', () => {
  test.each(FORMS)('is valid for our verifier as %s, like the badge itself', async (form) => {
    const report = await verify(await tokenOf(form))
    expect(report).toMatchObject({ verdict: 'valid', trusted: true, format: 'vc-jwt' })
    expect(report.endorsements.map(({ verdict }) => verdict)).toEqual(['valid', 'valid'])
    const { badge } = await verify(issued.document)
    expect(report.badge).toEqual(badge)
  })

  test.each([
    ['ob3', { alg: 'RS256', typ: 'JWT' }],
    ['vc-jose', { alg: 'EdDSA', typ: 'vc+jwt' }],
  ] as const)('is verified by jose as %s, by the key in did.json', async (form, header) => {
    const { payload, protectedHeader } = await joseReads(await tokenOf(form))
    expect(protectedHeader).toEqual({ ...header, kid: expect.any(String) })
    const { proof: _proof, ...badge } = JSON.parse(issued.document)
    expect(payload).toMatchObject(badge)
    expect(payload).not.toHaveProperty('proof')
    expect([payload.iss, payload.jti]).toEqual([badge.issuer.id, badge.id])
  })

  test.each(FORMS)('is the same each time as %s', async (form) => {
    const first = await tokenOf(form)
    world.clock.advance(DAY)
    expect(await tokenOf(form)).toBe(first)
  })

  test.each(FORMS)('as %s does not verify when a letter of it was changed', async (form) => {
    const [header, payload = '', signature] = (await tokenOf(form)).split('.')
    const changed = Buffer.from(payload, 'base64url').toString().replace('composite', 'Composite')
    const forged = [header, Buffer.from(changed).toString('base64url'), signature].join('.')
    expect((await verify(forged)).verdict).toBe('invalid')
    await expect(joseReads(forged)).rejects.toThrow('signature')
  })

  test('says that the badge is revoked, as the badge does', async () => {
    await revokeBadge(world, issued.head, { badgeId: issued.badgeId, reason: 'Délivré par erreur' })
    for (const form of FORMS) {
      const report = await verify(await tokenOf(form))
      expect(report.verdict).toBe('invalid')
      expect(report.checks.find(({ name }) => name === 'status')?.code).toBe('revoked')
    }
  })
})

describe('after a change of key', () => {
  test('the key in use signs, and tokens of the retired one stay valid', async () => {
    const before = await tokenOf('ob3')
    const { publicKeyMultibase: next } = await rotateKey(world, OPERATOR, school, 'RSA')
    expect(await tokenOf('ob3')).toBe(before)
    world.clock.advance(ANNOUNCED_MS)
    await activateKey(world, { key: next })
    const after = await tokenOf('ob3')
    expect(decodeProtectedHeader(after).kid).toBe(
      `${didOf('https://sceau.example', school.slug)}#${next}`,
    )
    world.clock.advance(DAY)
    for (const token of [before, after]) expect((await verify(token)).verdict).toBe('valid')
    await joseReads(before)
  })

  test('the same for the key of the badge', async () => {
    const before = await tokenOf('vc-jose')
    const { publicKeyMultibase: next } = await rotateKey(world, OPERATOR, school)
    world.clock.advance(ANNOUNCED_MS)
    await activateKey(world, { key: next })
    const after = await tokenOf('vc-jose')
    expect(after).not.toBe(before)
    world.clock.advance(DAY)
    for (const token of [before, after]) expect((await verify(token)).verdict).toBe('valid')
  })

  test('in the middle of a signature nothing of the old key leaves: the next signs', async () => {
    const old = await rsaKey()
    const sign: typeof world.keys.sign = async (key, bytes) => {
      const signature = await world.keys.sign(key, bytes)
      if (key.name === old) await revokeKey(world, OPERATOR, { key: old, since: world.now() })
      return signature
    }
    const { publicKeyMultibase: fresh } = await rotateKey(world, OPERATOR, school, 'RSA')
    const around = { ...world, keys: { ...world.keys, sign } }
    const token = await badgeToken(around, issued.document, 'ob3')
    expect(decodeProtectedHeader(token).kid).toContain(fresh)
    expect((await verify(token)).warnings).toEqual([])
  })
})

describe('RL-19 after a theft', () => {
  test('of the RSA key, its tokens of badges that our log had before count, and no others', async () => {
    const key = await rsaKey()
    const token = await tokenOf('ob3')
    const { sign } = await tokenSigner(world, school, 'RS256')
    world.clock.advance(HOUR)
    await revokeKey(world, OPERATOR, { key, since: world.now() })
    world.clock.advance(HOUR)
    expect(await verify(token)).toMatchObject({
      verdict: 'valid',
      warnings: expect.arrayContaining([
        expect.objectContaining({ code: 'logged_before_revocation' }),
      ]),
    })
    // The thief writes what they like, and dates it back.
    const [header, payload = ''] = token.split('.')
    const said = JSON.parse(Buffer.from(payload, 'base64url').toString())
    said.credentialSubject.achievement.name = 'Un autre badge'
    const input = `${header}.${Buffer.from(JSON.stringify(said)).toString('base64url')}`
    const forged = `${input}.${Buffer.from(await sign(Buffer.from(input))).toString('base64url')}`
    expect(await bindingOf(forged)).toMatchObject({ result: 'fail', code: 'key_revoked' })
    expect((await verify(forged)).verdict).toBe('invalid')
    expect((await verify(await tokenOf('ob3'))).warnings).toEqual([])
  })

  test('of the badge’s key, a token is made of a badge that our log had before', async () => {
    world.clock.advance(HOUR)
    await revokeKey(world, OPERATOR, { key: await badgeKey(), since: world.now() })
    for (const form of FORMS) expect((await verify(await tokenOf(form))).verdict).toBe('valid')
  })

  test('of the badge’s key before the badge was logged, no other key makes it good again', async () => {
    const since = new Date(world.now().getTime() - HOUR)
    await revokeKey(world, OPERATOR, { key: await badgeKey(), since })
    for (const form of FORMS) {
      const refusal = await refusalOf(tokenOf(form))
      expect(refusal.code).toBe('conflict')
      expect(refusal.message).toContain('log')
    }
  })

  test('a badge that was changed in our store is not signed anew', async () => {
    const changed = issued.document.replace('composite', 'Composite')
    expect((await refusalOf(tokenOf('ob3', changed))).code).toBe('conflict')
  })
})
