import { beforeAll, describe, expect, test } from 'vitest'
import { sha256 } from '../../src/credential/digest.js'
import type { Lookups } from '../../src/verifier/lookups.js'
import {
  FORM,
  knows,
  NONE,
  plain,
  refreshing,
  REST,
  said,
  SERVICE,
  verify,
} from '../support/quick-badges.js'
import { KEY, proofOf, signed, signer, stranger, WEB } from '../support/quick-lists.js'

type Json = Record<string, any>
let good: Json
beforeAll(async () => {
  good = await signed(plain())
})

describe('a good badge', () => {
  test('passes each check, and is shown', async () => {
    const { report, asked } = await verify(good)
    const decisive = ['pass:proof', 'pass:issuer_binding', 'pass:validity', 'pass:status']
    expect(said(report)).toEqual([...FORM, ...decisive, ...REST, 'unknown:unknown_issuer'])
    expect(report).toMatchObject({
      verdict: 'valid',
      trusted: false,
      format: 'data-integrity',
      badge: { id: good.id, issuer: { id: WEB, name: 'Lycée DÉMO' } },
      warnings: [],
      endorsements: [],
    })
    expect(report.summary).toContain('we don’t know who issued it')
    expect(report.checks.map(({ message }) => message).slice(0, 4)).toEqual([
      'We can read this kind of badge.',
      'The badge has the form that it should.',
      'The vocabulary of the badge is known.',
      'This is an Open Badge.',
    ])
    expect(asked.toSorted()).toEqual(['keys', 'keys', 'knows', 'list'])
  })

  test('of somebody known is trusted, in the language of the reader', async () => {
    const { report } = await verify(good, { knows, language: 'fr' })
    expect(report).toMatchObject({ verdict: 'valid', trusted: true })
    expect(report.summary).toContain('nous savons qui')
    expect(report.checks[0]?.message).toContain('Nous savons lire')
  })

  test('is dated by the second, and knows what was handed in', async () => {
    const { report } = await verify(good, { now: new Date('2026-06-15T09:00:00.987Z') })
    expect(report.verifiedAt).toBe('2026-06-15T09:00:00Z')
    expect(report.digest).toBe(`sha256:${sha256(JSON.stringify(good)).toString('hex')}`)
    expect(report.engine).not.toBe('')
  })

  test('has the keys of its issuer asked for by the name of its key, whatever its form', async () => {
    const named: unknown[] = []
    const issuerKeys: Lookups['issuerKeys'] = async (...args) => {
      named.push(args)
      return { outcome: 'found', value: [KEY] }
    }
    const [proof] = good.proof
    for (const one of [good.proof, proof, [proof, { ...proof, verificationMethod: 'x' }]]) {
      named.length = 0
      await verify({ ...good, proof: one }, { issuerKeys })
      expect(named[0]).toEqual([WEB, signer.id])
    }
  })
})

