import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readShortCode, toShortCode } from '../../src/verifier/short-code.js'

describe('a short code', () => {
  test('is 40 bits in eight letters that are not taken for each other', () => {
    expect(toShortCode(new Uint8Array(5))).toBe('0000-0000')
    expect(toShortCode(new Uint8Array(5).fill(255))).toBe('ZZZZ-ZZZZ')
    expect(toShortCode(Uint8Array.from([1, 35, 69, 103, 137]))).toBe('04HM-ASW9')
    expect(() => toShortCode(new Uint8Array(4))).toThrow(RangeError)
  })

  test('is read back from whatever was made', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 5, maxLength: 5 }), (bytes) => {
        const code = toShortCode(bytes)
        expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/)
        expect(readShortCode(code.toLowerCase())).toBe(code)
      }),
    )
  })

  test.each(['7K3M-Q01D', '7k3mq01d', ' 7K3M – Q0 1D ', '7K3MQOlD', '7K3M-QOID', '7K3M\u2011Q01D'])(
    'is read as it was typed or heard: %j',
    (typed) => expect(readShortCode(typed)).toBe('7K3M-Q01D'),
  )

  test.each([
    '',
    '7K3M',
    '7K3M-Q01DX',
    '7K3M-Q01U',
    '7K3M_Q01D',
    '７K3M-Q01D',
    'é'.repeat(8),
    ' '.repeat(41),
  ])('is not read from %j', (typed) => expect(readShortCode(typed)).toBeUndefined())
})
