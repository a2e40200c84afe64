import { beforeAll, describe, expect, test } from 'vitest'
import type { Lookups } from '../../../src/verifier/lookups.js'
import { AWARDED, signedEndorsement } from '../../support/badges.js'
import { lookupsOf } from '../../support/lookups.js'
import { signAnything } from '../../support/raw-signature.js'
import {
  checkOf,
  faultsOf,
  freshBadge,
  LIST,
  listOf,
  POSITION,
  reportOn,
} from '../../support/fresh.js'

type Json = Record<string, any>
type Made = Awaited<ReturnType<typeof freshBadge>>

let genuine: Made
let asked: string[]
beforeAll(async () => {
  genuine = await freshBadge()
})

/** Answers with the badge's own list, and remembers who was asked for what. */
const watched = ({ lists }: Pick<Made, 'lists'>): Lookups => {
  const inner = lookupsOf({ lists })
  asked = []
  return {
    ...inner,
    issuerKeys: (id) => (asked.push(id), inner.issuerKeys(id)),
    statusList: (url) => (asked.push(url), inner.statusList(url)),
  }
}
const changed = async (change: (badge: Json) => void) => {
  const document = structuredClone(genuine.badge)
  change(document)
  return reportOn(document, watched(genuine))
}

test('the badge that the cases start from is valid', async () => {
  expect(await reportOn(genuine.badge, watched(genuine))).toMatchObject({ verdict: 'valid' })
  expect(asked).toEqual([LIST])
})

describe('contexts', () => {
  test.each([
    ['JL-01 the internal network', 'http://169.254.169.254/latest/meta-data'],
    ['JL-02 somebody else’s server', 'https://attacker.example/ctx.json'],
  ])('%s: indeterminate, and nobody is asked', async (_, context) => {
    const report = await changed((one) => one['@context'].push(context))
    expect(report).toMatchObject({ verdict: 'indeterminate', badge: null })
    expect(checkOf(report, 'context')).toMatchObject({ result: 'unknown', code: 'unknown_context' })
    expect(asked).toEqual([])
  })

  test('JL-03 an inline vocabulary and a term in it: not valid, and not shown', async () => {
    const report = await changed((one) => {
      one['@context'].push({ '@vocab': 'urn:x:' })
      one.mention = 'Très bien'
    })
    expect(report.verdict).toBe('invalid')
    expect(JSON.stringify(report)).not.toContain('Très bien')
  })

  test('JL-04 a protected term defined anew', async () => {
    const report = await changed((one) =>
      one['@context'].push({ name: 'https://schema.org/description' }),
    )
    expect(report.verdict).toBe('invalid')
    expect(faultsOf(report)).toEqual(['context:context'])
  })

  test('JL-06 in reverse', async () => {
    const report = await changed((one) => one['@context'].reverse())
    expect(report.verdict).not.toBe('valid')
    expect(faultsOf(report)).toEqual(['context:context'])
  })

  test('JL-11 a context inside the subject', async () => {
    const report = await changed((one) => (one.credentialSubject['@context'] = { mention: null }))
    expect(report.verdict).toBe('invalid')
    expect(faultsOf(report)).toEqual(['structure:structure'])
  })

  test.each<[string, unknown]>([
    ['an object', { '@vocab': 'urn:x:' }],
    ['a text', 'https://www.w3.org/ns/credentials/v2'],
    ['missing', undefined],
    ['an empty list', []],
  ])('JL-12 that are %s', async (_, context) => {
    const report = await changed((one) => {
      one['@context'] = context
    })
    expect(report.verdict).toBe('invalid')
    expect(faultsOf(report)).toEqual(['structure:structure'])
  })
})

describe('terms and types that nothing defines', () => {
  test.each<[string, (one: Json) => unknown]>([
    ['JL-13 at the top', (one) => (one.mention = 'Très bien')],
    ['JL-14 in the achievement', (one) => (one.credentialSubject.achievement.mention = 'x')],
    ['JL-14 in a piece of evidence', (one) => (one.evidence[0].mention = 'x')],
    ['JL-14 in the proof', (one) => (one.proof[0].mention = 'x')],
    ['JL-17 a relative type', (one) => one.type.push('MinistereCredential')],
  ])('%s', async (_, change) => {
    const report = await changed(change)
    expect(report).toMatchObject({ verdict: 'invalid', badge: null })
    expect(faultsOf(report)).toEqual(['structure:undefined_term'])
  })
})

