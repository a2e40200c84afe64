import { exportJWK, exportSPKI, generateKeyPair, SignJWT, type JWK } from 'jose'
import { beforeAll, describe, expect, test } from 'vitest'
import { buildBadge } from '../../src/credential/build-credential.js'
import type { IssuerKey, Looked, Lookups } from '../../src/verifier/lookups.js'
import type { CheckName, Report } from '../../src/verifier/report.js'
import { verifyBadge } from '../../src/verifier/verify-badge.js'
import { expectCheap } from '../support/cheap.js'
import { AWARDED, badgeValues } from '../support/badges.js'
import { lookupsOf } from '../support/lookups.js'
import { claimsOf } from '../support/tokens.js'

type Json = Record<string, any>
type Keys = Awaited<ReturnType<typeof generateKeyPair>>

const WEB = 'did:web:lycee.example'
const KID = `${WEB}#rsa`
let issuer: Keys
let publicJwk: JWK
let credential: Json
beforeAll(async () => {
  issuer = await generateKeyPair('RS256', { extractable: true })
  publicJwk = await exportJWK(issuer.publicKey)
  credential = buildBadge(badgeValues({ issuer: { id: WEB, name: 'Lycée DÉMO' } }))
  delete credential.credentialStatus
})

const check = (report: Report, name: CheckName) => report.checks.find((one) => one.name === name)
const listing = (jwk: JWK): Looked<readonly IssuerKey[]> => ({
  outcome: 'found',
  value: [{ id: KID, controller: WEB, publicKeyJwk: jwk }],
})
/** What is asked of the world while a token is verified. */
const asked: string[] = []
const verify = (token: string, keys: Looked<readonly IssuerKey[]> = listing(publicJwk)) => {
  const lookups: Lookups = {
    ...lookupsOf({}),
    issuerKeys: async (issuerId) => {
      asked.push(issuerId)
      return issuerId === WEB ? keys : { outcome: 'unreachable' }
    },
  }
  return verifyBadge(Buffer.from(token), { lookups, now: AWARDED, language: 'en' })
}
const signed = (
  claims: Json = {},
  header: Json = {},
  key: Keys['privateKey'] = issuer.privateKey,
) =>
  new SignJWT({ ...credential, ...claimsOf(credential), ...claims })
    .setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid: KID, ...header })
    .sign(key)
/** A token whose header says what it likes; its signature is nobody's. */
const forged = (header: Json, signature = 'AAAA') =>
  [header, { ...credential, iss: WEB }]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .concat(signature)
    .join('.')

