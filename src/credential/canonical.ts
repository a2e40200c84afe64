import jsonld from 'jsonld'
import { fromByteText, type ByteText } from './byte-text.js'
import { canonizeCompiled, hashCompiled } from './compiled/canonize.js'
import { loadContext } from './contexts.js'
import { sha256, toUtf8 } from './digest.js'

/** Which hash goes with a signature: SHA-384 with P-384, SHA-256 with all others. */
export type Digest = 'sha256' | 'sha384'

/**
 * The canonical N-Quads of a document (RDFC-1.0), in safe mode: a term that no context defines is
 * an error, not a silence. rdf-canonize's own work limit refuses poisoned graphs.
 *
 * @param digest the hash by which the algorithm names nodes without an id
 * @throws {Error} for an undefined term, a relative id, an unknown context
 */
export async function canonize(document: object, digest: Digest = 'sha256'): Promise<string> {
  return (await canonizeCompiled(document, digest)) ?? canonizeGenerally(document, digest)
}

/**
 * SHA-256 of the canonical N-Quads.
 *
 * @param json of the document, as `JSON.stringify` writes it
 * @throws {Error} as `canonize`
 */
export async function hashCanonical(json: ByteText): Promise<Buffer> {
  const hash = await hashCompiled(json)
  return hash ?? sha256(toUtf8(await canonize(JSON.parse(fromByteText(json)) as object)))
}

/** The same by jsonld.js alone, for whatever may be said in JSON-LD; ten to two hundred times slower. */
export function canonizeGenerally(document: object, digest: Digest): Promise<string> {
  return jsonld.canonize(document, {
    canonizeOptions: {
      algorithm: 'RDFC-1.0',
      format: 'application/n-quads',
      messageDigestAlgorithm: digest,
    },
    documentLoader: loadContext,
    safe: true,
    base: null,
  })
}
