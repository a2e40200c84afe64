import { deflateRawSync, inflateRawSync } from 'node:zlib'

/** For texts of some kilobytes that become some hundred bytes: tables that fit, and no 16 kB of room for each answer. */
const SMALL = { windowBits: 14, memLevel: 6, chunkSize: 1_024 } as const

/**
 * Text in few bytes (raw DEFLATE, RFC 1951): what stands in the common text, too, takes a few bits.
 *
 * @param common what texts of its kind have in common; the same is needed to read it again
 */
export function pack(text: string, common: string | undefined): Uint8Array {
  return deflateRawSync(text, { ...SMALL, level: 6, dictionary: dictionaryOf(common) })
}

/** @throws {Error} for bytes that are damaged */
export function unpack(bytes: Uint8Array, common: string | undefined): string {
  return inflateRawSync(bytes, { dictionary: dictionaryOf(common) }).toString()
}

function dictionaryOf(common = ''): Buffer | undefined {
  return common === '' ? undefined : Buffer.from(common)
}
