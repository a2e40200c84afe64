import { describe, expect, test } from 'vitest'
import { toInstant } from '../../src/credential/instant.js'
import { checkValidity } from '../../src/verifier/check-validity.js'

const NOW = new Date('2026-06-15T09:00:00Z')
const at = (seconds: number) => new Date(NOW.getTime() + seconds * 1000).toISOString()
const codeOf = (dates: object) => checkValidity(dates as Record<string, unknown>, NOW)

describe('an instant', () => {
  test.each<[unknown, string | undefined]>([
    ['2026-06-15T09:00:00Z', '2026-06-15T09:00:00.000Z'],
    ['2026-06-15T09:00:00', '2026-06-15T09:00:00.000Z'],
    ['2026-06-15T09:00:00.25Z', '2026-06-15T09:00:00.250Z'],
    ['2026-06-15T11:00:00+02:00', '2026-06-15T09:00:00.000Z'],
    ['2026-06-15T04:30:00.5-04:30', '2026-06-15T09:00:00.500Z'],
    ['2028-02-29T00:00:00Z', '2028-02-29T00:00:00.000Z'],
  ])('%j is %s', (text, instant) => {
    expect(new Date(toInstant(text) ?? NaN).toISOString()).toBe(instant)
  })

  test.each([
    '2026-02-30T00:00:00Z',
    '2026-02-29T00:00:00Z',
    '2026-13-01T00:00:00Z',
    '2026-06-15',
    '2026-06-15T09:00Z',
    '2026-06-15T25:00:00Z',
    '2026-06-15T09:00:00.Z',
    '2026-06-15T09:00:00+02',
    ' 2026-06-15T09:00:00Z',
    '2026-06-15T09:00:00Z ',
    'x2026-06-15T09:00:00Z',
    '2026-06-15T09:00:00ZZ',
    '026-06-15T09:00:00Z',
    '',
    1_781_514_000,
    null,
    {},
  ])('%j is none', (text) => {
    expect(toInstant(text)).toBeNaN()
  })

  test('nothing is nothing', () => {
    expect(toInstant(undefined)).toBeUndefined()
  })
})

describe('the dates of a credential', () => {
  test.each([
    ['without an end', { validFrom: at(-1) }, 'validity'],
    ['in force', { validFrom: at(-1), validUntil: at(1) }, 'validity'],
    ['of an older model', { issuanceDate: at(-1), expirationDate: at(1) }, 'validity'],
    [
      'of an older model, at its end',
      { issuanceDate: at(-99), expirationDate: at(-61) },
      'expired',
    ],
    ['of an older model, before its start', { issuanceDate: at(61) }, 'not_yet_valid'],
    ['of both models: the newer counts', { validFrom: at(-1), issuanceDate: at(99) }, 'validity'],
    [
      'of both models: the newer end counts',
      { validFrom: at(-99), validUntil: at(-61), expirationDate: at(99) },
      'expired',
    ],
    ['a minute before its start', { validFrom: at(60) }, 'validity'],
    ['more than a minute before it', { validFrom: at(60.001) }, 'not_yet_valid'],
    ['a minute after its end', { validFrom: at(-99), validUntil: at(-60) }, 'validity'],
    ['more than a minute after it', { validFrom: at(-99), validUntil: at(-60.001) }, 'expired'],
    ['for no time at all', { validFrom: at(-1), validUntil: at(-1) }, 'validity'],
    ['that end before they start', { validFrom: at(-1), validUntil: at(-1.001) }, 'dates'],
    ['without a start', { validUntil: at(1) }, 'dates'],
    ['with a start that is none', { validFrom: 'today' }, 'dates'],
    ['with an end that is none', { validFrom: at(-1), validUntil: 'never' }, 'dates'],
  ])('%s', (_, dates, code) => {
    const result = code === 'validity' ? 'pass' : 'fail'
    expect(codeOf(dates)).toMatchObject({ result, code })
  })
})
