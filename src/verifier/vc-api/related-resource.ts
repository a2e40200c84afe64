import { eachUnless, type Rule } from './rule.js'
import { isUrl } from './values.js'
import { isObject, listOf, wordOf, type Json } from '../../credential/values.js'

const SOURCE = 'VCDM 2.0, 5.3'

/**
 * Digests that the W3C published of what stands at its addresses. Nothing is fetched, so that of
 * any other resource the digest is not compared.
 *
 * @see VCDM 2.0, B.1
 */
const PUBLISHED: Readonly<Record<string, Readonly<Record<'sha256' | 'sha384', string>>>> = {
  'https://www.w3.org/ns/credentials/v2': {
    sha256: 'WZVc7WaX1h4D8rJVb+vlMIqxaEKEb1tYbX8fet7JJzQ=',
    sha384: 'l/HrjlBCNWyAX91hr6LFV2Y3heB5Tcr6IeE4/Tje8YyzYBM8IhqjHWiWpr8+ZbYU',
  },
}

export const relatedResourceRules: readonly Rule[] = [
  {
    code: 'related_resource',
    source: SOURCE,
    words: {
      fr: 'Chaque « relatedResource » doit être un objet avec une adresse (« id »), que personne d’autre dans la liste ne porte.',
      en: 'Each “relatedResource” must be an object with a URL (“id”), which no other in the list has.',
    },
    broken: (document) => {
      const resources = listOf(document.relatedResource)
      const ids = resources.map((one) => (isObject(one) ? one.id : undefined))
      return eachUnless(
        document,
        'relatedResource',
        (one) => isObject(one) && isUrl(one.id) && ids.indexOf(one.id) === ids.lastIndexOf(one.id),
      )
    },
  },
  {
    code: 'related_resource',
    source: SOURCE,
    words: {
      fr: 'Chaque « relatedResource » doit donner une empreinte : « digestSRI » ou « digestMultibase ».',
      en: 'Each “relatedResource” must give a digest: “digestSRI” or “digestMultibase”.',
    },
    broken: (document) =>
      eachUnless(document, 'relatedResource', (one) => !isObject(one) || hasDigest(one)),
  },
  {
    code: 'related_resource_digest',
    source: SOURCE,
    words: {
      fr: 'L’empreinte n’est pas celle de ce qui se trouve à cette adresse.',
      en: 'The digest is not that of what stands at this address.',
    },
    broken: (document) =>
      eachUnless(document, 'relatedResource', (one) => !isObject(one) || fits(one)),
  },
]

const SRI = /^(sha256|sha384|sha512)-([A-Za-z0-9+/]+={0,2})$/

function hasDigest({ digestSRI, digestMultibase, mediaType }: Json): boolean {
  const sris = listOf(digestSRI)
  return (
    (sris.length > 0 || digestMultibase !== undefined) &&
    sris.every((one) => typeof one === 'string' && SRI.test(one)) &&
    (digestMultibase === undefined ||
      (typeof digestMultibase === 'string' && /^[a-zA-Z][\w-]{20,}$/.test(digestMultibase))) &&
    (mediaType === undefined || (typeof mediaType === 'string' && /^\S+\/\S+/.test(mediaType)))
  )
}

function fits({ id, digestSRI, digestMultibase }: Json): boolean {
  const known = typeof id === 'string' && Object.hasOwn(PUBLISHED, id) ? PUBLISHED[id] : undefined
  if (!known) return true
  const sriFits = listOf(digestSRI).every((one) => {
    const [, algorithm, digest] = SRI.exec(wordOf(one)) ?? []
    return algorithm === 'sha512' || digest === known[algorithm as keyof typeof known]
  })
  return sriFits && (digestMultibase === undefined || isDigest(digestMultibase, known.sha256))
}

/** The bare SHA-256, or behind its multihash header (0x12, 32 bytes). */
function isDigest(multibase: unknown, expected: string): boolean {
  // In another base than base64url it is not compared.
  if (typeof multibase !== 'string' || !multibase.startsWith('u')) return true
  const bytes = Buffer.from(multibase.slice(1), 'base64url')
  const digest = bytes.length === 34 && bytes[0] === 0x12 ? bytes.subarray(2) : bytes
  return digest.toString('base64') === expected
}