describe('what re-shapes a badge', () => {
  test.each<[string, (one: Json) => unknown]>([
    ['JL-18 a key like a keyword', (one) => (one['@mention'] = 'x')],
    [
      'JL-19 a node that floats',
      (one) => (one['@included'] = [{ id: 'did:web:education.example' }]),
    ],
    ['JL-32 its end date in a list', (one) => (one.validUntil = [one.validUntil])],
    [
      'JL-32 its end date as a value object',
      (one) => (one.validUntil = { '@value': one.validUntil }),
    ],
    [
      'JL-33 a second subject',
      (one) => (one.credentialSubject = [one.credentialSubject, { id: 'urn:x:2' }]),
    ],
    [
      'JL-34 a subject with id and @id',
      (one) => (one.credentialSubject['@id'] = 'urn:uuid:another'),
    ],
  ])('%s', async (_, change) => {
    const report = await changed(change)
    expect(report).toMatchObject({ verdict: 'invalid', badge: null })
    expect(faultsOf(report)).toEqual(['structure:structure'])
  })

  test('JL-23 an expired badge whose end is hidden behind an alias of @nest', async () => {
    const { badge, lists } = await freshBadge((one) => (one.validUntil = '2026-06-15T01:00:00Z'))
    expect(faultsOf(await reportOn(badge, lookupsOf({ lists })))).toEqual(['validity:expired'])
    const { validUntil, ...open } = badge
    const document = {
      ...open,
      '@context': [...open['@context'], { wrap: '@nest' }],
      wrap: { validUntil },
    }
    expect((await reportOn(document, lookupsOf({ lists }))).verdict).toBe('invalid')
  })

  test('JL-24 a revoked badge whose status is hidden in @nest', async () => {
    const { badge, signer } = await freshBadge()
    const lists = { [LIST]: await listOf(signer, [POSITION]) }
    expect(faultsOf(await reportOn(badge, lookupsOf({ lists })))).toEqual(['status:revoked'])
    const { credentialStatus, ...open } = badge
    const report = await reportOn({ ...open, '@nest': { credentialStatus } }, lookupsOf({ lists }))
    expect(report.verdict).toBe('invalid')
    expect(faultsOf(report)).toEqual(['structure:structure'])
  })

  test('JL-28 a badge wrapped in @graph', async () => {
    const { '@context': context, ...rest } = genuine.badge
    const wrapped = await reportOn({ '@context': context, '@graph': [rest] }, watched(genuine))
    expect(wrapped.verdict).toBe('invalid')
    expect(faultsOf(wrapped)).toEqual(['structure:structure'])
    const beside = await changed((one) => (one['@graph'] = []))
    expect(faultsOf(beside)).toEqual(['structure:structure'])
  })

  test('JL-31 an issuer reduced to its id, its profile moved to the creator', async () => {
    const report = await changed((one) => {
      one.credentialSubject.achievement.creator = one.issuer
      one.issuer = one.issuer.id
    })
    expect(report).toMatchObject({ verdict: 'invalid', badge: null })
  })
})

describe('who and what a badge is', () => {
  test('JL-35 without an identifier it may be good, and the report says so', async () => {
    const { badge, lists } = await freshBadge((one) => delete one.id)
    const report = await reportOn(badge, lookupsOf({ lists }))
    expect(report).toMatchObject({ verdict: 'valid', badge: { id: null } })
    expect(report.warnings).toMatchObject([{ code: 'no_identifier' }])
  })

  test('JL-37 awarded to oneself: a good signature, a warning, no trust', async () => {
    const { badge, lists } = await freshBadge((one) => (one.credentialSubject.id = one.issuer.id))
    const report = await reportOn(badge, lookupsOf({ lists }))
    expect(report).toMatchObject({ verdict: 'valid', trusted: false })
    expect(report.warnings).toMatchObject([{ code: 'self_asserted' }])
    expect(checkOf(report, 'trust')).toMatchObject({ result: 'unknown' })
  })

  test('JL-39 a plain credential is no badge', async () => {
    const { badge, lists } = await freshBadge((one) => (one.type = ['VerifiableCredential']))
    const report = await reportOn(badge, lookupsOf({ lists }))
    expect(report.verdict).toBe('invalid')
    expect(faultsOf(report)).toEqual(['type:type'])
  })

  test.each<[string, () => Promise<unknown>]>([
    ['an endorsement', () => signedEndorsement()],
    ['a status list', () => listOf(genuine.signer)],
  ])('JL-40 %s is no badge', async (_, made) => {
    const report = await reportOn(await made(), watched(genuine))
    expect(report).toMatchObject({ verdict: 'invalid', badge: null })
    expect(faultsOf(report)).toEqual(['type:type'])
  })

  test('a badge that says of itself that it is signed twice the same way is signed', async () => {
    const again = await signAnything(genuine.badge, genuine.signer, {
      created: '2026-06-15T08:00:00Z',
    })
    const proof = [...genuine.badge.proof, ...again.proof]
    const report = await reportOn({ ...genuine.badge, proof }, watched(genuine), AWARDED)
    expect(report.verdict).toBe('valid')
  })
})
