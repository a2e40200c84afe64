import type { Words } from '../words.js'
import { canonize as canonizeBadge, type Digest } from './canonical.js'
import { readMultikey } from './multikey.js'
import { BAD, FAULTS, GOOD } from './proof-words.js'
import type { Canonize } from './suites/suite.js'
import { BADGE_SUITES, SUITES, suiteNameOf, type SuiteName } from './suites/table.js'
import { isObject, listOf, textOf, type Json } from './values.js'
import { SKEW_MS, toInstant } from './instant.js'

export type ProofResult = Readonly<{
  result: 'pass' | 'fail'
  code: string
  words: Words
  verificationMethod: string
}>

/** What a caller may want otherwise than for a badge. */
export type ProofOptions = Readonly<{
  /** Those that count; any other fails. Default: those of a badge. */
  suites?: readonly SuiteName[]
  /** What the signature must have been made for. Default: `assertionMethod`. */
  purpose?: 'assertionMethod' | 'authentication'
  /** To whom it must speak: just these names, if given. */
  domain?: string | readonly string[]
  /** The word that it must answer, if given. */
  challenge?: string
  /** Whether a proof may sign other proofs of the set (`previousProof`). Default: no. */
  chains?: boolean
  /** Default: in this process, with the contexts of badges alone. */
  canonize?: Canonize | undefined
}>

/**
 * Whether the signatures of a document are good, each with the key that it names, in their order.
 * Whose key that is, and whether its owner stands by it, is asked elsewhere (issuer binding).
 *
 * How many proofs there may be is for the caller to say; a document without any has no result.
 *
 * @param keyOf the Multikey of a verification method, if there is one
 */
export async function checkProofs(
  document: Json,
  keyOf: (verificationMethod: string) => string | undefined,
  now: Date,
  options: ProofOptions = {},
): Promise<ProofResult[]> {
  const { proof, ...unsecured } = document
  const proofs = listOf(proof)
  const canonize = once(options.canonize ?? canonizeBadge)
  const around = { unsecured, proofs: proofs.filter(isObject), now, options, canonize }
  return Promise.all(
    proofs.map(async (one) => {
      const verificationMethod = isObject(one) ? (textOf(one.verificationMethod) ?? '') : ''
      const fault = isObject(one) ? await faultOf(one, around, keyOf(verificationMethod)) : 'proof'
      return {
        result: fault === undefined ? ('pass' as const) : ('fail' as const),
        code: fault ?? 'proof',
        words: fault === undefined ? GOOD : (FAULT_WORDS.get(fault) ?? BAD),
        verificationMethod,
      }
    }),
  )
}

const FAULT_WORDS: ReadonlyMap<string, Words> = new Map(Object.entries(FAULTS))

type Around = Readonly<{
  unsecured: Json
  proofs: readonly Json[]
  now: Date
  options: ProofOptions
  canonize: Canonize
}>

/** @returns the code of what is wrong; undefined when the signature is good */
async function faultOf(
  proof: Json,
  { unsecured, proofs, now, options, canonize }: Around,
  multibase: string | undefined,
): Promise<string | undefined> {
  const name = (options.suites ?? BADGE_SUITES).find((one) => one === suiteNameOf(proof))
  if (name === undefined) return 'proof'
  const previous = previousOf(proof, proofs)
  if (!previous || ('previousProof' in proof && !options.chains)) return 'proof'
  const fault = purposeFault(proof, options)
  if (fault !== undefined) return fault
  if (!isTimely(proof, now)) return 'proof_time'
  const key = readMultikey(multibase ?? '')
  if (typeof key === 'string') return key === 'key_syntax' ? 'proof' : key
  const suite = SUITES[name]
  if (!suite.keys.some((type) => type === key.type)) return 'key_type'
  const { proofValue, ...rest } = proof
  const document = previous.length === 0 ? unsecured : { ...unsecured, proof: previous }
  return suite.faultOf({ document, options: rest, proofValue, key, canonize })
}

/**
 * The proofs that a proof signs beside the document.
 *
 * @returns undefined if one of them is not in the set, or two have its id
 * @see https://www.w3.org/TR/vc-data-integrity/#verify-proof-sets-and-chains
 */
function previousOf(proof: Json, proofs: readonly Json[]): readonly Json[] | undefined {
  const { previousProof } = proof
  if (!('previousProof' in proof)) return []
  const ids: unknown[] = Array.isArray(previousProof) ? previousProof : [previousProof]
  const others = proofs.filter((one) => one !== proof)
  const areThere = ids.every(
    (id) => typeof id === 'string' && others.filter((one) => one.id === id).length === 1,
  )
  return ids.length > 0 && areThere ? others.filter(({ id }) => ids.includes(id)) : undefined
}

function purposeFault(proof: Json, options: ProofOptions): string | undefined {
  if (proof.proofPurpose !== (options.purpose ?? 'assertionMethod')) return 'proof_purpose'
  if (options.challenge !== undefined && proof.challenge !== options.challenge)
    return 'proof_challenge'
  if (options.domain !== undefined && !isSameSet(proof.domain, options.domain))
    return 'proof_domain'
  return undefined
}

function isSameSet(named: unknown, expected: string | readonly string[]): boolean {
  const [one, other] = [setOf(named), setOf(expected)]
  return one.size === other.size && [...one].every((domain) => other.has(domain))
}

function setOf(value: unknown): ReadonlySet<unknown> {
  return new Set<unknown>(Array.isArray(value) ? value : [value])
}

/** The same for all proofs of a document, so it is made once. */
function once(canonize: Canonize): Canonize {
  const made = new WeakMap<object, Map<Digest, Promise<string>>>()
  return (document, digest) => {
    const ofDocument = made.get(document) ?? new Map<Digest, Promise<string>>()
    made.set(document, ofDocument)
    const quads = ofDocument.get(digest) ?? canonize(document, digest)
    ofDocument.set(digest, quads)
    return quads
  }
}

function isTimely(proof: Json, now: Date): boolean {
  const created = toInstant(proof.created) ?? -Infinity
  const expires = toInstant(proof.expires) ?? Infinity
  return created <= now.getTime() + SKEW_MS && now.getTime() - SKEW_MS <= expires
}
