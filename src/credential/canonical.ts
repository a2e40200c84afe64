import jsonld from 'jsonld'
import contexts, { type ActiveContext } from 'jsonld/lib/context.js'
import { loadContext } from './contexts.js'

/** Which hash goes with a signature: SHA-384 with P-384, SHA-256 with all others. */
export type Digest = 'sha256' | 'sha384'

/**
 * The canonical N-Quads of a document (RDFC-1.0), in safe mode: a term that no context defines is
 * an error, not a silence. rdf-canonize's own work limit refuses poisoned graphs.
 *
 * @param digest the hash by which the algorithm names nodes without an id
 * @throws {Error} for an undefined term, a relative id, an unknown context
 */
export function canonize(document: object, digest: Digest = 'sha256'): Promise<string> {
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

/**
 * jsonld.js copies every term of an active context at each node, four fifths of its time, though it
 * never changes a term that is defined. Here the copies share their terms.
 *
 * @see https://github.com/digitalbazaar/jsonld.js/issues/414
 */
function shareTerms(initial: ActiveContext): void {
  initial.clone = function () {
    return {
      mappings: new Map(this.mappings),
      clone: this.clone,
      inverse: null,
      getInverse: this.getInverse,
      protected: { ...this.protected },
      ...(this.previousContext && { previousContext: this.previousContext }),
      revertToPreviousContext: this.revertToPreviousContext,
      ...('@base' in this && { '@base': this['@base'] }),
      ...('@language' in this && { '@language': this['@language'] }),
      ...('@vocab' in this && { '@vocab': this['@vocab'] }),
    }
  }
  initial.revertToPreviousContext = function () {
    return this.previousContext ?? this
  }
}
shareTerms(contexts.getInitialContext({}))
