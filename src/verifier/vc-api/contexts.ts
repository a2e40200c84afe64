import { contexts as credentialContexts } from '@digitalbazaar/credentials-context'
import examples from '@digitalbazaar/credentials-examples-context/dist/context.js'
import { contexts as integrityContexts } from '@digitalbazaar/data-integrity-context'
import { contexts as securityContexts } from '@digitalbazaar/security-context'
import { isKnownContext, loadContext, VC_V1, VC_V2 } from '../../credential/contexts.js'
import { DID_V1, ODRL } from './contexts.data.js'

/**
 * What credentials of any kind may name beside the contexts of badges. None is ever fetched: a
 * context decides what a signature means.
 */
const GENERAL: ReadonlyMap<string, object> = new Map<string, object>([
  ...credentialContexts,
  ...integrityContexts,
  ...securityContexts,
  ...examples.contexts,
  ['https://www.w3.org/ns/odrl.jsonld', ODRL],
  ['https://www.w3.org/ns/did/v1', DID_V1],
  // The examples of VCDM 2.0 give every word a meaning.
  [
    'https://www.w3.org/ns/credentials/examples/v2',
    { '@context': { '@vocab': 'https://www.w3.org/ns/credentials/examples#' } },
  ],
])

export const BASE_CONTEXTS = { '2.0': VC_V2, '1.1': VC_V1 } as const

export function isGeneralContext(url: string): boolean {
  return GENERAL.has(url) || isKnownContext(url)
}

/** A document loader without network. @throws {Error} for any other address */
export async function loadGeneralContext(url: string): ReturnType<typeof loadContext> {
  // Those of badges come first: their content is held by its digest.
  if (isKnownContext(url)) return loadContext(url)
  const document = GENERAL.get(url)
  if (!document) throw new Error('A context that we do not know was asked for.')
  return { contextUrl: null, documentUrl: url, document }
}
