import canonicalize from 'canonicalize'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { toJcs } from '../../src/credential/jcs.js'
import { fullBadge } from '../support/full-badge.js'

describe('JCS', () => {
  test('RFC 8785 section 3.2.3: keys in the order of UTF-16, numbers as JavaScript writes them', () => {
    const value = {
      '\u20ac': 'Euro Sign',
      '\r': 'Carriage Return',
      '\ufb33': 'Hebrew Letter Dalet With Dagesh',
      '1': 'One',
      '\ud83d\ude00': 'Emoji: Grinning Face',
      '\u0080': 'Control',
      '\u00f6': 'Latin Small Letter O With Diaeresis',
    }
    expect(Object.keys(JSON.parse(toJcs(value)) as object)[0]).toBe('1')
    expect([...toJcs(value).matchAll(/"([^"]+)":/g)].map(([, key]) => key)).toEqual([
      '\\r',
      '1',
      '\u0080',
      '\u00f6',
      '\u20ac',
      '\ud83d\ude00',
      '\ufb33',
    ])
    expect(toJcs([333333333.33333329, 1e30, 4.5, 2e-3, 1e-27, -0])).toBe(
      '[333333333.3333333,1e+30,4.5,0.002,1e-27,0]',
    )
  })

  test('writes a badge as the library does', () => {
    expect(toJcs(fullBadge())).toBe(canonicalize(fullBadge()))
  })

  test('writes every value as the library does, or refuses it as it does', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: 'grapheme' }),
      fc.constantFrom(
        '__proto__',
        'toJSON',
        'constructor',
        '0',
        '10',
        '9',
        '01',
        '-1',
        '\ud800',
        '',
      ),
    )
    const leaf = fc.oneof(
      text,
      fc.double(),
      fc.boolean(),
      fc.constantFrom(null, undefined, NaN, 1e21, -0, new Date(0), Object(1n) as object),
    )
    const value = fc.letrec((tie) => ({
      any: fc.oneof({ maxDepth: 5 }, leaf, fc.array(tie('any')), fc.dictionary(text, tie('any'))),
    })).any
    fc.assert(
      fc.property(value, (one) => {
        expect(outcomeOf(() => toJcs(one))).toEqual(outcomeOf(() => canonicalize(one)))
      }),
      { numRuns: 3_000 },
    )
  })

  test('is not overwhelmed by depth', () => {
    let deep: unknown = 1
    for (let n = 0; n < 20_000; n++) deep = [deep]
    expect(toJcs(deep)).toHaveLength(40_001)
  })
})

/** What is written; or that it is refused, in whatever words. */
function outcomeOf(write: () => string | undefined): string {
  try {
    return write() ?? 'refused'
  } catch {
    return 'refused'
  }
}
