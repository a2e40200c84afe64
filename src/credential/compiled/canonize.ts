import type { Digest } from '../canonical.js'
import { blocksOf, writeBlocks } from './blocks.js'
import { nameNodes } from './name-nodes.js'
import { Tables } from './tables.js'
import { LeftToJsonLd, NotCompiled } from './term-table.js'
import { toQuads, type Said } from './to-quads.js'

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
  const said = await quadsOf(document)
  return said && unlessLeft(() => written(said, digest))
}

/** The statements of a document. @returns as `canonizeCompiled` */
export async function quadsOf(document: object): Promise<Said | undefined> {
  for (let round = 0; round < MAX_ROUNDS; round++) {
    try {
      return unlessLeft(() => toQuads(document, tables.initial))
    } catch (missing) {
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

function written({ quads, unnamed }: Said, digest: Digest): string | undefined {
  const blocks = blocksOf(quads)
  const names = nameNodes(blocks, unnamed, digest)
  // jsonld.js has its own word for a document that says nothing.
  return names && (writeBlocks(blocks, names) || undefined)
}

/** @returns undefined where jsonld.js has to go on */
export function unlessLeft<Answer>(answer: () => Answer): Answer | undefined {
  try {
    return answer()
  } catch (left) {
    if (left instanceof LeftToJsonLd) return undefined
    throw left
  }
}
