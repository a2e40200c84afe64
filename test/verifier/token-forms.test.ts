import { exportJWK, generateKeyPair, SignJWT, type JWK } from 'jose'
import { beforeAll, describe, expect, test } from 'vitest'
import { buildBadge } from '../../src/credential/build-credential.js'
import { OB_CURRENT, VC_V1 } from '../../src/credential/contexts.js'
import type { CheckName, Report } from '../../src/verifier/report.js'
import { verifyBadge } from '../../src/verifier/verify-badge.js'
import { AWARDED, badgeValues } from '../support/badges.js'
import { lookupsOf } from '../support/lookups.js'
import { signAnything } from '../support/raw-signature.js'
import { signerOf } from '../support/signers.js'
import { claimsOf } from '../support/tokens.js'

type Json = Record<string, any>
type Keys = Awaited<ReturnType<typeof generateKeyPair>>

const WEB = 'did:web:lycee.example'
const AT = AWARDED.getTime() / 1000
const embedding = signerOf('embedding', WEB)
const keys: Record<string, Keys> = {}
const jwks: Record<string, JWK> = {}
let badge: Json
let older: Json
beforeAll(async () => {
  for (const alg of ['RS256', 'ES256', 'EdDSA']) {
    keys[alg] = await generateKeyPair(alg, { extractable: true })
    jwks[alg] = await exportJWK(keys[alg].publicKey)
  }
  badge = buildBadge(badgeValues({ issuer: { id: WEB, name: 'Lycée DÉMO' } }))
  delete badge.credentialStatus
  const { validFrom, validUntil, ...rest } = badge
  older = { ...rest, '@context': [VC_V1, OB_CURRENT] }
  Object.assign(older, { issuanceDate: validFrom, expirationDate: validUntil })
})

const check = (report: Report, name: CheckName) => report.checks.find((one) => one.name === name)
const verify = (input: string) => {
  const listed = Object.entries(jwks).map(([alg, publicKeyJwk]) => ({
    id: `${WEB}#${alg}`,
    controller: WEB,
    publicKeyJwk: publicKeyJwk,
  }))
  const { id, publicKeyMultibase } = embedding
  const value = [...listed, { id, controller: WEB, publicKeyMultibase }]
  return verifyBadge(Buffer.from(input), {
    lookups: lookupsOf({ keys: { [WEB]: { outcome: 'found', value } } }),
    now: AWARDED,
    language: 'en',
  })
}
const signed = (payload: Json, header: Json = {}) => {
  const alg = String(header.alg ?? 'RS256')
  return new SignJWT(payload)
    .setProtectedHeader({ alg, kid: `${WEB}#${alg}`, ...header })
    .sign(keys[alg]!.privateKey)
}
const ob3 = (changes: Json = {}, header: Json = { typ: 'JWT' }) =>
  signed({ ...badge, ...claimsOf(badge), ...changes }, header)
const jose = (changes: Json = {}, header: Json = {}) =>
  signed({ ...badge, ...changes }, { typ: 'vc+jwt', cty: 'vc', ...header })

