import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { decodeStatusList, encodeStatusList, valueAt } from '../../src/credential/status-list.js'

/** Whether the one bit at a place is set. */
const bitAt = (bits: Uint8Array, position: number) => {
  const value = valueAt(bits, position, 1)
  return value === undefined ? undefined : value === 1
}
const ENTRIES = 131_072
const pack = (bits: Uint8Array) => `u${gzipSync(bits).toString('base64url')}`

test('a bit is set where it was set, and nowhere else', () => {
  const set = [0, 1, 7, 8, 9, 4_095, ENTRIES - 1]
  const bits = decodeStatusList(encodeStatusList(ENTRIES, set))
  if (typeof bits === 'string') throw new Error(bits)
  const found = Array.from({ length: ENTRIES }, (_, at) => at).filter((at) => bitAt(bits, at))
  expect(found).toEqual(set)
  expect(bits[0]).toBe(0b11000001)
  expect(bits[1]).toBe(0b11000000)
  expect(bits.at(-1)).toBe(1)
})

test('a place outside the list is none, on either side', () => {
  const bits = new Uint8Array(2).fill(255)
  expect([bitAt(bits, -1), bitAt(bits, 16)]).toEqual([undefined, undefined])
  expect([bitAt(bits, 0), bitAt(bits, 15)]).toEqual([true, true])
  for (const position of [-1, ENTRIES])
    expect(() => encodeStatusList(ENTRIES, [position])).toThrow(
      new RangeError(`position ${position} of ${ENTRIES}`),
    )
})

test('a list is believed from 131,072 entries on, up to 4 MiB of them', () => {
  expect(decodeStatusList(pack(new Uint8Array(ENTRIES / 8)))).toHaveLength(ENTRIES / 8)
  expect(decodeStatusList(pack(new Uint8Array(ENTRIES / 8 - 1)))).toBe('status_length')
  expect(decodeStatusList(pack(new Uint8Array(4 << 20)))).toHaveLength(4 << 20)
  expect(decodeStatusList(pack(new Uint8Array((4 << 20) + 1)))).toBe('status_untrusted')
})

test('the multibase letter may be missing; nothing else may be', () => {
  const list = encodeStatusList(ENTRIES, [])
  expect(decodeStatusList(list.slice(1))).toHaveLength(ENTRIES / 8)
  for (const other of [
    `x${list}`,
    `uu${list.slice(1)}`,
    `${list}=`,
    `${list} `,
    ` ${list.slice(1)}`,
    list.slice(0, -9),
  ])
    expect(decodeStatusList(other)).toBe('status_untrusted')
  // A letter u further on is content.
  const withU = Array.from({ length: 99 }, (_, at) => encodeStatusList(ENTRIES, [at * 8])).find(
    (one) => one.lastIndexOf('u') > 0,
  )
  if (withU === undefined) throw new Error('no list with this letter')
  expect(decodeStatusList(withU.slice(1))).toEqual(decodeStatusList(withU))
})

test('an entry of several bits is the number that they make', () => {
  const bits = Uint8Array.from([0b10_11_01_00, 0b1111_0001])
  expect([0, 1, 2, 3, 4].map((at) => valueAt(bits, at, 2))).toEqual([2, 3, 1, 0, 3])
  expect([0, 1, 2, 3, 4].map((at) => valueAt(bits, at, 4))).toEqual([11, 4, 15, 1, undefined])
  expect([0, 4, 5].map((at) => valueAt(bits, at, 3))).toEqual([5, 0, undefined])
  expect(valueAt(bits, 0, 16)).toBe(0b10110100_11110001)
})

test('a list of the usual length is unpacked once, a longer or a wrong one each time', () => {
  const [usual, longer] = [
    encodeStatusList(64 * 1024 * 8, [5]),
    encodeStatusList(64 * 1024 * 8 + 8, [5]),
  ]
  const first = decodeStatusList(usual)
  expect(decodeStatusList(usual)).toBe(first)
  expect(decodeStatusList(longer)).not.toBe(decodeStatusList(longer))
  // Wrong ones take no place from it.
  for (let bytes = 1; bytes < 32; bytes++) decodeStatusList(pack(new Uint8Array(bytes)))
  expect(decodeStatusList(usual)).toBe(first)
})
