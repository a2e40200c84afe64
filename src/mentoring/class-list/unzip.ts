import { fromBufferPromise, type Entry, type ZipFile } from 'yauzl'
import { DomainError } from '../../errors.js'
import { readEntry } from '../../web/tables/read-zip.js'
import { badZip, tooLarge } from './file-refusals.js'

/** A list has one file, or two with a folder. */
const MAX_ENTRIES = 10
/** XML of a whole school deflates to a thirtieth; a bomb to a thousandth. */
const MAX_RATIO = 150

const LIST = /(^|\/)eleves(sans|avec)adresses\.xml$/i

export function isZip(file: Uint8Array): boolean {
  return file[0] === 0x50 && file[1] === 0x4b
}

/**
 * The list in a zip as SIECLE exports it. No more is inflated than allowed, whatever the zip says of itself.
 *
 * @throws {DomainError} invalid-request or too-large
 */
export async function unzipList(file: Uint8Array, maxBytes: number): Promise<Uint8Array> {
  try {
    const zip = await fromBufferPromise(
      Buffer.from(file.buffer, file.byteOffset, file.byteLength),
      { lazyEntries: true },
    )
    const entry = await findList(zip)
    if (entry.uncompressedSize > maxBytes) throw tooLarge(maxBytes)
    if (entry.uncompressedSize > entry.compressedSize * MAX_RATIO) throw badZip()
    const list = await readEntry(zip, entry, maxBytes)
    if (list === 'too-large') throw tooLarge(maxBytes)
    return list
  } catch (error) {
    throw error instanceof DomainError ? error : badZip()
  }
}

async function findList(zip: ZipFile): Promise<Entry> {
  if (zip.entryCount > MAX_ENTRIES) throw badZip()
  const lists: Entry[] = []
  for await (const entry of zip.eachEntry()) if (LIST.test(entry.fileName)) lists.push(entry)
  const [first, second] = lists
  if (!first || second) throw badZip()
  return first
}
