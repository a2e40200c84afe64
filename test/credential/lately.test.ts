import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { Lately } from '../../src/credential/lately.js'
import { decodeStatusList, encodeStatusList, valueAt } from '../../src/credential/status-list.js'

const ENTRIES = 131_072
const pack = (bits: Uint8Array) => `u${gzipSync(bits).toString('base64url')}`

test('what was made lately is kept by its name, and by no other', () => {
  const lately = new Lately<string>(2)
  expect(lately.get('a')).toBeUndefined()
  lately.set('a', 'A')
  expect(lately.get('a')).toBe('A')
  for (const other of ['A', 'a ', '', '__proto__', 'constructor'])
    expect(lately.get(other), other).toBeUndefined()
  lately.set('a', 'B')
  expect(lately.get('a')).toBe('B')
})

test('what was unasked for longest makes room, and not before there is too much', () => {
  const lately = new Lately<number>(2)
  lately.set('a', 1)
  lately.set('b', 2)
  expect([lately.get('b'), lately.get('a')]).toEqual([2, 1])
  lately.set('c', 3)
  expect(['a', 'b', 'c'].map((key) => lately.get(key))).toEqual([1, undefined, 3])
  lately.set('a', 4)
  lately.set('d', 5)
  expect(['a', 'c', 'd'].map((key) => lately.get(key))).toEqual([4, undefined, 5])
})

describe('bits of a list that were met lately', () => {
  const usual = (...set: number[]) => encodeStatusList(ENTRIES, set)

  test('are not read again, and are never those of another list', () => {
    const first = decodeStatusList(usual(1))
    expect(decodeStatusList(usual(1))).toBe(first)
    const other = decodeStatusList(usual(2))
    expect(other).not.toBe(first)
    if (typeof first === 'string' || typeof other === 'string') throw new Error('two lists')
    expect([1, 2].map((at) => [valueAt(first, at), valueAt(other, at)])).toEqual([
      [1, 0],
      [0, 1],
    ])
    // Two spellings of one list have the same bits, each read for itself.
    expect(decodeStatusList(usual(1).slice(1))).toEqual(first)
    for (const near of [`${usual(1)}!`, ` ${usual(1)}`, usual(1).slice(0, -9)])
      expect(decodeStatusList(near)).toBe('status_untrusted')
  })

  test('are forgotten after sixteen others, and not for what is no list, or too long a one', () => {
    const kept = decodeStatusList(usual(1))
    const large = pack(new Uint8Array(64 * 1024 + 1))
    const largest = pack(new Uint8Array(64 * 1024))
    expect(decodeStatusList(large)).not.toBe(decodeStatusList(large))
    expect(decodeStatusList(largest)).toBe(decodeStatusList(largest))
    for (let n = 0; n < 20; n++) {
      expect(decodeStatusList(`u${n}`)).toBe('status_untrusted')
      expect(decodeStatusList(pack(new Uint8Array(n)))).toBe('status_length')
    }
    expect(decodeStatusList(usual(1))).toBe(kept)
    for (let n = 0; n < 16; n++) decodeStatusList(usual(100 + n))
    expect(decodeStatusList(usual(1))).not.toBe(kept)
    expect(decodeStatusList(usual(1))).toEqual(kept)
  })
})
