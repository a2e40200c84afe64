import type { Words } from '../words.js'
import { canonize as canonizeBadge, type Digest } from './canonical.js'
import { readMultikey } from './multikey.js'
import type { Canonize, Json } from './suites/suite.js'
import { BADGE_SUITES, SUITES, suiteNameOf, type SuiteName } from './suites/table.js'

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

/** Two clocks may differ by this much. */
const SKEW_MS = 60_000

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
  const proofs: unknown[] = Array.isArray(proof) ? proof : proof === undefined ? [] : [proof]
  const canonize = once(options.canonize ?? canonizeBadge)
  const around = { unsecured, proofs: proofs.filter(isObject), now, options, canonize }
  return Promise.all(
    proofs.map(async (one) => {
      const verificationMethod = isObject(one) ? textOf(one.verificationMethod) : ''
      const fault = isObject(one) ? await faultOf(one, around, keyOf(verificationMethod)) : 'proof'
      return {
        result: fault === undefined ? ('pass' as const) : ('fail' as const),
        code: fault ?? 'proof',
        words: fault === undefined ? GOOD : (FAULTS[fault] ?? BAD),
        verificationMethod,
      }
    }),
  )
}

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
  const name = suiteNameOf(proof)
  if (name === undefined || !(options.suites ?? BADGE_SUITES).includes(name)) return 'proof'
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
  const [one, other] = [named, expected].map(
    (value) => new Set<unknown>(Array.isArray(value) ? value : [value]),
  )
  return one?.size === other?.size && [...(one ?? [])].every((domain) => other?.has(domain))
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
  const created = proof.created === undefined ? -Infinity : Date.parse(textOf(proof.created))
  const expires = proof.expires === undefined ? Infinity : Date.parse(textOf(proof.expires))
  return created <= now.getTime() + SKEW_MS && now.getTime() - SKEW_MS <= expires
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

const GOOD: Words = {
  fr: 'La signature est bonne : rien n’a changé depuis que le badge a été signé.',
  en: 'The signature is good: nothing has changed since the badge was signed.',
}
const BAD: Words = {
  fr: 'La signature ne correspond pas au contenu : le badge a été modifié, ou la signature n’est pas la sienne.',
  en: 'The signature does not fit the content: the badge was changed, or the signature is not its own.',
}
const FAULTS: Readonly<Record<string, Words>> = {
  proof_purpose: {
    fr: 'La signature n’a pas été faite pour délivrer un badge : elle ne prouve rien ici. Demandez à l’émetteur.',
    en: 'The signature was not made to issue a badge: it proves nothing here. Ask the issuer.',
  },
  proof_time: {
    fr: 'La signature porte une date impossible : elle est dans le futur, ou elle a expiré. Demandez à l’émetteur.',
    en: 'The signature has an impossible date: it lies in the future, or it has expired. Ask the issuer.',
  },
  proof_domain: {
    fr: 'La signature a été faite pour quelqu’un d’autre.',
    en: 'The signature was made for somebody else.',
  },
  proof_challenge: {
    fr: 'La signature ne répond pas à la question qui a été posée.',
    en: 'The signature does not answer the question that was asked.',
  },
  base_proof: {
    fr: 'Ce badge est la copie complète de son titulaire, avec des secrets : elle ne se vérifie pas. Demandez-lui la version faite pour être montrée.',
    en: 'This badge is the full copy of its holder, with secrets in it: it can’t be verified. Ask them for the version that is made to be shown.',
  },
  weak_key: {
    fr: 'N’importe qui peut imiter la clé de cette signature : elle ne prouve rien. Demandez à l’émetteur un badge signé avec une autre clé.',
    en: 'Anybody can imitate the key of this signature: it proves nothing. Ask the issuer for a badge that is signed with another key.',
  },
  key_type: {
    fr: 'La clé n’est pas de la sorte que la signature annonce : on ne peut pas s’y fier. Demandez à l’émetteur s’il a bien délivré ce badge.',
    en: 'The key is not of the kind that the signature announces: it can’t be relied on. Ask the issuer whether it issued this badge.',
  },
  undefined_term: {
    fr: 'Le badge contient un mot sans définition : la signature ne le protège pas. Demandez le fichier d’origine.',
    en: 'The badge holds a word without a definition: the signature does not protect it. Ask for the original file.',
  },
}
