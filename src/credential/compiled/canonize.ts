import type { Digest } from '../canonical.js'
import { blocksOf, writeBlocks } from './blocks.js'
import { nameNodes } from './name-nodes.js'
import { Tables } from './tables.js'
import { LeftToJsonLd, NotCompiled } from './term-table.js'
import { toQuads } from './to-quads.js'

/** A document leads to a few dozen tables the first time. */
const MAX_ROUNDS = 2_000

const tables = new Tables()

/**
 * The canonical N-Quads of a document, by tables that are made once for each context: byte for byte
 * those of jsonld.js and rdf-canonize, in time that grows with the size of the document alone.
 *
 * @returns undefined for what is left to those: it may be right, unusual, or wrong
 */
export async function canonizeCompiled(
  document: object,
  digest: Digest,
): Promise<string | undefined> {
  for (let round = 0; round < MAX_ROUNDS; round++) {
    try {
      return canonizeNow(document, digest)
    } catch (missing) {
      if (missing instanceof LeftToJsonLd) return undefined
      if (!(missing instanceof NotCompiled)) throw missing
      // A context that can't be processed is for jsonld.js to refuse.
      const made = await missing.make().then(
        () => true,
        () => false,
      )
      if (!made) return undefined
    }
  }
  return undefined
}

function canonizeNow(document: object, digest: Digest): string | undefined {
  const { quads, unnamed } = toQuads(document, tables.initial)
  const blocks = blocksOf(quads)
  const names = nameNodes(blocks, unnamed, digest)
  // jsonld.js has its own word for a document that says nothing.
  return names && (writeBlocks(blocks, names) || undefined)
}
