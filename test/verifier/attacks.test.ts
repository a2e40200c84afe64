import { beforeAll, describe, expect, test } from 'vitest'
import { buildBadge } from '../../src/credential/build-credential.js'
import { fromBase58, toBase58 } from '../../src/credential/multibase.js'
import type { CheckName, Report } from '../../src/verifier/report.js'
import { verifyBadge } from '../../src/verifier/verify-badge.js'
import { expectCheap } from '../support/cheap.js'
import { AWARDED, badgeValues, school, signedBadge } from '../support/badges.js'
import { lookupsOf, signedList } from '../support/lookups.js'
import { signAnything } from '../support/raw-signature.js'
import { signerOf } from '../support/signers.js'

type Json = Record<string, any>
const LIST = 'https://sceau.example/status/school-1'

let badge: Json
let lists: Json
beforeAll(async () => {
  badge = await signedBadge()
  lists = { [LIST]: await signedList(school, LIST) }
})

const verify = (document: unknown, keys = {}) =>
  verifyBadge(Buffer.from(typeof document === 'string' ? document : JSON.stringify(document)), {
    lookups: lookupsOf({ lists, keys }),
    now: AWARDED,
    language: 'en',
  })
const check = (report: Report, name: CheckName) => report.checks.find((one) => one.name === name)
/** A badge whose every word its own issuer signed, but for what a test changes before that. */
const signedWith = (change: (badge: Json) => void, options: Json = {}) => {
  const made = structuredClone(buildBadge(badgeValues())) as Json
  change(made)
  return signAnything(made, school, options)
}
const withProof = (changes: Json) => ({ ...badge, proof: [{ ...badge.proof[0], ...changes }] })

describe('a badge re-shaped around a good signature', () => {
  test('JL-04 a protected term defined anew', async () => {
    const document = structuredClone(badge)
    document['@context'].push({ name: 'https://schema.org/description' })
    const report = await verify(document)
    expect(report).toMatchObject({ verdict: 'invalid', badge: null })
    expect(check(report, 'context')).toMatchObject({ result: 'fail', code: 'context' })
  })

  test('JL-12 a context that is a text or an object alone', async () => {
    for (const context of ['https://www.w3.org/ns/credentials/v2', { '@vocab': 'urn:x:' }]) {
      const report = await verify({ ...badge, '@context': context })
      expect(check(report, 'structure')).toMatchObject({ result: 'fail', code: 'structure' })
    }
  })

  test('JL-23 an end date hidden behind an alias of @nest', async () => {
    const { validUntil, ...open } = structuredClone(badge)
    open['@context'].push({ wrap: '@nest' })
    expect(await verify({ ...open, wrap: { validUntil } })).toMatchObject({ verdict: 'invalid' })
  })

  test('JL-31 the issuer’s name moved to another node of its id', async () => {
    const document = structuredClone(badge)
    document.credentialSubject.source = document.issuer
    document.issuer = document.issuer.id
    expect(await verify(document)).toMatchObject({ verdict: 'invalid', badge: null })
  })

  test('JL-35 without an identifier it may be good, and says so', async () => {
    const report = await verify(await signedWith((one) => delete one.id))
    expect(report).toMatchObject({ verdict: 'valid', badge: { id: null } })
    expect(report.warnings).toMatchObject([{ code: 'no_identifier' }])
  })

  test('JL-37 awarded to itself it carries a warning, and no trust', async () => {
    const report = await verify(await signedWith((one) => (one.credentialSubject.id = school.did)))
    expect(report).toMatchObject({ verdict: 'valid', trusted: false })
    expect(report.warnings).toMatchObject([{ code: 'self_asserted' }])
  })

  test('JL-40 a status list is no badge', async () => {
    const report = await verify(lists[LIST])
    expect(report.verdict).toBe('invalid')
    expect(check(report, 'type')).toMatchObject({ result: 'fail', code: 'type' })
  })

  test('IN-05 a name with half a character', async () => {
    const text = JSON.stringify(badge).replace('"name":"', '"name":"\\ud800')
    expect(check(await verify(text), 'format')).toMatchObject({ code: 'unicode' })
  })
})

