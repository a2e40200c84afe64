import { expect, describe, test } from 'vitest'
import type { Fetched, Outside } from '../../../src/context.js'
import { OFFLINE } from '../../../src/verifier/lookups.js'
import { outsideLookups } from '../../../src/verifier/outside-lookups.js'
import {
  badgeClass,
  checkOf,
  CLASS,
  HOSTED,
  hosted,
  ISSUER,
  profile,
  served,
  signed,
  toToken,
  verifyOlder,
} from '../../support/older.js'

type Json = Record<string, any>
const with_ = (changes: Json) => ({ documents: served(changes) })
const EVIL = 'https://evil.example'

describe('a hosted badge of Open Badges 2.0', () => {
  test('is valid when its issuer shows the same one, and told apart as older', async () => {
    const report = await verifyOlder(hosted())
    expect(report).toMatchObject({
      verdict: 'valid',
      trusted: false,
      format: 'ob2-hosted',
      summary: 'A server confirms this badge, but we don’t know who issued it.',
      warnings: [{ code: 'older_standard' }],
      endorsements: [],
      badge: {
        id: HOSTED,
        name: 'Souder à l’arc',
        description: 'Souder deux tôles bord à bord.',
        criteria: 'Trois soudures **sans défaut**.',
        image: `${CLASS}.png`,
        issuer: { id: ISSUER, name: 'Club DÉMO des soudeurs', domain: 'badges.example' },
        validFrom: '2020-03-01T10:00Z',
        validUntil: null,
        recipient: { id: null },
      },
    })
    expect(checkOf(report, 'proof')).toMatchObject({ result: 'pass', code: 'hosted' })
  })

  test('is trusted when its issuer is known', async () => {
    const known = { [ISSUER]: 'Académie DÉMO' }
    expect(await verifyOlder(hosted(), { known })).toMatchObject({
      verdict: 'valid',
      trusted: true,
    })
  })

  test('offline it is open, and shows nothing', async () => {
    const report = await verifyOlder(hosted(), { lookups: OFFLINE })
    expect(report).toMatchObject({ verdict: 'indeterminate', badge: null })
    expect(checkOf(report, 'proof')).toMatchObject({
      result: 'unknown',
      code: 'hosted_unreachable',
    })
  })

  test('has its class and issuer inside, and the issuer’s own page counts', async () => {
    const lie = profile({ name: 'Ministère', verification: { allowedOrigins: 'evil.example' } })
    const inside = hosted({ badge: badgeClass({ issuer: lie }) })
    const report = await verifyOlder(inside, with_({ [HOSTED]: inside }))
    expect(report).toMatchObject({
      verdict: 'valid',
      badge: { issuer: { name: 'Club DÉMO des soudeurs' } },
    })
    const elsewhere = { ...inside, id: `${EVIL}/1` }
    const forged = await verifyOlder(elsewhere, with_({ [`${EVIL}/1`]: elsewhere }))
    expect(forged).toMatchObject({ verdict: 'invalid', badge: null })
    expect(checkOf(forged, 'issuer_binding')).toMatchObject({ result: 'fail' })
  })

  test.each<[string, Json]>([
    [
      'recipient',
      { recipient: { type: 'email', hashed: true, salt: 'sel', identity: 'sha256$b' } },
    ],
    ['class', { badge: `${CLASS}2` }],
    ['date of issue', { issuedOn: '2021-03-01T10:00Z' }],
    ['end date', { expires: '2030-01-01T00:00:00Z' }],
    ['class, brought along under another name', { badge: badgeClass({ name: 'Ingénieur' }) }],
    ['class, of another issuer', { badge: badgeClass({ issuer: `${EVIL}/issuer` }) }],
  ])('is invalid with another %s than the issuer shows', async (_, changes) => {
    const report = await verifyOlder(hosted(changes))
    expect(report).toMatchObject({ verdict: 'invalid', badge: null })
    expect(checkOf(report, 'proof')).toMatchObject({ result: 'fail', code: 'hosted_differs' })
  })

  test('may be written a little differently, with fields of others, and shows none of them', async () => {
    const report = await verifyOlder(
      hosted({
        issuedOn: '2020-03-01T11:00:00+01:00',
        evidence: 'https://elsewhere.example/work',
        mention: 'Très bien',
        badge: badgeClass({ description: 'Words of before.' }),
      }),
    )
    expect(report.verdict).toBe('valid')
    expect(JSON.stringify(report)).not.toMatch(/Très bien|Words of before/)
  })

  test.each<[string, unknown, string, string]>([
    ['answers 410', 'gone', 'status', 'revoked'],
    ['says so', { id: HOSTED, revoked: true }, 'status', 'revoked'],
    ['says so in full', hosted({ revoked: true }), 'status', 'revoked'],
    ['answers 404', 'missing', 'proof', 'hosted_missing'],
    ['shows something else', { hello: 'world' }, 'proof', 'hosted_differs'],
    ['shows a signed one', signed({ id: HOSTED }), 'proof', 'hosted_differs'],
    ['shows a badge of another name', hosted({ id: `${HOSTED}2` }), 'proof', 'hosted_differs'],
  ])('is invalid when its server %s', async (_, answer, check, code) => {
    const report = await verifyOlder(hosted(), with_({ [HOSTED]: answer }))
    expect(report).toMatchObject({ verdict: 'invalid', badge: null })
    expect(checkOf(report, check as 'proof')).toMatchObject({ result: 'fail', code })
  })

  test.each<[string, Json, Json | undefined]>([
    ['the class can’t be read', { [CLASS]: undefined }, undefined],
    ['the issuer can’t be read', { [ISSUER]: undefined }, undefined],
    ['the issuer’s page is gone', { [ISSUER]: 'missing' }, undefined],
    ['the issuer has no address', { [CLASS]: badgeClass({ issuer: 'urn:uuid:1' }) }, undefined],
  ])('is open when %s', async (_, changes) => {
    const report = await verifyOlder(hosted(), with_(changes))
    expect(report).toMatchObject({ verdict: 'indeterminate', badge: null })
    expect(checkOf(report, 'issuer_binding')).toMatchObject({ result: 'unknown' })
  })

  test.each<[string, Json]>([
    ['the issuer’s page is another’s', { [ISSUER]: profile({ id: `${ISSUER}2` }) }],
    ['the issuer has no name', { [ISSUER]: profile({ name: undefined }) }],
    ['the class has no criteria', { [CLASS]: badgeClass({ criteria: undefined }) }],
    ['the class is an issuer', { [CLASS]: profile({ id: CLASS }) }],
  ])('is invalid when %s', async (_, changes) => {
    const documents = JSON.parse(JSON.stringify(served(changes))) as Json
    expect(await verifyOlder(hosted(), { documents })).toMatchObject({
      verdict: 'invalid',
      badge: null,
    })
  })

  test('is invalid when its class stands at a stranger’s', async () => {
    const badge = `${EVIL}/class`
    const one = hosted({ badge })
    const documents = served({ [HOSTED]: one, [badge]: badgeClass({ id: badge }) })
    const report = await verifyOlder(one, { documents })
    expect(checkOf(report, 'issuer_binding')).toMatchObject({ result: 'fail' })
  })

  test('TM-02 has a date after which it counts no more', async () => {
    const old = hosted({ expires: '2026-06-15T08:58Z' })
    const report = await verifyOlder(old, with_({ [HOSTED]: old }))
    expect(report.verdict).toBe('invalid')
    expect(checkOf(report, 'validity')).toMatchObject({ code: 'expired' })
    const future = hosted({ issuedOn: '2026-06-15T09:02:00Z' })
    const early = await verifyOlder(future, with_({ [HOSTED]: future }))
    expect(checkOf(early, 'validity')).toMatchObject({ code: 'not_yet_valid' })
  })

  test('with endorsements it says that they were not looked at', async () => {
    const endorsed = badgeClass({ endorsement: `${EVIL}/endorsement` })
    const report = await verifyOlder(hosted(), with_({ [CLASS]: endorsed }))
    expect(report).toMatchObject({ verdict: 'valid', endorsements: [] })
    expect(checkOf(report, 'endorsements')).toMatchObject({
      result: 'unknown',
      code: 'ob2_endorsements',
    })
  })
})