describe('a badge that is not proven', () => {
  test('is not shown, and nobody is asked but for its key', async () => {
    const { report, asked } = await verify({ ...good, name: 'Autre' }, { knows })
    const decisive = ['fail:proof', NONE, 'pass:validity', NONE]
    const rest = ['not_applicable:refresh', 'not_applicable:schema', 'not_applicable:endorsements']
    expect(said(report).slice(0, 11)).toEqual([...FORM, ...decisive, ...rest])
    expect(report).toMatchObject({
      verdict: 'invalid',
      trusted: false,
      badge: null,
      endorsements: [],
      warnings: [],
    })
    expect(asked).toEqual(['keys'])
  })

  test('is open while only its issuer could show the key', async () => {
    const issuerKeys = async () => ({ outcome: 'unreachable' }) as const
    const method = { verificationMethod: `${WEB}#key-1` }
    const bare = await signed(plain(), method)
    const { report } = await verify(bare, { issuerKeys })
    expect(said(report).slice(4, 8)).toEqual([
      'unknown:proof',
      'unknown:issuer_unreachable',
      'pass:validity',
      NONE,
    ])
    expect(report).toMatchObject({ verdict: 'indeterminate', badge: null })
    expect(report.checks[4]?.message).toContain('only the issuer can show the key')
    const changed = await verify({ ...good, name: 'Autre' }, { issuerKeys })
    expect(said(changed.report)[4]).toBe('fail:proof')
    const late = await signed(plain(), { ...method, expires: '2026-01-01T00:00:00Z' })
    expect(said((await verify(late, { issuerKeys })).report)[4]).toBe('fail:proof_time')
    const foreign = await signed(plain(), { verificationMethod: 'did:web:other.example#key-1' })
    expect(said((await verify(foreign, { issuerKeys })).report).slice(4, 6)).toEqual([
      'fail:proof',
      'fail:issuer_binding',
    ])
    expect(said((await verify(bare)).report).slice(4, 6)).toEqual([
      'fail:proof',
      'fail:issuer_binding',
    ])
  })

  test('nor bound: its signature is good, its maker unknown, and no other address is asked', async () => {
    const document = await signed(refreshing(), { verificationMethod: stranger.id }, stranger)
    const { report, asked } = await verify(document, { knows, documents: { [SERVICE]: document } })
    expect(said(report).slice(4, 6)).toEqual(['pass:proof', 'fail:issuer_binding'])
    expect(report).toMatchObject({ verdict: 'invalid', trusted: false })
    expect(report.badge).not.toBeNull()
    expect(said(report)[8]).toBe(NONE)
    expect(asked).not.toContain('document')
  })
})

describe('several signatures', () => {
  const both = async (options: Json, by = signer, shown = plain()) => ({
    ...shown,
    proof: [await proofOf(shown), await proofOf(shown, options, by)],
  })
  const outcome = async (document: Json, changes: Parameters<typeof verify>[1] = {}) =>
    said((await verify(document, changes)).report).slice(4, 6)

  test('must all be good, and all the issuer’s', async () => {
    const made = { created: '2026-06-15T08:30:00Z' }
    expect(await outcome(await both(made))).toEqual(['pass:proof', 'pass:issuer_binding'])
    const ofStranger = await both({ verificationMethod: stranger.id }, stranger)
    expect(await outcome(ofStranger)).toEqual(['pass:proof', 'fail:issuer_binding'])
    expect(await outcome(await both(made, stranger))).toEqual(['fail:proof', NONE])
    const [first, second] = (await both(made, stranger)).proof as [Json, Json]
    expect(await outcome({ ...plain(), proof: [second, first] })).toEqual(['fail:proof', NONE])
  })

  test('count by the time of each, when a key has an end', async () => {
    const issuerKeys = async () =>
      ({ outcome: 'found', value: [{ ...KEY, expires: '2026-06-15T08:15:00Z' }] }) as const
    expect(await outcome(await both({ created: '2026-06-15T08:10:00Z' }), { issuerKeys })).toEqual([
      'pass:proof',
      'pass:issuer_binding',
    ])
    expect(await outcome(await both({ created: '2026-06-15T08:30:00Z' }), { issuerKeys })).toEqual([
      'pass:proof',
      'fail:key_retired',
    ])
    const revoked = async () =>
      ({ outcome: 'found', value: [{ ...KEY, revoked: '2026-06-15T08:45:00Z' }] }) as const
    const { report } = await verify(good, { issuerKeys: revoked })
    expect(said(report).slice(4, 6)).toEqual(['pass:proof', 'unknown:key_revoked_later'])
    expect(report.warnings).toMatchObject([{ code: 'key_revoked_later' }])
  })

  test('one that can’t be tried leaves it open; one that is bad does not', async () => {
    const away = { issuerKeys: async () => ({ outcome: 'unreachable' }) as const }
    const untried = { verificationMethod: `${WEB}#key-1` }
    expect(await outcome(await both(untried), away)).toEqual([
      'unknown:proof',
      'unknown:issuer_unreachable',
    ])
    const three = await both(untried)
    const bad = { ...three.proof[0], created: '2026-06-15T08:00:01Z' }
    expect(await outcome({ ...three, proof: [...three.proof, bad] }, away)).toEqual([
      'fail:proof',
      'unknown:issuer_unreachable',
    ])
  })
})
