import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import sharp from 'sharp'
import { beforeAll, describe, expect, test } from 'vitest'
import { bakePng } from '../../src/credential/bake-png.js'
import { buildBadge } from '../../src/credential/build-credential.js'
import { prepareCredential } from '../../src/credential/prepare-credential.js'
import { signCredential } from '../../src/credential/sign-credential.js'
import type { Lookups } from '../../src/verifier/lookups.js'
import type { CheckName, Report } from '../../src/verifier/report.js'
import { verifyBadge } from '../../src/verifier/verify-badge.js'
import { AWARDED, badgeValues, company, expected, school, signedBadge } from '../support/badges.js'
import { lookupsOf, signedList } from '../support/lookups.js'
import { signerOf } from '../support/signers.js'
import { claimsOf } from '../support/tokens.js'

const SCHOOL_LIST = 'https://sceau.example/status/school-1'
const COMPANY_LIST = 'https://sceau.example/status/company-1'

let badge: Record<string, any>
let lists: Record<string, unknown>
beforeAll(async () => {
  badge = await signedBadge()
  lists = {
    [SCHOOL_LIST]: await signedList(school, SCHOOL_LIST),
    [COMPANY_LIST]: await signedList(company, COMPANY_LIST),
  }
})

const known = { [school.did]: 'les organisations de ce service' }
const bytes = (document: unknown) => Buffer.from(JSON.stringify(document))
const verify = (document: unknown, lookups: Lookups = lookupsOf({ lists, known }), now = AWARDED) =>
  verifyBadge(Buffer.isBuffer(document) ? document : bytes(document), {
    lookups,
    now,
    language: 'fr',
  })
const check = (report: Report, name: CheckName) => report.checks.find((one) => one.name === name)

describe('a genuine badge', () => {
  test('is valid, trusted, and shown as it was signed', async () => {
    const report = await verify(badge)
    expect(report).toMatchObject({
      verdict: 'valid',
      trusted: true,
      format: 'data-integrity',
      badge: {
        id: badge.id,
        name: badge.name,
        issuer: { id: school.did, name: 'Lycée DÉMO des Tilleuls' },
      },
      verifiedAt: '2026-06-15T09:00:00Z',
    })
    expect(report.endorsements).toMatchObject([
      { target: 'award', verdict: 'valid', endorser: { name: 'Composites du Lac DÉMO' } },
      { target: 'achievement', verdict: 'valid' },
    ])
  })

  test('is found in a PNG', async () => {
    const png = await sharp({ create: { width: 4, height: 4, channels: 3, background: 'teal' } })
      .png()
      .toBuffer()
    expect(await verify(bakePng(png, JSON.stringify(badge)))).toMatchObject({ verdict: 'valid' })
  })

  test('DI-23 of somebody we don’t know has a good signature and no trust', async () => {
    const report = await verify(badge, lookupsOf({ lists }))
    expect(report).toMatchObject({ verdict: 'valid', trusted: false })
    expect(check(report, 'trust')).toMatchObject({ result: 'unknown', code: 'unknown_issuer' })
  })
})

describe('a badge that is not valid', () => {
  test('says what was changed in the check of its proof, and shows nothing of it', async () => {
    const tampered = structuredClone(badge)
    tampered.credentialSubject.achievement.name = 'Autre chose'
    const report = await verify(tampered)
    expect(report).toMatchObject({ verdict: 'invalid', badge: null, endorsements: [] })
    expect(check(report, 'proof')).toMatchObject({ result: 'fail', code: 'proof' })
  })

  test.each([
    ['TM-02 30 seconds after its end', '2031-06-15T00:00:30Z', 'pass', 'validity'],
    ['TM-02 two minutes after its end', '2031-06-15T00:02:00Z', 'fail', 'expired'],
    ['TM-01 30 seconds before its start', '2026-06-14T23:59:30Z', 'pass', 'validity'],
    ['TM-01 two minutes before its start', '2026-06-14T23:58:00Z', 'fail', 'not_yet_valid'],
  ])('%s: %s', async (_, at, result, code) => {
    const report = await verify(badge, undefined, new Date(at))
    // The proof names an instant too: before it, the proof itself is not in time.
    expect(check(report, 'validity')).toMatchObject({ result, code })
  })

  test('ST-01 was revoked', async () => {
    const revoked = {
      ...lists,
      [SCHOOL_LIST]: await signedList(school, SCHOOL_LIST, { revoked: [94_567] }),
    }
    const report = await verify(badge, lookupsOf({ lists: revoked, known }))
    expect(report.verdict).toBe('invalid')
    expect(check(report, 'status')).toMatchObject({ result: 'fail', code: 'revoked' })
  })

  test('PR-05 a forged second proof makes the whole badge invalid', async () => {
    const forged = { ...badge.proof[0], verificationMethod: company.id }
    expect(await verify({ ...badge, proof: [badge.proof[0], forged] })).toMatchObject({
      verdict: 'invalid',
    })
  })
})

