import jsonld from 'jsonld'
import type { Digest } from '../../credential/canonical.js'
import { canonizeCompiled } from '../../credential/compiled/canonize.js'
import { isKnownContext } from '../../credential/contexts.js'
import { loadGeneralContext } from './contexts.js'
import { isObject, listOf } from '../../credential/values.js'

/**
 * The canonical N-Quads (RDFC-1.0) of any credential, in safe mode, with contexts that its sender may
 * have written into it: it belongs in a thread of its own. Who names only the contexts of badges gets
 * them from compiled tables, byte for byte the same; no context of a stranger gets into those.
 *
 * @throws {Error} for an undefined term, a relative id, an unknown context, a protected term redefined
 */
export async function canonizeGeneral(document: object, digest: Digest): Promise<string> {
  const compiled = namesPinnedOnly(document) ? await canonizeCompiled(document, digest) : undefined
  return compiled ?? canonizeWithJsonLd(document, digest)
}

/** The same by jsonld.js alone. */
export function canonizeWithJsonLd(document: object, digest: Digest): Promise<string> {
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

/** Whether every context in it, at any depth, is named and one of those that tables are made of. */
function namesPinnedOnly(value: unknown): boolean {
  if (Array.isArray(value)) return value.every(namesPinnedOnly)
  if (!isObject(value)) return true
  return Object.entries(value).every(([name, held]) =>
    name === '@context'
      ? listOf(held).every((one) => typeof one === 'string' && isKnownContext(one))
      : namesPinnedOnly(held),
  )
}
