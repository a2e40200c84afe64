import { generateKeyPairSync } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { OFFLINE } from '../../../src/verifier/lookups.js'
import type { CheckName } from '../../../src/verifier/report.js'
import {
  badgeClass,
  checkOf,
  CLASS,
  hosted,
  ISSUER,
  KEY,
  key,
  LIST,
  list,
  pemOf,
  profile,
  served,
  signed,
  toToken,
  verifyOlder,
} from '../../support/older.js'

type Json = Record<string, any>
const verify = (token: string, changes: Json = {}) =>
  verifyOlder(token, { documents: served(changes) })
const OTHER = 'https://badges.example/keys/2'
const stranger = generateKeyPairSync('rsa', { modulusLength: 2048 })
const weak = generateKeyPairSync('rsa', { modulusLength: 1024 })
const curve = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const good = toToken(signed())

describe('a signed badge of Open Badges 2.0', () => {
  test('is valid when a key of its issuer signed it', async () => {
    const report = await verify(good)
    expect(report).toMatchObject({
      verdict: 'valid',
      trusted: false,
      format: 'ob2-signed',
      warnings: [{ code: 'older_standard' }],
      badge: { name: 'Souder à l’arc', issuer: { id: ISSUER }, recipient: { id: null } },
    })
    expect(checkOf(report, 'proof')).toMatchObject({ result: 'pass', code: 'proof' })
    expect(checkOf(report, 'status')).toMatchObject({ result: 'pass' })
  })

  test('without the name of its key each listed one is tried', async () => {
    const token = toToken(signed({ verification: { type: 'signed' } }))
    const two = { [ISSUER]: profile({ publicKey: [OTHER, key()] }) }
    const pem = pemOf(stranger.publicKey)
    const report = await verify(token, {
      ...two,
      [OTHER]: key({ id: OTHER, publicKeyPem: pem }),
    })
    expect(report.verdict).toBe('valid')
    expect((await verify(token, two)).verdict).toBe('valid')
  })

  test('with a key of a curve it is signed by ES256 alone', async () => {
    const changes = { [KEY]: key({ publicKeyPem: pemOf(curve.publicKey) }) }
    const token = toToken(signed(), curve.privateKey, 'ES256')
    expect((await verify(token, changes)).verdict).toBe('valid')
    expect(checkOf(await verify(good, changes), 'proof')).toMatchObject({ code: 'key_type' })
  })

  test('in an SVG and a PNG it is found by its text', async () => {
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" xmlns:openbadges="http://openbadges.org"><openbadges:assertion verify="${good}"/></svg>`
    expect(await verify(svg)).toMatchObject({ verdict: 'valid', format: 'ob2-signed' })
  })

  test('offline it is open, and shows nothing', async () => {
    const report = await verifyOlder(good, { lookups: OFFLINE })
    expect(report).toMatchObject({ verdict: 'indeterminate', badge: null })
  })

  test.each<[string, Json, CheckName, string]>([
    [
      'its issuer lists no key',
      { [ISSUER]: profile({ publicKey: [] }) },
      'issuer_binding',
      'issuer_binding',
    ],
    [
      'its issuer lists another key',
      { [ISSUER]: profile({ publicKey: OTHER }), [OTHER]: key({ id: OTHER }) },
      'issuer_binding',
      'issuer_binding',
    ],
    [
      'the key says that it is another’s',
      { [KEY]: key({ owner: 'https://evil.example/issuer' }) },
      'issuer_binding',
      'issuer_binding',
    ],
    [
      'the key stands under another name',
      { [KEY]: key({ id: OTHER }) },
      'issuer_binding',
      'issuer_binding',
    ],
    [
      'another key signed',
      { [KEY]: key({ publicKeyPem: pemOf(stranger.publicKey) }) },
      'proof',
      'proof',
    ],
    [
      'its key is weak',
      { [KEY]: key({ publicKeyPem: pemOf(weak.publicKey) }) },
      'proof',
      'weak_key',
    ],
    ['its key is no key', { [KEY]: key({ publicKeyPem: 'PEM' }) }, 'proof', 'key_type'],
    [
      'its key is a private one',
      {
        [KEY]: key({
          publicKeyPem: stranger.privateKey.export({ type: 'pkcs8', format: 'pem' }),
        }),
      },
      'proof',
      'key_type',
    ],
    ['its key has no owner', { [KEY]: { id: KEY, publicKeyPem: 'PEM' } }, 'structure', 'structure'],
    ['it is in the list', { [LIST]: list([signed().id]) }, 'status', 'revoked'],
    [
      'it is in the list, with a reason',
      { [LIST]: list([{ id: signed().id, revocationReason: 'Error' }]) },
      'status',
      'revoked',
    ],
  ])('is invalid when %s', async (_, changes, check, code) => {
    const report = await verify(good, changes)
    expect(report.verdict).toBe('invalid')
    expect(checkOf(report, check)).toMatchObject({ result: 'fail', code })
  })

  test.each<[string, Json, CheckName, string]>([
    ['its key can’t be read', { [KEY]: undefined }, 'proof', 'key_unreachable'],
    ['its class can’t be read', { [CLASS]: undefined }, 'issuer_binding', 'issuer_unreachable'],
    ['its list can’t be read', { [LIST]: undefined }, 'status', 'status_unavailable'],
    ['its list is gone', { [LIST]: 'gone' }, 'status', 'status_unavailable'],
    [
      'its list is another’s',
      { [LIST]: list([], { issuer: 'https://evil.example/' }) },
      'status',
      'status_untrusted',
    ],
    [
      'its list bears another name',
      { [LIST]: list([], { id: `${LIST}2` }) },
      'status',
      'status_untrusted',
    ],
    ['its list is none', { [LIST]: { type: 'RevocationList' } }, 'status', 'status_untrusted'],
  ])('is open when %s', async (_, changes, check, code) => {
    const report = await verify(good, changes)
    expect(report.verdict).toBe('indeterminate')
    expect(checkOf(report, check)).toMatchObject({ result: 'unknown', code })
  })

  test('its list may say that it is revoked no more, name nobody, or not be there', async () => {
    const lists = [list([{ id: signed().id, revoked: false }]), list([], { issuer: undefined })]
    for (const one of lists) {
      const report = await verify(good, { [LIST]: JSON.parse(JSON.stringify(one)) })
      expect(report.verdict).toBe('valid')
    }
    const { revocationList: _, ...without } = profile()
    const report = await verify(good, { [ISSUER]: without })
    expect(report.verdict).toBe('valid')
    expect(checkOf(report, 'status')).toMatchObject({ result: 'not_applicable', code: 'no_status' })
  })

  test('an older one is found in the list by its uid', async () => {
    const token = toToken(signed({ uid: 'abc123' }))
    const report = await verify(token, { [LIST]: list([{ uid: 'abc123' }]) })
    expect(checkOf(report, 'status')).toMatchObject({ code: 'revoked' })
  })

  test('one changed letter breaks it', async () => {
    const [header, payload, signature] = good.split('.')
    const changed = JSON.parse(Buffer.from(payload!, 'base64url').toString()) as Json
    changed.recipient.salt = 'mer'
    const other = Buffer.from(JSON.stringify(changed)).toString('base64url')
    const report = await verify(`${header}.${other}.${signature}`)
    expect(report).toMatchObject({ verdict: 'invalid', badge: null })
    expect(checkOf(report, 'proof')).toMatchObject({ result: 'fail', code: 'proof' })
  })

  test('a class that it brings along is signed with it; one of a stranger’s host is not its issuer’s', async () => {
    const inside = badgeClass({ name: 'Souder sous l’eau' })
    expect(await verify(toToken(signed({ badge: inside })))).toMatchObject({
      verdict: 'valid',
      badge: { name: 'Souder sous l’eau' },
    })
    const badge = 'https://evil.example/class'
    const report = await verify(toToken(signed({ badge })), { [badge]: badgeClass({ id: badge }) })
    expect(checkOf(report, 'issuer_binding')).toMatchObject({ result: 'fail' })
  })

  test('it must say how it is to be verified, and be so', async () => {
    const unsigned = await verifyOlder(signed())
    expect(checkOf(unsigned, 'proof')).toMatchObject({ result: 'fail', code: 'unsigned' })
    const both = await verify(toToken(hosted()))
    expect(checkOf(both, 'structure')).toMatchObject({ result: 'fail' })
    const none = await verify(
      toToken(signed({ alg: 'none' })).replace(/^[^.]+/, 'eyJhbGciOiJub25lIn0'),
    )
    expect(none.verdict).toBe('invalid')
  })
})
