import { hash } from 'node:crypto'
import { isSortedAsText, sha256OfBytes, type ByteText } from '../byte-text.js'
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
  return said && unlessLeft(() => written(said, (text) => hash(digest, text)))
}

/**
 * SHA-256 of the canonical form of JSON that `JSON.stringify` wrote. Bytes stay bytes all the way, which takes a quarter
 * less time than to read texts and to write them again.
 *
 * @returns as `canonizeCompiled`
 */
export async function hashCompiled(json: ByteText): Promise<Buffer | undefined> {
  // An escaped half of a letter would be a letter that is no byte.
  if (!isSortedAsText(json) || json.includes('\\ud')) return undefined
  const said = await quadsOf(JSON.parse(json) as object)
  const quads = said && unlessLeft(() => written(said, (text) => sha256OfBytes(text, 'hex')))
  return quads === undefined ? undefined : sha256OfBytes(quads, 'buffer')
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

function written(said: Said, hash: (text: string) => string): string | undefined {
  const blocks = blocksOf(said)
  const names = nameNodes(blocks, said.unnamed, hash)
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
