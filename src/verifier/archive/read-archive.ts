import { fromBufferPromise } from 'yauzl'
import { readEntry } from '../../web/tables/read-zip.js'

/** A student's badges are some dozens, each of four files. */
const MAX_ENTRIES = 1_000
const MAX_FILE_BYTES = 4 * 1024 * 1024
const MAX_ALL_BYTES = 128 * 1024 * 1024
/** A zip as it comes. */
export const MAX_ARCHIVE_BYTES = 64 * 1024 * 1024
/** A path as portfolios have them: it leads nowhere but below the folder in which it is unpacked. */
const PATH = /^(?:[a-z0-9-]+\/){0,3}[a-z0-9-]+\.[a-z0-9]+$/

/** Why an archive is not read. */
export type ArchiveFault = 'no_zip' | 'too_large' | 'bad_path' | 'twice'

/** The files of an archive by their paths, bounded. */
export async function readArchive(
  bytes: Uint8Array,
): Promise<ReadonlyMap<string, Uint8Array> | ArchiveFault> {
  if (bytes.length > MAX_ARCHIVE_BYTES) return 'too_large'
  try {
    const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    const zip = await fromBufferPromise(file, { lazyEntries: true })
    if (zip.entryCount > MAX_ENTRIES) return 'too_large'
    const files = new Map<string, Uint8Array>()
    let all = 0
    for await (const entry of zip.eachEntry()) {
      const { fileName: path } = entry
      if (!PATH.test(path)) return 'bad_path'
      // Two of a name: which of them is unpacked, nobody knows.
      if (files.has(path)) return 'twice'
      const content = await readEntry(zip, entry, Math.min(MAX_FILE_BYTES, MAX_ALL_BYTES - all))
      if (content === 'too-large') return 'too_large'
      all += content.length
      files.set(path, content)
    }
    return files
  } catch (error) {
    // The library refuses paths that lead out by a sentence of its own.
    return error instanceof Error && /path|file ?name|characters/i.test(error.message)
      ? 'bad_path'
      : 'no_zip'
  }
}