describe('a token', () => {
  test('JW-05 is valid by a key that the issuer lists, whatever its header adds', async () => {
    expect(await verify(await signed())).toMatchObject({ verdict: 'valid', format: 'vc-jwt' })
    const hinted = await signed({}, { jwk: publicJwk })
    expect(await verify(hinted)).toMatchObject({ verdict: 'valid' })
    const unlisted = await verify(hinted, { outcome: 'unreachable' })
    expect(check(unlisted, 'issuer_binding')).toMatchObject({ result: 'unknown' })
  })

  test.each(['none', 'None', 'nOnE', 'HS256', 'HS512', 'PS256', 'ES512', ''])(
    'JW-01, JW-02 with the algorithm %j is refused',
    async (alg) => {
      for (const signature of ['AAAA', '']) {
        expect(await verify(forged({ alg, kid: KID }, signature))).toMatchObject({
          verdict: 'invalid',
          badge: null,
        })
      }
      expect(check(await verify(forged({ alg, kid: KID })), 'structure')).toMatchObject({
        code: 'alg',
      })
    },
  )

  test('JW-02 signed with the public key as a secret is refused', async () => {
    const secret = Buffer.from(await exportSPKI(issuer.publicKey))
    const token = await new SignJWT({ ...credential, iss: WEB })
      .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
      .sign(secret)
    expect(check(await verify(token), 'structure')).toMatchObject({ result: 'fail', code: 'alg' })
  })

  test.each(['ES256', 'EdDSA'])(
    'JW-03 of another algorithm (%s) than the listed key is refused',
    async (alg) => {
      const { privateKey } = await generateKeyPair(alg)
      const report = await verify(await signed({}, { alg }, privateKey))
      expect(report.verdict).toBe('invalid')
      expect(check(report, 'proof')).toMatchObject({ result: 'fail' })
    },
  )

  test('JW-04 with its own key in the header is not the issuer’s', async () => {
    const attacker = await generateKeyPair('RS256', { extractable: true })
    const jwk = await exportJWK(attacker.publicKey)
    const report = await verify(await signed({}, { jwk, kid: undefined }, attacker.privateKey))
    expect(report.verdict).toBe('invalid')
    expect(check(report, 'issuer_binding')).toMatchObject({ result: 'fail' })
  })

  test('JW-06 that names a key elsewhere: only the issuer is asked', async () => {
    asked.length = 0
    const attacker = await generateKeyPair('RS256')
    const header = { kid: 'https://attacker.example/key.json' }
    const report = await verify(await signed({}, header, attacker.privateKey))
    expect(report.verdict).toBe('invalid')
    expect(new Set(asked)).toEqual(new Set([WEB]))
  })

  test.each<[string, Json]>([
    ['JW-08 jku', { jku: 'https://attacker.example/jwks' }],
    ['JW-08 x5u', { x5u: 'https://attacker.example/x' }],
    ['JW-08 x5c', { x5c: ['AAAA'] }],
    ['JW-09 crit', { crit: ['x'] }],
    ['JW-09 an empty crit', { crit: [] }],
    ['JW-09 b64', { crit: ['b64'], b64: false }],
    ['JW-10 zip', { zip: 'DEF' }],
    ['an invented header', { x: 1 }],
  ])('%s is refused, and nobody is asked', async (_, header) => {
    asked.length = 0
    const report = await verify(forged({ alg: 'RS256', kid: KID, ...header }))
    expect(check(report, 'structure')).toMatchObject({ result: 'fail', code: 'structure' })
    expect(asked).toEqual([])
  })

  test('JW-10 of five parts is no token of ours', async () => {
    expect(await verify('eyJh.eyJh.eyJh.eyJh.eyJh')).toMatchObject({ verdict: 'invalid' })
  })

  test.each(['at+jwt', 'statuslist+jwt', 'dpop+jwt', 'jwt', 7])(
    'JW-11 of the type %j is no badge',
    async (typ) => {
      const report = await verify(forged({ alg: 'RS256', kid: KID, typ }))
      expect(check(report, 'structure')).toMatchObject({ result: 'fail', code: 'type' })
    },
  )

  test.each<[string, Json]>([
    ['iss', { iss: 'did:web:other.example' }],
    ['sub', { sub: 'urn:uuid:another' }],
    ['jti', { jti: 'urn:uuid:another' }],
    ['nbf', { nbf: 1_700_000_000 }],
    ['exp', { exp: 4_000_000_000 }],
  ])('JW-12 whose %s says something else than the badge is refused', async (_, claims) => {
    const report = await verify(await signed(claims))
    expect(check(report, 'proof')).toMatchObject({ result: 'fail', code: 'claims_mismatch' })
  })

  test('JW-12 whose claims say the same is valid', async () => {
    const same = {
      sub: credential.credentialSubject.id,
      jti: credential.id,
      nbf: Date.parse(credential.validFrom) / 1000,
      exp: Date.parse(credential.validUntil) / 1000,
    }
    expect(await verify(await signed(same))).toMatchObject({ verdict: 'valid' })
  })

  test('one letter more, other last letters, a space inside: not the same token', async () => {
    const token = await signed()
    const [header = '', payload = '', signature = ''] = token.split('.')
    for (const other of [
      `${token}=`,
      `${token}A`,
      `${header} .${payload}.${signature}`,
      `${header}.${payload}.${signature.slice(0, -1)}`,
      `${header}.${payload}.`,
    ])
      expect((await verify(other)).verdict, other.slice(-9)).toBe('invalid')
  })

  test('JW-20 a million dots, and megabytes of payload, cost little', async () => {
    for (const text of ['.'.repeat(1_000_000), `eyJh.${'A'.repeat(1_500_000)}.AAAA`]) {
      expect(await verify(text)).toMatchObject({ verdict: 'invalid' })
      await expectCheap(500, () => verify(text))
    }
  })

  test('JW-21 keys that reach into every object are refused', async () => {
    for (const key of ['__proto__', 'constructor']) {
      const payload = Buffer.from(`{"${key}":{"admin":true}}`).toString('base64url')
      const header = Buffer.from('{"alg":"RS256"}').toString('base64url')
      const report = await verify(`${header}.${payload}.AAAA`)
      expect(check(report, 'structure')).toMatchObject({ result: 'fail', code: 'structure' })
    }
    expect(({} as Json).admin).toBeUndefined()
  })
})
