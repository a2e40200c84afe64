import type { Entry, ZipFile } from 'yauzl'

/**
 * What one file of a zip holds. No more is inflated than allowed, whatever the zip says of itself.
 *
 * @throws {Error} for a zip that is broken
 */
export async function readEntry(
  zip: ZipFile,
  entry: Entry,
  maxBytes: number,
): Promise<Uint8Array | 'too-large'> {
  if (entry.uncompressedSize > maxBytes) return 'too-large'
  const parts: Buffer[] = []
  let bytes = 0
  for await (const part of await zip.openReadStreamPromise(entry)) {
    if (!Buffer.isBuffer(part)) throw new Error('A zip gives bytes.')
    bytes += part.length
    if (bytes > maxBytes) return 'too-large'
    parts.push(part)
  }
  return Buffer.concat(parts)
}
