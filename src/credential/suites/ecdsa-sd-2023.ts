import { sha256 } from '../digest.js'
import { readKeyBytes } from '../multikey.js'
import { readDerivedProof, type DerivedProof } from './derived-proof.js'
import { isSignedBy, isSignedByApart, quadsOf, type Signed, type Suite } from './suite.js'

/**
 * ecdsa-sd-2023: a document of which the holder shows the parts that the issuer wants shown, and any
 * others. The issuer signed the first together, each other statement was signed by itself with a key
 * that was made for this document.
 *
 * @see https://www.w3.org/TR/vc-di-ecdsa/#verify-derived-proof-ecdsa-sd-2023
 */
export const selective: Suite = {
  keys: ['P-256'],
  faultOf: async (signed) => {
    const proof = readDerivedProof(signed.proofValue)
    if (proof === undefined || proof === 'base_proof') return proof ?? 'proof'
    // What a chain of proofs would mean for a part of a document is defined nowhere.
    if ('previousProof' in signed.options) return 'proof'
    const text = await quadsOf(signed, signed.document, 'sha256')
    if (text === undefined) return 'undefined_term'
    const quads = relabel(text, proof.labels)
    if (!quads) return 'proof'
    return (await isProven(signed, proof, quads)) ? undefined : 'proof'
  },
}

async function isProven(
  signed: Signed,
  proof: DerivedProof,
  quads: readonly string[],
): Promise<boolean> {
  const places = new Set(proof.mandatory)
  if (proof.mandatory.some((place) => place >= quads.length)) return false
  const mandatory = quads.filter((_, at) => places.has(at))
  const others = quads.filter((_, at) => !places.has(at))
  // Every statement that a reader sees is signed: no fewer, and no signature for what is not there.
  if (others.length !== proof.signatures.length) return false
  // Of 35 bytes only a P-256 key is read.
  const key = readKeyBytes(proof.publicKey)
  if (typeof key === 'string') return false
  const asked = { ...signed.options, '@context': signed.document['@context'] }
  const options = await quadsOf(signed, asked, 'sha256')
  if (options === undefined) return false
  const base = Buffer.concat([sha256(options), proof.publicKey, sha256(mandatory.join(''))])
  if (!isSignedBy(signed.key, base, proof.baseSignature)) return false
  // One after the other: a badge takes one thread, and none after the first that is bad.
  for (const [at, quad] of others.entries()) {
    const signature = proof.signatures[at] ?? new Uint8Array()
    if (!(await isSignedByApart(key, Buffer.from(quad), signature))) return false
  }
  return true
}

/** Subject, predicate, object, graph. Only a text holds spaces, and its quotes are escaped. */
const QUAD = /^(\S+) (\S+) ("[^"\\]*(?:\\.[^"\\]*)*"\S*|\S+) (?:(\S+) )?\.$/

/**
 * The statements as they were signed: nodes without an id under their signed names, in the order of
 * the result. Only nodes are renamed: a text that looks like one stays as it is.
 *
 * @returns undefined unless the names are those of just the nodes that are here
 */
function relabel(text: string, labels: ReadonlyMap<string, string>): string[] | undefined {
  const used = new Set<string>()
  const quads: string[] = []
  for (const line of text.split('\n').slice(0, -1)) {
    const terms = QUAD.exec(line)?.slice(1)
    if (!terms) return undefined
    const renamed = terms
      .filter((term) => term !== undefined)
      .map((term) => {
        if (!term.startsWith('_:')) return term
        used.add(term)
        return labels.get(term)
      })
    if (renamed.includes(undefined)) return undefined
    quads.push(`${renamed.join(' ')} .\n`)
  }
  return used.size === labels.size ? quads.sort() : undefined
}