describe('what could not be checked is never green', () => {
  test.each<[string, () => Promise<unknown>, string]>([
    ['ST-02 no answer', async () => undefined, 'status_unavailable'],
    [
      'ST-03 a list that nobody signed',
      async () => ({ ...(await signedList(school, SCHOOL_LIST)), proof: [] }),
      'status_untrusted',
    ],
    [
      'ST-03 a list of another issuer',
      async () => signedList(company, SCHOOL_LIST),
      'status_untrusted',
    ],
    [
      'ST-03 a list with a broken signature',
      async () => ({
        ...(await signedList(school, SCHOOL_LIST)),
        validFrom: '2026-06-14T00:00:00Z',
      }),
      'status_untrusted',
    ],
    [
      'ST-09 a list that is too short',
      async () => signedList(school, SCHOOL_LIST, { entries: 1024 }),
      'status_length',
    ],
    [
      'ST-11 a list out of date',
      async () => signedList(school, SCHOOL_LIST, { validUntil: '2026-06-15T08:00:00Z' }),
      'status_stale',
    ],
  ])('%s', async (_, list, code) => {
    const report = await verify(
      badge,
      lookupsOf({ lists: { ...lists, [SCHOOL_LIST]: await list() }, known }),
    )
    expect(report.verdict).toBe('indeterminate')
    expect(check(report, 'status')).toMatchObject({ result: 'unknown', code })
  })

  test('an unreachable issuer leaves issuer_binding open, and only it', async () => {
    const report = await verify(await ofWebIssuer(), lookupsOf({ lists }))
    expect(report.verdict).toBe('indeterminate')
    expect(check(report, 'proof')).toMatchObject({ result: 'pass' })
    expect(check(report, 'issuer_binding')).toMatchObject({
      result: 'unknown',
      code: 'issuer_unreachable',
    })
  })

  test('a withdrawn endorsement leaves the badge valid, and is said', async () => {
    const withdrawn = {
      ...lists,
      [COMPANY_LIST]: await signedList(company, COMPANY_LIST, { revoked: [11] }),
    }
    const report = await verify(badge, lookupsOf({ lists: withdrawn, known }))
    expect(report.verdict).toBe('valid')
    expect(check(report, 'endorsements')).toMatchObject({ result: 'fail' })
    expect(report.endorsements[0]).toMatchObject({ verdict: 'invalid' })
  })
})

const WEB = 'did:web:lycee.example'
const webSchool = signerOf('web school', WEB)
const listed = {
  id: webSchool.id,
  controller: WEB,
  publicKeyMultibase: webSchool.publicKeyMultibase,
}

async function ofWebIssuer(): Promise<unknown> {
  const values = badgeValues({ issuer: { id: WEB, name: 'Lycée DÉMO' } })
  const prepared = await prepareCredential(buildBadge(values), expected({ issuer: WEB }))
  return JSON.parse(await signCredential(prepared, webSchool, AWARDED))
}

describe('the issuer stands by the key', () => {
  const binding = async (keys: Record<string, any>) =>
    check(await verify(await ofWebIssuer(), lookupsOf({ lists, keys })), 'issuer_binding')

  test('that its own document lists', async () => {
    expect(await binding({ [WEB]: { outcome: 'found', value: [listed] } })).toMatchObject({
      result: 'pass',
    })
  })

  test('DI-01, DI-03, DI-04 and by no other', async () => {
    const other = { ...listed, id: `${WEB}#other` }
    expect(await binding({ [WEB]: { outcome: 'found', value: [other] } })).toMatchObject({
      result: 'fail',
      code: 'issuer_binding',
    })
  })

  test('DI-05 of which it is the controller', async () => {
    const foreign = { ...listed, controller: 'did:web:other.example' }
    expect(await binding({ [WEB]: { outcome: 'found', value: [foreign] } })).toMatchObject({
      result: 'fail',
      code: 'issuer_binding',
    })
  })

  test('ED-11 that it had not revoked before', async () => {
    const revoked = { ...listed, revoked: '2026-06-01T00:00:00Z' }
    expect(await binding({ [WEB]: { outcome: 'found', value: [revoked] } })).toMatchObject({
      result: 'fail',
      code: 'key_revoked',
    })
  })

  test('DI-21 an issuer of a kind that we can’t ask stays open', async () => {
    expect(await binding({ [WEB]: { outcome: 'unsupported' } })).toMatchObject({
      result: 'unknown',
      code: 'issuer_method_unsupported',
    })
  })
})