describe('where an issuer may host', () => {
  const at = async (id: string, verification: unknown) => {
    const one = hosted({ id })
    const changes = { [id]: one, [ISSUER]: profile(verification ? { verification } : {}) }
    return checkOf(await verifyOlder(one, with_(changes)), 'issuer_binding')?.result
  }

  test.each<[string, unknown, string]>([
    ['https://other.example/1', { allowedOrigins: 'other.example' }, 'pass'],
    ['https://other.example/1', { allowedOrigins: 'third.example' }, 'fail'],
    ['https://other.example/1', { allowedOrigins: ['badges.example', 'other.example'] }, 'pass'],
    ['https://badges.example/club/1', { startsWith: 'https://badges.example/club/' }, 'pass'],
    ['https://badges.example/other/1', { startsWith: 'https://badges.example/club/' }, 'fail'],
    [
      'https://badges.example/club/..%2Fother/1',
      { startsWith: 'https://badges.example/club/' },
      'fail',
    ],
    ['https://badges.example.evil.example/1', { startsWith: ['https://badges.example'] }, 'fail'],
    ['https://badges.example:444/1', undefined, 'fail'],
  ])('%s with %j: %s', async (id, verification, result) => {
    expect(await at(id, verification)).toBe(result)
  })
})

describe('what is asked of others', () => {
  /** An internet in which every page is where it should be. */
  function internet(): Outside & { asked: string[] } {
    const asked: string[] = []
    return {
      asked,
      fetchText: async (url): Promise<Fetched> => {
        asked.push(url)
        const page: unknown = served()[url]
        return page === undefined
          ? { outcome: 'missing', reason: '410' }
          : {
              outcome: 'found',
              body: Buffer.from(JSON.stringify(page)),
              contentType: 'application/ld+json',
            }
      },
    }
  }

  test('is the badge, its class, its issuer: once each, over https alone', async () => {
    const outside = internet()
    const report = await verifyOlder(hosted(), { lookups: outsideLookups(outside) })
    expect(report.verdict).toBe('valid')
    expect(outside.asked).toEqual([HOSTED, CLASS, ISSUER])
  })

  test('an http name is looked for at the same place over https', async () => {
    const insecure = hosted({ id: HOSTED.replace('https', 'http') })
    expect(await verifyOlder(insecure, with_({ [HOSTED]: insecure }))).toMatchObject({
      verdict: 'valid',
    })
  })

  test('a compact JWS is taken where one was asked for, and JSON in a page is none', async () => {
    const page = (body: string, contentType: string): Outside => ({
      fetchText: async () => ({ outcome: 'found', body: Buffer.from(body), contentType }),
    })
    const ask = (outside: Outside, accept: string) =>
      outsideLookups(outside).document('https://badges.example/1', accept)
    const token = toToken(signed())
    const jwt = page(`${token}\n`, 'text/plain')
    expect(await ask(jwt, 'application/vc+jwt')).toEqual({ outcome: 'found', value: token })
    expect(await ask(jwt, 'application/json')).toEqual({ outcome: 'unreachable' })
    const html = page('{}', 'text/html')
    expect(await ask(html, 'application/json')).toEqual({ outcome: 'unreachable' })
  })

  test('HTTP 410 is a withdrawal', async () => {
    const report = await verifyOlder(hosted({ id: 'https://badges.example/gone' }), {
      lookups: outsideLookups(internet()),
    })
    expect(checkOf(report, 'status')).toMatchObject({ code: 'revoked' })
  })
})
