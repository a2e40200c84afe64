import { gunzipSync, gzipSync } from 'node:zlib'
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

/** The bits of a list; a code for one that can't be believed. */
export function decodeStatusList(
  encoded: string,
): Uint8Array | 'status_untrusted' | 'status_length' {
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

/** @returns undefined for a position outside the list */
export function bitAt(bits: Uint8Array, position: number): boolean | undefined {
  const byte = bits[position >> 3]
  return byte === undefined || position < 0 ? undefined : (byte & (0x80 >> (position & 7))) !== 0
}
