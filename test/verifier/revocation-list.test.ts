import { describe, expect, test } from 'vitest'
import { buildBadge } from '../../src/credential/build-credential.js'
import { OB_EXTENSIONS } from '../../src/credential/contexts.js'
import type { Report } from '../../src/verifier/report.js'
import { verifyBadge } from '../../src/verifier/verify-badge.js'
import { AWARDED, BADGE_ID, badgeValues, school } from '../support/badges.js'
import { lookupsOf } from '../support/lookups.js'
import { signAnything } from '../support/raw-signature.js'

type Json = Record<string, any>
const URL = 'https://sceau.example/revoked/1'
const list = (changes: Json = {}): Json => ({
  id: URL,
  issuer: school.did,
  revokedCredential: [],
  ...changes,
})

/** A badge of an issuer that uses the older kind of list, and what the verifier says with this one at hand. */
async function reportWith(document: unknown, change: (badge: Json) => void = () => undefined) {
  const badge = structuredClone(buildBadge(badgeValues())) as Json
  badge['@context'].push(OB_EXTENSIONS)
  badge.credentialStatus = { id: URL, type: '1EdTechRevocationList' }
  change(badge)
  const signed = await signAnything(badge, school)
  return verifyBadge(Buffer.from(JSON.stringify(signed)), {
    lookups: lookupsOf({ documents: { [URL]: document } }),
    now: AWARDED,
    language: 'en',
  })
}
const statusOf = ({ checks }: Report) => checks.find(({ name }) => name === 'status')

describe('a 1EdTechRevocationList', () => {
  test.each<[string, Json]>([
    ['names nobody', {}],
    ['names another badge', { revokedCredential: [{ id: 'urn:uuid:other', revoked: true }] }],
    [
      'says that the badge is revoked no more',
      { revokedCredential: [{ id: BADGE_ID, revoked: false }] },
    ],
    [
      'is written in the plural',
      { revokedCredential: undefined, revokedCredentials: ['urn:uuid:x'] },
    ],
    ['has its issuer as an object', { issuer: { id: school.did, type: ['Profile'] } }],
    ['has no name of its own', { id: undefined }],
  ])('that %s clears a badge', async (_, changes) => {
    const report = await reportWith(list(changes))
    expect(statusOf(report)).toMatchObject({ result: 'pass', code: 'status' })
    expect(report.verdict).toBe('valid')
  })

  test.each<[string, Json]>([
    ['its id', { revokedCredential: [{ id: BADGE_ID, revoked: true, revocationReason: 'x' }] }],
    ['its id alone', { revokedCredential: [{ id: BADGE_ID }] }],
    ['its id, escaped', { revokedCredential: [{ id: ` ${BADGE_ID.replaceAll(':', '%3A')}` }] }],
    ['its id as a text', { revokedCredential: [BADGE_ID] }],
    [
      'its id in the plural',
      { revokedCredential: undefined, revokedCredentials: [{ id: BADGE_ID }] },
    ],
    [
      'its id, though it calls itself another’s',
      { issuer: 'did:web:evil.example', revokedCredential: [BADGE_ID] },
    ],
  ])('ST-01 that holds %s revokes a badge', async (_, changes) => {
    const report = await reportWith(list(changes))
    expect(statusOf(report)).toMatchObject({ result: 'fail', code: 'revoked' })
    expect(report.verdict).toBe('invalid')
  })

  test.each<[string, unknown, string]>([
    ['that can’t be read', undefined, 'status_unavailable'],
    ['that is gone', 'gone', 'status_unavailable'],
    ['of another issuer', list({ issuer: 'did:web:evil.example' }), 'status_untrusted'],
    ['of nobody', list({ issuer: undefined }), 'status_untrusted'],
    ['of another address', list({ id: `${URL}2` }), 'status_untrusted'],
    ['that lists nothing', list({ revokedCredential: undefined }), 'status_untrusted'],
    [
      'with an entry that can’t be read',
      list({ revokedCredential: [{ id: 1 }] }),
      'status_untrusted',
    ],
    ['with a doubt', list({ revokedCredential: [{ id: 'x', revoked: 'no' }] }), 'status_untrusted'],
    ['that is none', [], 'status_untrusted'],
  ])('ST-02, ST-03 one %s leaves it open', async (_, document, code) => {
    const report = await reportWith(document)
    expect(statusOf(report)).toMatchObject({ result: 'unknown', code })
    expect(report.verdict).toBe('indeterminate')
  })

  test('a badge without an id can’t be looked up', async () => {
    const report = await reportWith(list(), (badge) => delete badge.id)
    expect(statusOf(report)).toMatchObject({ result: 'unknown', code: 'status_range' })
  })

  test('an address without https proves nothing', async () => {
    const report = await reportWith(list(), (badge) => {
      badge.credentialStatus.id = URL.replace('https', 'http')
    })
    expect(statusOf(report)).toMatchObject({ result: 'unknown', code: 'status_unsupported' })
  })

  test('without the vocabulary of the extensions its name means nothing: the signature can’t cover it', async () => {
    const signed = await signAnything(buildBadge(badgeValues()), school)
    signed.credentialStatus = { id: URL, type: '1EdTechRevocationList' }
    const report = await verifyBadge(Buffer.from(JSON.stringify(signed)), {
      lookups: lookupsOf({ documents: { [URL]: list() } }),
      now: AWARDED,
      language: 'en',
    })
    expect(report.verdict).toBe('invalid')
    const proof = report.checks.find(({ name }) => name === 'proof')
    expect(proof).toMatchObject({ result: 'fail', code: 'undefined_term' })
  })
})
