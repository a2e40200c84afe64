import { expect, test } from 'vitest'
import { digitCodeFingerprint, newDigitCode } from '../../src/people/digit-codes.js'
import { openWorld } from '../support/world.js'

const bytes = (number: bigint) => ({
  randomBytes: () => Buffer.from(number.toString(16).padStart(12, '0'), 'hex'),
})

test.each([
  [0n, '0000 0000'],
  [12_345_678n, '1234 5678'],
  [100_000_007n, '0000 0007'],
])('a code of %s is eight digits, spaced: %s', (number, code) => {
  expect(newDigitCode(bytes(number))).toBe(code)
})

test('a code is known however it is spaced, of its own link and kind alone', async () => {
  const { vault } = await openWorld()
  const print = (
    linkId: string,
    code: string,
    of: 'company-code' | 'guardian-code' = 'company-code',
  ) => digitCodeFingerprint({ vault }, of, { linkId, code })
  const kept = print('one', '1234 5678')
  expect(print('one', ' 12345678')).toBe(kept)
  expect(print('one', '1234 5679')).not.toBe(kept)
  expect(print('other', '1234 5678')).not.toBe(kept)
  expect(print('one', '1234 5678', 'guardian-code')).not.toBe(kept)
})