describe('proofs that are not good', () => {
  const failure = async (document: unknown) => check(await verify(document), 'proof')

  test('PR-08 a chain whose first link is not there', async () => {
    const document = await signedWith(() => undefined)
    document.proof[0].previousProof = 'urn:uuid:missing'
    expect(await verify(document)).toMatchObject({ verdict: 'invalid' })
  })

  test('PR-10 made for signing in', async () => {
    for (const proofPurpose of ['authentication', 'capabilityInvocation']) {
      const document = await signedWith(() => undefined, { proofPurpose })
      expect(await failure(document)).toMatchObject({ result: 'fail', code: 'proof_purpose' })
    }
  })

  test('PR-12 announced as a suite of 2020', async () => {
    const changes = { type: 'Ed25519Signature2020', cryptosuite: undefined }
    expect(await failure(withProof(changes))).toMatchObject({ result: 'fail', code: 'proof' })
  })

  test.each([
    ['63 bytes', `z${toBase58(new Uint8Array(63).fill(7))}`],
    ['65 bytes', `z${toBase58(new Uint8Array(65).fill(7))}`],
    ['no bytes', 'z'],
    ['no text', ''],
    ['letters outside base58', 'z0OIl'],
    ['another base', 'uAAAA'],
    ['PR-16 60,000 letters', `z${'2'.repeat(60_000)}`],
  ])('PR-15 a signature of %s', async (_, proofValue) => {
    const attempt = () => failure(withProof({ proofValue }))
    expect(await attempt()).toMatchObject({ result: 'fail', code: 'proof' })
    await expectCheap(500, attempt)
  })

  test('PR-17 its date removed, or moved by one second', async () => {
    for (const created of [undefined, '2026-06-15T09:00:01Z', '2026-06-15T08:59:59Z'])
      expect(await failure(withProof({ created }))).toMatchObject({ result: 'fail', code: 'proof' })
  })

  test('PR-18 signed in two hours, or good until yesterday', async () => {
    for (const dates of [
      { created: '2026-06-15T11:00:00Z' },
      { expires: '2026-06-14T09:00:00Z' },
      { created: 'yesterday' },
    ]) {
      const document = await signedWith(() => undefined, dates)
      expect(await verify(document)).toMatchObject({ verdict: 'invalid' })
      expect(await failure(document)).toMatchObject({ code: expect.stringMatching(/^proof/) })
    }
  })

  test('PR-22 a domain and a challenge count only as they were signed', async () => {
    const options = { domain: 'https://employer.example', challenge: 'abc' }
    const document = await signedWith(() => undefined, options)
    expect(await verify(document)).toMatchObject({ verdict: 'valid' })
    document.proof[0].challenge = 'abd'
    expect(await failure(document)).toMatchObject({ code: 'proof' })
  })

  test('PR-16 five proofs are too many, four are read', async () => {
    const [good] = badge.proof
    const four = ['1', '2', '3', '4'].map((id) => ({ ...good, id: `urn:uuid:${id}` }))
    expect(check(await verify({ ...badge, proof: [good, ...four] }), 'structure')).toMatchObject({
      code: 'too_large',
    })
    expect(check(await verify({ ...badge, proof: four }), 'proof')).toMatchObject({ code: 'proof' })
  })

  test('ED-03 the same signature with S + L', async () => {
    const bytes = fromBase58(badge.proof[0].proofValue.slice(1), 136)!
    const order = 2n ** 252n + 27742317777372353535851937790883648493n
    let s = order
    for (let at = 0; at < 32; at++) s += BigInt(bytes[32 + at]!) << BigInt(8 * at)
    const malleable = Uint8Array.from(bytes)
    for (let at = 0; at < 32; at++) malleable[32 + at] = Number((s >> BigInt(8 * at)) & 255n)
    const proofValue = `z${toBase58(malleable)}`
    expect(await failure(withProof({ proofValue }))).toMatchObject({
      result: 'fail',
      code: 'proof',
    })
  })

  test('ED-01 a key with which one signature fits every text', async () => {
    const identity = Uint8Array.from([0xed, 0x01, 1, ...Array<number>(31).fill(0)])
    const method = `${school.did}#z${toBase58(identity)}`
    const keys = {
      [school.did]: { outcome: 'found', value: [] },
    }
    const constant = `z${toBase58(Uint8Array.from([1, ...Array<number>(63).fill(0)]))}`
    const document = withProof({ verificationMethod: method, proofValue: constant })
    const report = await verify(document, keys)
    expect(check(report, 'proof')).toMatchObject({ result: 'fail', code: 'weak_key' })
  })
})

