import { gunzipSync, gzipSync } from 'node:zlib'
import { Lately } from './lately.js'
import { LIMITS } from './limits.js'

/** The least number of entries of a list: a small list would tell who is meant. */
export const MIN_ENTRIES = 131_072

/** The entries of a list as `u` + base64url of gzip, with the bits of `positions` set. */
export function encodeStatusList(entries: number, positions: readonly number[]): string {
  const bits = new Uint8Array(entries / 8)
  for (const position of positions) {
    if (position < 0 || position >= entries)
      throw new RangeError(`position ${position} of ${entries}`)
    const at = position >> 3
    bits[at] = (bits[at] ?? 0) | (0x80 >> (position & 7))
  }
  return `u${gzipSync(bits).toString('base64url')}`
}

/** Bits of lists met lately, of the usual length: a megabyte in all at most. */
const USUAL_BYTES = 64 * 1024
const bitsLately = new Lately<Uint8Array>(16)

/** The bits of a list, not to be changed; a code for one that can't be believed. */
export function decodeStatusList(
  encoded: string,
): Uint8Array | 'status_untrusted' | 'status_length' {
  const known = bitsLately.get(encoded)
  if (known) return known
  const bits = inflate(encoded)
  if (typeof bits === 'object' && bits.length <= USUAL_BYTES) bitsLately.set(encoded, bits)
  return bits
}

function inflate(encoded: string): Uint8Array | 'status_untrusted' | 'status_length' {
  // A few publishers leave the multibase letter out; gzip begins with H4s in base64url.
  if (!/^u?H4s[A-Za-z0-9_-]*$/.test(encoded)) return 'status_untrusted'
  const gzipped = Buffer.from(encoded.replace(/^u/, ''), 'base64url')
  try {
    const bits = gunzipSync(gzipped, { maxOutputLength: LIMITS.statusListBytes })
    return bits.length * 8 < MIN_ENTRIES ? 'status_length' : bits
  } catch {
    return 'status_untrusted'
  }
}

/**
 * The value of an entry: its bit, or the number that its bits make, the first of them the greatest.
 *
 * @param size bits of an entry, 1 to 32
 * @returns undefined for a position outside the list
 */
export function valueAt(bits: Uint8Array, position: number, size = 1): number | undefined {
  const start = position * size
  if (position < 0 || start + size > bits.length * 8) return undefined
  let value = 0
  for (let at = start; at < start + size; at++)
    value = value * 2 + ((((bits[at >> 3] ?? 0) << (at & 7)) & 0x80) >> 7)
  return value
}
