import { crc32, inflateSync } from 'node:zlib'
import { LIMITS } from './limits.js'

const SIGNATURE = Buffer.from('89504e470d0a1a0a', 'hex')
/** Open Badges 3.0, section 5.3. */
const KEYWORD = 'openbadgecredential'
/** Open Badges 2.0 and older. */
const OLD_KEYWORD = 'openbadges'

/** A picture of 2 MiB in pieces of 8 KiB has 256; without a bound, empty ones would cost a fifth of a second. */
const MAX_CHUNKS = 2_048

type Chunk = Readonly<{ type: string; data: Buffer }>
export type Unbaked =
  | Readonly<{ kind: 'credential' | 'older'; text: string }>
  | Readonly<{ kind: 'none' | 'ambiguous' | 'png' }>

export function isPng(bytes: Uint8Array): boolean {
  return bytes.length >= 8 && SIGNATURE.equals(bytes.subarray(0, 8))
}

/**
 * Puts a badge into a PNG: one uncompressed iTXt chunk, before the pixels, where every reader
 * finds it. A badge that was there already, of either generation, is replaced.
 *
 * @throws {RangeError} for bytes that are no sound PNG
 */
export function bakePng(png: Uint8Array, text: string): Buffer {
  const chunks = readChunks(png)
  if (!chunks) throw new RangeError('This is not a sound PNG.')
  const kept = chunks.filter((chunk) => !isBadgeText(chunk))
  const at = kept.findIndex(({ type }) => type === 'IDAT')
  const baked = [...kept.slice(0, at), { type: 'iTXt', data: toText(text) }, ...kept.slice(at)]
  return Buffer.concat([SIGNATURE, ...baked.map(writeChunk)])
}

/** Takes the badge out of a PNG. More than one is ambiguous: two readers could see two badges. */
export function unbakePng(png: Uint8Array): Unbaked {
  const chunks = png.length > LIMITS.imageBytes ? undefined : readChunks(png)
  if (!chunks) return { kind: 'png' }
  const found = chunks.filter((chunk) => isBadgeText(chunk))
  const current = found.filter((chunk) => keywordOf(chunk) === KEYWORD)
  const [first] = current.length > 0 ? current : found
  if (!first) return { kind: hidesBadgeBehind(png, chunks) ? 'png' : 'none' }
  if (current.length > 1 || (current.length === 0 && found.length > 1)) return { kind: 'ambiguous' }
  const text = textOf(first)
  if (text === undefined) return { kind: 'png' }
  return { kind: keywordOf(first) === KEYWORD ? 'credential' : 'older', text }
}

/** A badge after the end of the picture: some readers would find it there, so it is not "none". */
function hidesBadgeBehind(png: Uint8Array, chunks: readonly Chunk[]): boolean {
  const end = chunks.reduce((at, { data }) => at + 12 + data.length, SIGNATURE.length)
  return Buffer.from(png.subarray(end)).includes(KEYWORD)
}

/** @returns undefined unless every length, order and checksum is right, from the first byte to the last chunk */
function readChunks(bytes: Uint8Array): Chunk[] | undefined {
  const png = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (!isPng(png)) return undefined
  const chunks: Chunk[] = []
  for (let at = 8; at + 12 <= png.length && chunks.length < MAX_CHUNKS;) {
    const length = png.readUInt32BE(at)
    const end = at + 12 + length
    if (length > LIMITS.imageBytes || end > png.length) return undefined
    if (crc32(png.subarray(at + 4, end - 4)) !== png.readUInt32BE(end - 4)) return undefined
    chunks.push({
      type: png.toString('latin1', at + 4, at + 8),
      data: png.subarray(at + 8, end - 4),
    })
    at = end
    // What follows the end of the picture belongs to nobody: it is not read and not kept.
    if (chunks.at(-1)?.type === 'IEND') return isSound(chunks) ? chunks : undefined
  }
  return undefined
}

/** 16 megapixels: a badge is a small picture. */
const MAX_PIXELS = 16 * 1024 * 1024

function isSound(chunks: readonly Chunk[]): boolean {
  const [header] = chunks
  if (header?.type !== 'IHDR' || header.data.length !== 13) return false
  if (!chunks.some(({ type }) => type === 'IDAT')) return false
  const pixels = header.data.readUInt32BE(0) * header.data.readUInt32BE(4)
  return pixels > 0 && pixels <= MAX_PIXELS
}

function writeChunk({ type, data }: Chunk): Buffer {
  const chunk = Buffer.alloc(12 + data.length)
  chunk.writeUInt32BE(data.length, 0)
  chunk.write(type, 4, 'latin1')
  data.copy(chunk, 8)
  chunk.writeUInt32BE(crc32(chunk.subarray(4, 8 + data.length)), 8 + data.length)
  return chunk
}

/** keyword, not compressed, no language, no translated keyword, UTF-8 text */
function toText(text: string): Buffer {
  return Buffer.concat([Buffer.from(`${KEYWORD}\0\0\0\0\0`, 'latin1'), Buffer.from(text, 'utf8')])
}

function isBadgeText(chunk: Chunk): boolean {
  if (chunk.type !== 'iTXt' && chunk.type !== 'tEXt') return false
  return [KEYWORD, OLD_KEYWORD].includes(keywordOf(chunk))
}

function keywordOf({ data }: Chunk): string {
  const end = data.subarray(0, 80).indexOf(0)
  return data.toString('latin1', 0, end === -1 ? 0 : end)
}

/** @returns undefined for a text that can't be read, or that inflates to too much */
function textOf(chunk: Chunk): string | undefined {
  const { data } = chunk
  const afterKeyword = keywordOf(chunk).length + 1
  if (chunk.type === 'tEXt') return data.toString('latin1', afterKeyword)
  const compressed = data[afterKeyword]
  const afterLanguage = data.indexOf(0, afterKeyword + 2) + 1
  const afterTranslated = data.indexOf(0, afterLanguage) + 1
  if (afterLanguage === 0 || afterTranslated === 0) return undefined
  const bytes = data.subarray(afterTranslated)
  try {
    const plain =
      compressed === 1 ? inflateSync(bytes, { maxOutputLength: LIMITS.imageTextBytes }) : bytes
    if (plain.length > LIMITS.imageTextBytes) return undefined
    return new TextDecoder('utf-8', { fatal: true }).decode(plain)
  } catch {
    return undefined
  }
}
