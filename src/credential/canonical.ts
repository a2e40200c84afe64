import jsonld from 'jsonld'
import { loadContext } from './contexts.js'

/**
 * The canonical N-Quads of a document (RDFC-1.0), in safe mode: a term that no context defines is
 * an error, not a silence. rdf-canonize's own work limit refuses poisoned graphs.
 *
 * @throws {Error} for an undefined term, a relative id, an unknown context
 */
export function canonize(document: object): Promise<string> {
  return jsonld.canonize(document, {
    algorithm: 'RDFC-1.0',
    format: 'application/n-quads',
    documentLoader: loadContext,
    safe: true,
    base: null,
  })
}
