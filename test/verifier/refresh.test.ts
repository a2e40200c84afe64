import { beforeAll, describe, expect, test } from 'vitest'
import { buildBadge } from '../../src/credential/build-credential.js'
import { OB_EXTENSIONS } from '../../src/credential/contexts.js'
import { OFFLINE, type Lookups } from '../../src/verifier/lookups.js'
import type { Report } from '../../src/verifier/report.js'
import { verifyBadge } from '../../src/verifier/verify-badge.js'
import { AWARDED, badgeValues, company, LISTS, school } from '../support/badges.js'
import { lookupsOf, signedList } from '../support/lookups.js'
import { signAnything } from '../support/raw-signature.js'

type Json = Record<string, any>
const SERVICE = 'https://sceau.example/refresh/1'

/** A badge with a refresh service, changed before it is signed. */
function badgeWith(
  change: (badge: Json) => void = () => undefined,
  signer = school,
): Promise<Json> {
  const badge = structuredClone(buildBadge(badgeValues())) as Json
  badge['@context'].push(OB_EXTENSIONS)
  badge.refreshService = { id: SERVICE, type: '1EdTechCredentialRefresh' }
  change(badge)
  return signAnything(badge, signer)
}
const later = (badge: Json) => {
  badge.validFrom = '2026-06-15T08:00:00Z'
  badge.name = 'Version suivante'
}

let badge: Json
let lists: Json
beforeAll(async () => {
  badge = await badgeWith()
  lists = { [LISTS.school]: await signedList(school, LISTS.school, { revoked: [13] }) }
})

const asked: string[] = []
async function verify(answer: unknown, document: unknown = badge): Promise<Report> {
  asked.length = 0
  const lookups = lookupsOf({ lists, documents: { [SERVICE]: answer } })
  const counted: Lookups = {
    ...lookups,
    document: (url, accept) => {
      asked.push(url)
      return lookups.document(url, accept)
    },
  }
  return verifyBadge(Buffer.from(JSON.stringify(document)), {
    lookups: counted,
    now: AWARDED,
    language: 'en',
  })
}
const refreshOf = ({ checks }: Report) => checks.find(({ name }) => name === 'refresh')
const warned = ({ warnings }: Report) => warnings.map(({ code }) => code)

describe('the refresh service of a good badge', () => {
  test('has the same badge, however it is signed', async () => {
    const again = await badgeWith(undefined, company)
    for (const answer of [badge, again]) {
      const report = await verify(answer)
      expect(refreshOf(report)).toMatchObject({ result: 'pass', code: 'refreshed_same' })
      expect(report).toMatchObject({ verdict: 'valid', warnings: [] })
    }
  })

  test('has a newer one: it is told of, and the one that was given stays', async () => {
    const report = await verify(await badgeWith(later))
    expect(refreshOf(report)).toMatchObject({ result: 'unknown', code: 'newer_exists' })
    expect(report).toMatchObject({ verdict: 'valid', badge: { validFrom: badge.validFrom } })
    expect(warned(report)).toEqual(['newer_exists'])
    expect(JSON.stringify(report)).not.toContain('Version suivante')
  })

  test('is asked once, whatever its answer asks for', async () => {
    await verify(await badgeWith(later))
    expect(asked).toEqual([SERVICE])
  })

  test.each<[string, (one: Json) => void, string, string]>([
    [
      'was revoked',
      (one) => (one.credentialStatus = { ...one.credentialStatus, statusListIndex: '13' }),
      'fail',
      'refreshed_revoked',
    ],
    [
      'has expired',
      (one) => (one.validUntil = '2026-06-15T08:30:00Z'),
      'fail',
      'refreshed_invalid',
    ],
    ['is older', (one) => (one.validFrom = '2026-06-14T00:00:00Z'), 'unknown', 'refreshed_older'],
    [
      'has a status that can’t be read',
      (one) => (one.credentialStatus.statusListCredential = 'https://sceau.example/status/x'),
      'unknown',
      'refresh_unproven',
    ],
    ['is another', (one) => (one.id = 'urn:uuid:other'), 'unknown', 'refresh_other'],
    ['is another issuer’s', (one) => (one.issuer = company.did), 'unknown', 'refresh_other'],
  ])('has one that %s: the verdict stays', async (_, change, result, code) => {
    const answer = await badgeWith((one) => {
      later(one)
      change(one)
    })
    const report = await verify(answer)
    expect(refreshOf(report)).toMatchObject({ result, code })
    expect(report.verdict).toBe('valid')
    expect(warned(report)).toEqual(result === 'fail' ? [code] : [])
  })

  test('has one that somebody else signed: nothing is told of it', async () => {
    const report = await verify(await badgeWith(later, company))
    expect(refreshOf(report)).toMatchObject({ result: 'unknown', code: 'refresh_unproven' })
    expect(report).toMatchObject({ verdict: 'valid', warnings: [] })
  })

  test.each<[string, unknown]>([
    ['nothing', undefined],
    ['nothing any more', 'gone'],
    ['a text', 'hello'],
    ['a list', []],
  ])('has %s: that is all that is said', async (_, answer) => {
    const report = await verify(answer)
    expect(refreshOf(report)).toMatchObject({ result: 'unknown', code: 'refresh_unavailable' })
    expect(report).toMatchObject({ verdict: 'valid', warnings: [] })
  })

  test('that is not behind https is not asked', async () => {
    const insecure = await badgeWith((one) => (one.refreshService.id = 'http://sceau.example/1'))
    expect(refreshOf(await verify(badge, insecure))).toMatchObject({ code: 'refresh_unavailable' })
    expect(asked).toEqual([])
  })
})

describe('a badge whose refresh service is not asked', () => {
  test('has none', async () => {
    const plain = await badgeWith((one) => delete one.refreshService)
    expect(refreshOf(await verify(badge, plain))).toMatchObject({ result: 'not_applicable' })
  })

  test('is changed, or of nobody who stands by its key', async () => {
    const changed = { ...badge, name: 'Autre' }
    const forged = await badgeWith((one) => (one.issuer.id = 'did:web:lycee.example'))
    for (const document of [changed, forged]) {
      expect((await verify(badge, document)).verdict).not.toBe('valid')
      expect(asked).toEqual([])
    }
  })

  test('offline it is open', async () => {
    const report = await verifyBadge(Buffer.from(JSON.stringify(badge)), {
      lookups: OFFLINE,
      now: AWARDED,
      language: 'en',
    })
    expect(refreshOf(report)).toMatchObject({ result: 'unknown' })
  })
})
