import { exportJWK, generateKeyPair, SignJWT, type JWK } from 'jose'
import { beforeAll, describe, expect, test } from 'vitest'
import { buildBadge, buildEndorsement } from '../../src/credential/build-credential.js'
import { LIMITS } from '../../src/credential/limits.js'
import type { CheckName, Report } from '../../src/verifier/report.js'
import { verifyBadge } from '../../src/verifier/verify-badge.js'
import { AWARDED, badgeValues, endorsementValues, LISTS, school } from '../support/badges.js'
import { lookupsOf, signedList } from '../support/lookups.js'
import { signAnything } from '../support/raw-signature.js'
import { claimsOf } from '../support/tokens.js'

type Json = Record<string, any>
const WEB = 'did:web:entreprise.example'
const KID = `${WEB}#es`
let company: Awaited<ReturnType<typeof generateKeyPair>>
let jwk: JWK
let badge: Json
let lists: Json
beforeAll(async () => {
  company = await generateKeyPair('ES256', { extractable: true })
  jwk = await exportJWK(company.publicKey)
  badge = buildBadge(badgeValues({ issuer: { id: WEB, name: 'Entreprise DÉMO' } }))
  delete badge.credentialStatus
  lists = { [LISTS.school]: await signedList(school, LISTS.school) }
})

const check = (report: Report, name: CheckName) => report.checks.find((one) => one.name === name)
const signed = (payload: Json) =>
  new SignJWT({ ...payload, ...claimsOf(payload) })
    .setProtectedHeader({ alg: 'ES256', typ: 'JWT', kid: KID })
    .sign(company.privateKey)
const endorsement = (changes: Json = {}) => {
  const built = buildEndorsement(
    endorsementValues({ issuer: { id: WEB, name: 'Entreprise DÉMO' } }),
  ) as Json
  delete built.credentialStatus
  return signed({ ...built, ...changes })
}
const verify = (input: string) => {
  const value = [{ id: KID, controller: WEB, publicKeyJwk: jwk as Json }]
  return verifyBadge(Buffer.from(input), {
    lookups: lookupsOf({ lists, keys: { [WEB]: { outcome: 'found', value } } }),
    now: AWARDED,
    language: 'en',
  })
}
const bearing = async (...tokens: string[]) =>
  verify(await signed({ ...badge, endorsementJwt: tokens }))

describe('an endorsement as a token in a badge', () => {
  test('goes through the checks of a credential', async () => {
    const report = await bearing(await endorsement())
    expect(report).toMatchObject({
      verdict: 'valid',
      endorsements: [
        { verdict: 'valid', target: 'award', endorser: { id: WEB, name: 'Entreprise DÉMO' } },
      ],
    })
    expect(check(report, 'endorsements')).toMatchObject({ result: 'pass' })
  })

  test.each<[string, () => Promise<string>]>([
    ['that is changed', async () => `${(await endorsement()).slice(0, -8)}AAAAAAAA`],
    ['that has expired', () => endorsement({ validUntil: '2026-06-15T08:00:00Z' })],
    ['that is a badge', () => signed(badge)],
    ['that is nothing', async () => 'eyJh.eyJh.eyJh'],
    ['that has no subject', () => endorsement({ credentialSubject: {} })],
  ])('%s is not valid, and the badge still is', async (_, token) => {
    const report = await bearing(await token())
    expect(report).toMatchObject({ verdict: 'valid', endorsements: [{ verdict: 'invalid' }] })
    expect(check(report, 'endorsements')).toMatchObject({ result: 'fail' })
  })

  test('of which there are too many is left open beyond the first twenty', async () => {
    // The guard wants each said once: each has a name of its own.
    const tokens = await Promise.all(
      Array.from({ length: LIMITS.endorsements + 5 }, (_, at) =>
        endorsement({ name: `Endossement ${at}` }),
      ),
    )
    const report = await bearing(...tokens)
    expect(report.verdict).toBe('valid')
    expect(report.endorsements).toHaveLength(LIMITS.endorsements + 1)
    expect(report.endorsements.at(-1)).toMatchObject({ verdict: 'indeterminate' })
    expect(check(report, 'endorsements')).toMatchObject({ result: 'unknown' })
  })

  test('in a badge that is signed by itself is a word that its vocabulary lacks', async () => {
    const document = buildBadge(badgeValues()) as Json
    const good = await signAnything(document, school)
    expect(await verify(JSON.stringify(good))).toMatchObject({ verdict: 'valid' })
    const report = await verify(JSON.stringify({ ...good, endorsementJwt: [await endorsement()] }))
    expect(check(report, 'proof')).toMatchObject({ result: 'fail', code: 'undefined_term' })
  })
})
