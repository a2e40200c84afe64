import { describe, expect, test } from 'vitest'
import { checkProofs } from '../../src/credential/check-proof.js'
import { toInstant } from '../../src/credential/instant.js'
import { canonizeGenerally } from '../../src/credential/canonical.js'

describe('the dates of a proof (Data Integrity, 2.1)', () => {
  const now = new Date('2026-11-24T11:00:00Z')
  const codeOf = async (dates: object) => {
    const proof = {
      type: 'DataIntegrityProof',
      cryptosuite: 'eddsa-rdfc-2022',
      proofPurpose: 'assertionMethod',
      verificationMethod: 'did:key:z',
      proofValue: 'z1',
      ...dates,
    }
    const [result] = await checkProofs({ proof }, () => undefined, now, {
      canonize: canonizeGenerally,
    })
    return result?.code
  }

  test('without an offset they are UTC, wherever the service runs', async () => {
    const zone = process.env.TZ
    try {
      for (const place of ['Pacific/Kiritimati', 'Pacific/Pago_Pago', 'UTC']) {
        process.env.TZ = place
        expect(await codeOf({ created: '2026-11-24T11:02:00' })).toBe('proof_time')
        expect(await codeOf({ created: '2026-11-24T10:59:00' })).toBe('proof')
        expect(await codeOf({ expires: '2026-11-24T10:58:00' })).toBe('proof_time')
        expect(await codeOf({ expires: '2026-11-24T11:01:00' })).toBe('proof')
      }
    } finally {
      if (zone === undefined) delete process.env.TZ
      else process.env.TZ = zone
    }
  })

  test('what is no instant is no date of a proof', async () => {
    for (const created of ['invalidDate', '2026-11-24', '24 Nov 2026', '2026-02-30T00:00:00Z', 5])
      expect(await codeOf({ created })).toBe('proof_time')
    for (const expires of ['invalidDate', '2030-01-01', null])
      expect(await codeOf({ expires })).toBe('proof_time')
  })
})

test.each<[string, number]>([
  ['2026-11-24T11:00:00Z', Date.UTC(2026, 10, 24, 11)],
  ['2026-11-24T11:00:00', Date.UTC(2026, 10, 24, 11)],
  ['2026-11-24T11:00:00.25+01:00', Date.UTC(2026, 10, 24, 10, 0, 0, 250)],
  ['2024-02-29T00:00:00Z', Date.UTC(2024, 1, 29)],
  ['2026-12-31T23:59:59Z', Date.UTC(2026, 11, 31, 23, 59, 59)],
  ...[
    '2026-02-29',
    '2026-02-30',
    '2026-04-31',
    '2026-00-10',
    '2026-13-10',
    '2026-10-00',
    '2026-10-32',
  ].map((day): [string, number] => [`${day}T00:00:00Z`, NaN]),
])('%s is the instant %s', (text, instant) => {
  expect(toInstant(text)).toBe(instant)
})
