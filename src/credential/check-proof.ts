import { createHash, verify } from 'node:crypto'
import { DomainError } from '../errors.js'
import type { Words } from '../words.js'
import { canonize, type Canonize, type Digest } from './canonical.js'
import { fromBase58 } from './multibase.js'
import { readMultikey, type KeyType } from './multikey.js'

export type ProofResult = Readonly<{
  result: 'pass' | 'fail'
  code: string
  words: Words
  verificationMethod: string
}>

type Json = Readonly<Record<string, unknown>>
type Suite = Readonly<{
  keys: readonly KeyType[]
  signatureBytes: Partial<Record<KeyType, number>>
}>

const SUITES: Readonly<Record<string, Suite>> = {
  'eddsa-rdfc-2022': { keys: ['Ed25519'], signatureBytes: { Ed25519: 64 } },
  'ecdsa-rdfc-2019': { keys: ['P-256', 'P-384'], signatureBytes: { 'P-256': 64, 'P-384': 96 } },
  Ed25519Signature2020: { keys: ['Ed25519'], signatureBytes: { Ed25519: 64 } },
}

/** 96 bytes are at most 132 letters. */
const MAX_SIGNATURE_CHARS = 136
/** Two clocks may differ by this much. */
const SKEW_MS = 60_000

/**
 * Whether the signatures of a document are good, each with the key that it names. Whose key that
 * is, and whether its owner stands by it, is asked elsewhere (issuer binding).
 *
 * The document has passed the guard: at least one proof, at most four, each an object.
 */
export async function checkProofs(
  document: Json,
  keyOf: (verificationMethod: string) => string | undefined,
  now: Date,
  options: Readonly<{ canonize?: Canonize | undefined }> = {},
): Promise<ProofResult[]> {
  const { proof, ...unsecured } = document
  const proofs = (Array.isArray(proof) ? proof : [proof]) as Json[]
  const secured = {
    unsecured,
    hashes: new Map<Digest, Promise<Buffer | undefined>>(),
    canonize: options.canonize ?? canonize,
  }
  return Promise.all(
    proofs.map(async (proof) => {
      const verificationMethod = textOf(proof.verificationMethod)
      const fault = await checkProof({ proof, secured, now }, keyOf(verificationMethod))
      return {
        result: fault === undefined ? ('pass' as const) : ('fail' as const),
        code: fault ?? 'proof',
        words: fault === undefined ? GOOD : (FAULTS[fault] ?? BAD),
        verificationMethod,
      }
    }),
  )
}

type Secured = Readonly<{
  unsecured: Json
  hashes: Map<Digest, Promise<Buffer | undefined>>
  canonize: Canonize
}>
type Checked = Readonly<{ proof: Json; secured: Secured; now: Date }>

/** @returns the code of what is wrong; undefined when the signature is good */
async function checkProof(
  { proof, secured, now }: Checked,
  multibase: string | undefined,
): Promise<string | undefined> {
  const suite = suiteOf(proof)
  if (!suite || 'previousProof' in proof) return 'proof'
  if (proof.proofPurpose !== 'assertionMethod') return 'proof_purpose'
  if (!isTimely(proof, now)) return 'proof_time'
  const key = readMultikey(multibase ?? '')
  if (typeof key === 'string') return key === 'key_syntax' ? 'proof' : key
  if (!suite.keys.includes(key.type)) return 'key_type'
  const signature = readSignature(proof.proofValue)
  if (!signature || signature.length !== suite.signatureBytes[key.type]) return 'proof'
  const digest = key.type === 'P-384' ? 'sha384' : 'sha256'
  const documentHash = await hashOfDocument(secured, digest)
  if (!documentHash) return 'undefined_term'
  const { proofValue: _value, ...options } = proof
  const context = secured.unsecured['@context']
  const optionsHash = await hashOf({ ...options, '@context': context }, digest, secured.canonize)
  if (!optionsHash) return 'proof'
  const signed = Buffer.concat([optionsHash, documentHash])
  const algorithm = key.type === 'Ed25519' ? null : digest
  return verify(algorithm, signed, { key: key.key, dsaEncoding: 'ieee-p1363' }, signature)
    ? undefined
    : 'proof'
}

/** The same for all proofs of a document, so it is made once. */
function hashOfDocument(
  { unsecured, hashes, canonize }: Secured,
  digest: Digest,
): Promise<Buffer | undefined> {
  const made = hashes.get(digest) ?? hashOf(unsecured, digest, canonize)
  hashes.set(digest, made)
  return made
}

/** @returns undefined for a document that says something without meaning */
function hashOf(document: object, digest: Digest, canonize: Canonize): Promise<Buffer | undefined> {
  return canonize(document, digest).then(
    (quads) => createHash(digest).update(quads).digest(),
    (error: unknown) => {
      // That it was stopped says nothing of the document.
      if (error instanceof DomainError) throw error
      return undefined
    },
  )
}

function suiteOf(proof: Json): Suite | undefined {
  if (proof.type === 'Ed25519Signature2020' && proof.cryptosuite === undefined)
    return SUITES.Ed25519Signature2020
  if (proof.type !== 'DataIntegrityProof' || typeof proof.cryptosuite !== 'string') return undefined
  // A stranger's text is no name of a suite until it is one of ours: "constructor" is not.
  if (proof.cryptosuite === 'Ed25519Signature2020' || !Object.hasOwn(SUITES, proof.cryptosuite))
    return undefined
  return SUITES[proof.cryptosuite]
}

function isTimely(proof: Json, now: Date): boolean {
  const created = proof.created === undefined ? -Infinity : Date.parse(textOf(proof.created))
  const expires = proof.expires === undefined ? Infinity : Date.parse(textOf(proof.expires))
  return created <= now.getTime() + SKEW_MS && now.getTime() - SKEW_MS <= expires
}

function readSignature(value: unknown): Uint8Array | undefined {
  if (typeof value !== 'string' || !value.startsWith('z')) return undefined
  return fromBase58(value.slice(1), MAX_SIGNATURE_CHARS)
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

const GOOD: Words = {
  fr: 'La signature est bonne : rien n’a changé depuis que le badge a été signé.',
  en: 'The signature is good: nothing has changed since the badge was signed.',
}
const BAD: Words = {
  fr: 'La signature ne correspond pas au contenu : le badge a été modifié, ou signé autrement.',
  en: 'The signature does not fit the content: the badge was changed, or signed in another way.',
}
const FAULTS: Readonly<Record<string, Words>> = {
  proof_purpose: {
    fr: 'La signature n’a pas été faite pour délivrer un badge.',
    en: 'The signature was not made to issue a badge.',
  },
  proof_time: {
    fr: 'La signature porte une date impossible : elle est dans le futur, ou elle a expiré.',
    en: 'The signature has an impossible date: it lies in the future, or it has expired.',
  },
  weak_key: {
    fr: 'La clé de signature est d’une sorte que n’importe qui peut imiter.',
    en: 'The signing key is of a kind that anybody can imitate.',
  },
  key_type: {
    fr: 'La clé n’est pas de la sorte que la signature annonce.',
    en: 'The key is not of the kind that the signature announces.',
  },
  undefined_term: {
    fr: 'Un champ du badge n’a pas de sens dans son vocabulaire : la signature ne le couvre pas.',
    en: 'A field of the badge has no meaning in its vocabulary: the signature does not cover it.',
  },
}
