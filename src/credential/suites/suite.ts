import { verify } from 'node:crypto'
import { DomainError } from '../../errors.js'
import type { Digest } from '../canonical.js'
import type { KeyType, VerificationKey } from '../multikey.js'
import type { Json } from '../values.js'

/**
 * The canonical N-Quads of a document. That it has none is an error of any kind; a DomainError says
 * that the service could not do it, and is passed on to the caller.
 */
export type Canonize = (document: object, digest: Digest) => Promise<string>

/** One proof, taken apart. */
export type Signed = Readonly<{
  /** What is signed: the document without its proofs, but for those that a chain signs too. */
  document: Json
  /** The proof without its value. */
  options: Json
  proofValue: unknown
  key: VerificationKey
  canonize: Canonize
}>

/** A cryptosuite: the kinds of key that may sign with it, and how its signature is checked. */
export type Suite = Readonly<{
  keys: readonly KeyType[]
  /** @returns the code of what is wrong; undefined when the signature is good */
  faultOf: (signed: Signed) => Promise<string | undefined>
}>

/** Which hash goes with a key. */
export function digestFor(type: KeyType): Digest {
  return type === 'P-384' ? 'sha384' : 'sha256'
}

/** ECDSA signatures are r and s side by side (IEEE P1363); Node refuses numbers out of range. */
export function isSignedBy(
  { key, type }: VerificationKey,
  bytes: Uint8Array,
  signature: Uint8Array,
): boolean {
  // Whatever is no bare key, Node first takes for one: that costs a fifth of a verification.
  if (type === 'Ed25519') return verify(null, bytes, key, signature)
  return verify(digestFor(type), bytes, { key, dsaEncoding: 'ieee-p1363' }, signature)
}

/**
 * The same in a thread of Node's own pool: a hundred checks take some 15 ms, in which the main
 * thread would answer nobody.
 */
export function isSignedByApart(
  { key, type }: VerificationKey,
  bytes: Uint8Array,
  signature: Uint8Array,
): Promise<boolean> {
  const algorithm = type === 'Ed25519' ? null : digestFor(type)
  return new Promise((resolve, reject) => {
    verify(algorithm, bytes, { key, dsaEncoding: 'ieee-p1363' }, signature, (error, isGood) => {
      if (error) reject(error)
      else resolve(isGood)
    })
  })
}

/** @returns undefined for a document without a canonical form, or one that says nothing */
export async function quadsOf(
  { canonize }: Pick<Signed, 'canonize'>,
  document: object,
  digest: Digest,
): Promise<string | undefined> {
  try {
    return (await canonize(document, digest)) || undefined
  } catch (error) {
    if (error instanceof DomainError) throw error
    return undefined
  }
}