describe('a token (VC-JWT)', () => {
  const tokenOf = async (status?: object) => {
    const { publicKey, privateKey } = await generateKeyPair('RS256', { extractable: true })
    const { '@context': context, ...badge } = buildBadge(
      badgeValues({ issuer: { id: WEB, name: 'Lycée DÉMO' } }),
    )
    const credential = { '@context': context, ...badge, credentialStatus: undefined, ...status }
    const token = await new SignJWT(
      JSON.parse(JSON.stringify({ ...credential, ...claimsOf(credential) })),
    )
      .setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid: `${WEB}#rsa` })
      .setIssuedAt(Math.floor(AWARDED.getTime() / 1000))
      .sign(privateKey)
    const key = { id: `${WEB}#rsa`, controller: WEB, publicKeyJwk: await exportJWK(publicKey) }
    return { token, key }
  }
  const keysOf = (key: object) => ({ [WEB]: { outcome: 'found', value: [key] } as never })

  test('is valid when the issuer lists its key', async () => {
    const { token, key } = await tokenOf()
    expect(await verify(Buffer.from(token), lookupsOf({ keys: keysOf(key) }))).toMatchObject({
      verdict: 'valid',
      format: 'vc-jwt',
    })
  })

  test.each([
    ['ED-11 was revoked before', { revoked: '2026-06-01T00:00:00Z' }],
    ['had expired before', { expires: '2026-06-01T00:00:00Z' }],
    ['DI-05 belongs to another', { controller: 'did:web:other.example' }],
  ])('is invalid when its key %s', async (_, change) => {
    const { token, key } = await tokenOf()
    const report = await verify(
      Buffer.from(token),
      lookupsOf({ keys: keysOf({ ...key, ...change }) }),
    )
    expect(report.verdict).toBe('invalid')
    expect(check(report, 'issuer_binding')).toMatchObject({ result: 'fail' })
  })

  test.each(['', ' ', '0x17', '1e1'])(
    'a place in a status list written as “%s” is unknown',
    async (statusListIndex) => {
      const credentialStatus = {
        id: `${SCHOOL_LIST}#0`,
        type: 'BitstringStatusListEntry',
        statusPurpose: 'revocation',
        statusListIndex,
        statusListCredential: SCHOOL_LIST,
      }
      const { token, key } = await tokenOf({ credentialStatus })
      const report = await verify(Buffer.from(token), lookupsOf({ lists, keys: keysOf(key) }))
      expect(check(report, 'status')).toMatchObject({ result: 'unknown' })
    },
  )

  test('JW-04 a key in its header proves nothing', async () => {
    const { token, key } = await tokenOf()
    const stranger = { ...(await tokenOf()).key }
    expect(await verify(Buffer.from(token), lookupsOf({ keys: keysOf(stranger) }))).toMatchObject({
      verdict: 'invalid',
    })
    expect(key.id).toBe(stranger.id)
  })
})

describe('what is no badge', () => {
  test.each([
    ['an empty file', Buffer.alloc(0)],
    ['a text', Buffer.from('bonjour')],
    ['a PDF', Buffer.from('%PDF-1.7')],
    ['a page', Buffer.from('<html></html>')],
    ['JW-01 a token without a signature', Buffer.from('eyJhbGciOiJub25lIn0.e30.')],
    ['a broken PNG', Buffer.from('89504e470d0a1a0a00000000', 'hex')],
  ])('%s is invalid, with words', async (_, input) => {
    const report = await verify(input)
    expect(report.verdict).toBe('invalid')
    expect(report.checks.every(({ message }) => message.length > 5)).toBe(true)
  })
})