describe('dates that are not good', () => {
  test.each([
    ['TM-03 the end before the start', { validUntil: '2026-06-14T00:00:00Z' }, 'dates'],
    ['a day that is none', { validFrom: '2026-02-30T00:00:00Z' }, 'dates'],
    ['a day alone', { validFrom: '2026-06-15' }, 'dates'],
    ['IN-15 a long text', { validFrom: `${'2'.repeat(50_000)}!` }, 'dates'],
    ['no start', { validFrom: undefined }, 'dates'],
  ])('%s', async (_, dates, code) => {
    const document = await signedWith((one) => Object.assign(one, dates))
    const report = await verify(JSON.parse(JSON.stringify(document)))
    expect(check(report, 'validity')).toMatchObject({ result: 'fail', code })
  })

  test('TM-07 a report says as of when it is true', async () => {
    expect(await verify(badge)).toMatchObject({ verifiedAt: '2026-06-15T09:00:00Z' })
  })
})

describe('issuers that are not who they say', () => {
  const WEB = 'did:web:lycee.example'
  const honest = signerOf('honest', WEB)
  const attacker = signerOf('attacker', WEB)
  const keyOf = ({ id, publicKeyMultibase }: typeof honest) => ({
    id,
    controller: WEB,
    publicKeyMultibase,
  })
  const issued = (by: typeof honest, id = WEB) => {
    const made = buildBadge(badgeValues({ issuer: { id, name: 'Lycée DÉMO' } })) as Json
    delete made.credentialStatus
    return signAnything(made, by)
  }

  test('DI-01 a key that the issuer does not list, named as if it did', async () => {
    const keys = { [WEB]: { outcome: 'found', value: [keyOf(honest)] } }
    const report = await verify(await issued(attacker), keys)
    expect(check(report, 'proof')).toMatchObject({ result: 'pass' })
    expect(check(report, 'issuer_binding')).toMatchObject({ result: 'fail' })
    expect(await verify(await issued(honest), keys)).toMatchObject({ verdict: 'valid' })
  })

  test.each([
    'did:web:badge.example%40evil.example',
    'did:web:badge.example:..:..:evil',
    'did:web:badge.example:a::b',
    'did:web:127.0.0.1',
    'did:web:localhost%3A5432',
    'did:web:intranet',
  ])('DI-08, DI-10, DI-11 the name %s is not well formed', async (name) => {
    const signer = signerOf('anyone', name)
    const keys = { [name]: { outcome: 'bad_syntax' } }
    const report = await verify(await issued(signer, name), keys)
    expect(report.verdict).toBe('invalid')
    expect(check(report, 'issuer_binding')).toMatchObject({ result: 'fail', code: 'did_syntax' })
  })

  test('DI-20 a did:key of another key, or in another spelling', async () => {
    const [one, other] = [signerOf('one'), signerOf('other')]
    const method = `${one.did}#${other.publicKeyMultibase}`
    const crossed = await issued({ ...other, id: method }, one.did)
    expect(check(await verify(crossed), 'issuer_binding')).toMatchObject({ result: 'fail' })
    const spelled = `${one.did}?x`
    const respelled = await issued({ ...one, id: `${spelled}#${one.publicKeyMultibase}` }, spelled)
    expect(check(await verify(respelled), 'issuer_binding')).toMatchObject({ code: 'did_syntax' })
  })
})