describe('a token of Open Badges 3.0', () => {
  test.each<[string, Json]>([
    ['of the type JWT', { typ: 'JWT' }],
    ['of no type', {}],
    ['signed with ES256', { typ: 'JWT', alg: 'ES256' }],
    ['signed with EdDSA', { typ: 'JWT', alg: 'EdDSA' }],
  ])('%s is valid', async (_, header) => {
    expect(await verify(await ob3({}, header))).toMatchObject({ verdict: 'valid' })
  })

  test.each(['iss', 'jti', 'nbf'])('without the claim %s is not complete', async (claim) => {
    const report = await verify(await ob3({ [claim]: undefined }))
    expect(check(report, 'proof')).toMatchObject({ result: 'fail', code: 'claims_mismatch' })
    expect(check(report, 'issuer_binding')).toMatchObject({ result: 'unknown' })
  })

  test('without sub is valid, as the official samples are; without exp it needs no end', async () => {
    expect(await verify(await ob3({ sub: undefined }))).toMatchObject({ verdict: 'valid' })
    expect(await verify(await ob3({ exp: undefined }))).toMatchObject({ verdict: 'invalid' })
    const endless = await ob3({ validUntil: undefined, exp: undefined })
    expect(await verify(endless)).toMatchObject({ verdict: 'valid', badge: { validUntil: null } })
  })

  test('whose end stands in exp alone ends then', async () => {
    const report = await verify(await ob3({ validUntil: undefined, exp: AT - 3_600 * 9 + 60 }))
    expect(check(report, 'validity')).toMatchObject({ result: 'fail', code: 'expired' })
  })

  test('of the older model stands in the claim vc, alone', async () => {
    const claims = claimsOf(older)
    const wrapped = await verify(await signed({ vc: older, ...claims }))
    expect(wrapped).toMatchObject({ verdict: 'valid', warnings: [{ code: 'older_model' }] })
    const { issuanceDate: _, expirationDate: __, id: ___, ...rest } = older
    const restored = await verify(await signed({ vc: rest, ...claims }))
    expect(restored).toMatchObject({ verdict: 'valid', badge: { id: badge.id } })
  })

  test.each<[string, () => Json]>([
    ['vc and a member of a credential', () => ({ vc: older, name: 'Another' })],
    ['vc and a whole badge', () => ({ ...badge, vc: older })],
    ['a badge of today in vc', () => ({ vc: badge })],
    ['a badge of the older model outside vc', () => older],
    ['a vc that is no object', () => ({ vc: 'x' })],
    ['a presentation', () => ({ ...badge, vp: {} })],
  ])('with %s says two things, or nothing', async (_, payload) => {
    const report = await verify(await signed({ ...claimsOf(badge), ...payload() }))
    expect(check(report, 'structure')).toMatchObject({ result: 'fail', code: 'structure' })
  })

  test.each<[string, Json]>([
    ['an issuer that is an object', { iss: { id: WEB } }],
    ['a number as a text', { nbf: '1' }],
    ['an instant before all clocks', { iat: -1 }],
    ['an instant after all calendars', { exp: 1e300 }],
    ['an audience of numbers', { aud: [1] }],
    ['null', { sub: null }],
  ])('with %s is refused', async (_, changes) => {
    const report = await verify(await ob3(changes))
    expect(check(report, 'structure')).toMatchObject({ result: 'fail', code: 'structure' })
  })

  test('signed in two minutes is out of time; in half a minute it is not', async () => {
    expect(check(await verify(await ob3({ iat: AT + 120 })), 'proof')).toMatchObject({
      result: 'fail',
      code: 'proof_time',
    })
    expect(await verify(await ob3({ iat: AT + 30 }))).toMatchObject({ verdict: 'valid' })
  })

  test.each<[string, Json]>([
    ['cty', { cty: 'vc' }],
    ['iss', { iss: WEB }],
    ['a key that is private', { jwk: { kty: 'OKP', d: 'AAAA' } }],
    ['a key that is no object', { jwk: 'x' }],
    ['a kid that is no text', { kid: 7 }],
  ])('with the header %s is refused', async (_, header) => {
    const payload = { ...badge, ...claimsOf(badge) }
    const parts = [{ alg: 'RS256', kid: `${WEB}#RS256`, typ: 'JWT', ...header }, payload]
    const forged = parts.map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    const report = await verify([...forged, 'AAAA'].join('.'))
    expect(check(report, 'structure')).toMatchObject({ result: 'fail', code: 'structure' })
  })

  test('that names no key, and brings none, is not verified', async () => {
    const report = await verify(await ob3({}, { kid: undefined }))
    expect(check(report, 'proof')).toMatchObject({ result: 'fail' })
    expect(check(report, 'issuer_binding')).toMatchObject({ result: 'unknown' })
  })

  test('JW-03 whose key is of another kind than its algorithm says so', async () => {
    const report = await verify(await ob3({}, { alg: 'ES256', kid: `${WEB}#RS256` }))
    expect(check(report, 'proof')).toMatchObject({ result: 'fail', code: 'alg' })
  })

  test('may name its key by the fragment, or by a word that nobody else has', async () => {
    for (const kid of ['#RS256', 'main'])
      expect(await verify(await ob3({}, { kid }))).toMatchObject({ verdict: 'valid' })
    const elsewhere = await ob3({}, { kid: 'https://attacker.example/key.json' })
    expect(check(await verify(elsewhere), 'issuer_binding')).toMatchObject({ result: 'fail' })
  })

  test('around a badge that is signed by itself counts when both signatures are good', async () => {
    const both = await signAnything(badge, embedding)
    const payload = { ...both, ...claimsOf(badge) }
    expect(await verify(await signed(payload))).toMatchObject({ verdict: 'valid' })
    const forged = { ...payload, proof: [{ ...both.proof[0], created: '2026-06-15T08:00:00Z' }] }
    expect(check(await verify(await signed(forged)), 'proof')).toMatchObject({ result: 'fail' })
  })
})

