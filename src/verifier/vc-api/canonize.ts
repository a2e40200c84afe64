import jsonld from 'jsonld'
import type { Digest } from '../../credential/canonical.js'
import { loadGeneralContext } from './contexts.js'

/**
 * The canonical N-Quads (RDFC-1.0) of any credential, in safe mode, with contexts that its sender may
 * have written into it. It belongs in a thread of its own: what they cost is their choice.
 *
 * @throws {Error} for an undefined term, a relative id, an unknown context, a protected term redefined
 */
export function canonizeGeneral(document: object, digest: Digest): Promise<string> {
  return jsonld.canonize(document, {
    canonizeOptions: {
      algorithm: 'RDFC-1.0',
      format: 'application/n-quads',
      messageDigestAlgorithm: digest,
    },
    documentLoader: loadGeneralContext,
    safe: true,
    // As all suites in use do: the direction of a text is signed, not dropped.
    rdfDirection: 'i18n-datatype',
    base: null,
  })
}
