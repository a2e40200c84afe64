import { Zip, ZipDeflate } from 'fflate'

/** Text, or bytes. */
type Part = string | Uint8Array
/** A file that comes in parts, none of which is kept. */
export type ZipFile = Readonly<{ name: string; parts: AsyncIterable<Part> | Iterable<Part> }>

/** Local time, as fflate writes it; when the archive was made is said inside. */
const MTIME = '1980-01-01T00:00:00'

/**
 * A zip as it grows: what is read of one file goes out before more of it is asked for, so that neither the
 * files nor the archive are ever whole in memory. The next file is asked for when the one before it has ended.
 */
export async function* zipInParts(
  files: AsyncIterable<ZipFile> | Iterable<ZipFile>,
): AsyncGenerator<Uint8Array> {
  const ready: Uint8Array[] = []
  const zip = new Zip((error, bytes) => {
    // Called before `push` and `end` return; a fault of fflate is thrown to whoever reads.
    if (error) throw error
    ready.push(bytes)
  })
  for await (const { name, parts } of files) {
    const file = new ZipDeflate(name, { level: 6 })
    file.mtime = MTIME
    zip.add(file)
    for await (const part of parts) {
      file.push(typeof part === 'string' ? Buffer.from(part, 'utf8') : part)
      yield* ready.splice(0)
    }
    file.push(new Uint8Array(), true)
    yield* ready.splice(0)
  }
  zip.end()
  yield* ready.splice(0)
}