describe('a token of VC-JOSE-COSE', () => {
  test.each(['RS256', 'ES256', 'EdDSA'])('signed with %s is valid', async (alg) => {
    expect(await verify(await jose({}, { alg }))).toMatchObject({ verdict: 'valid' })
  })

  test('may have the older type, and claims that say the same', async () => {
    const legacy = { typ: 'vc+ld+jwt', cty: 'vc+ld+json' }
    expect(await verify(await jose({ iss: WEB }, legacy))).toMatchObject({ verdict: 'valid' })
    expect(await verify(await jose({}, { iss: WEB }))).toMatchObject({ verdict: 'valid' })
    for (const other of [await jose({ jti: 'urn:x:y' }), await jose({}, { iss: 'did:web:x.y' })])
      expect(check(await verify(other), 'proof')).toMatchObject({ code: 'claims_mismatch' })
  })

  test('has dates of its signature, which are not those of the badge', async () => {
    expect(await verify(await jose({ exp: AT + 60, iat: AT }))).toMatchObject({ verdict: 'valid' })
    for (const dates of [{ exp: AT - 120 }, { nbf: AT + 120 }, { iat: AT + 120 }])
      expect(check(await verify(await jose(dates)), 'proof')).toMatchObject({ code: 'proof_time' })
  })

  test.each<[string, () => Promise<string>]>([
    ['the claim vc', () => signed({ vc: older, ...claimsOf(older) }, { typ: 'vc+jwt' })],
    ['a badge of the older model', () => signed(older, { typ: 'vc+jwt' })],
    ['another content', () => jose({}, { cty: 'vp' })],
  ])('with %s is refused', async (_, token) => {
    const report = await verify(await token())
    expect(check(report, 'structure')).toMatchObject({ result: 'fail', code: 'structure' })
  })
})

describe('a token in an envelope of JSON', () => {
  const VC = 'https://www.w3.org/ns/credentials/v2'
  const envelope = (id: string, changes: Json = {}) =>
    JSON.stringify({ '@context': [VC], type: 'EnvelopedVerifiableCredential', id, ...changes })

  test('is read as the token', async () => {
    const id = `data:application/vc+jwt,${await jose()}`
    expect(await verify(envelope(id))).toMatchObject({ verdict: 'valid', format: 'vc-jwt' })
  })

  test('says nothing else, and is one envelope', async () => {
    const id = `data:application/vc+jwt,${await jose()}`
    const twice = await signed({ ...JSON.parse(envelope(id)) }, { typ: 'vc+jwt' })
    for (const input of [
      envelope(id, { name: 'Another badge' }),
      envelope(id, { '@context': ['https://attacker.example/'] }),
      envelope('data:text/plain,x'),
      envelope(`data:application/vc+jwt,${twice}`),
    ])
      expect(await verify(input)).toMatchObject({ verdict: 'invalid', badge: null })
  })
})
