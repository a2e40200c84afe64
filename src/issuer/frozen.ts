import { z } from 'zod'
import { sha256 } from '../credential/digest.js'
import { LINT_NAMES, type Expected } from '../credential/lint.js'
import type { PreparedCredential } from '../credential/prepare-credential.js'

/** What was approved can’t be signed, now or later: the approval is void. */
export class Unsignable extends Error {
  override readonly name = 'Unsignable'
}

const Preparation = z.object({ digest: z.string() })

/**
 * What is kept beside bytes that will be signed, as JSON: their digest; the lints that they passed, as the digest
 * of their names; who committed, and to what.
 */
export function preparationOf(
  { digest }: PreparedCredential,
  { approvals, ...to }: Expected,
): string {
  const by = approvals.map((approval) => approval.by)
  return JSON.stringify({ digest, lints: LINTS, approvals: { by, digest: to.digest } })
}

/** Three hundred letters in each row would say no more. */
export const LINTS = sha256(LINT_NAMES.join(' ')).toString('base64url')

/**
 * Frozen bytes, if nobody has touched them since.
 *
 * @throws {Unsignable} when they are not those that were frozen
 */
export function untouched(frozen: Readonly<{ text: string; preparation: string }>): string {
  const { digest } = Preparation.parse(JSON.parse(frozen.preparation))
  if (sha256(frozen.text).toString('hex') === digest) return frozen.text
  throw new Unsignable(`frozen bytes were altered: they are not those of digest ${digest}`)
}

/** What was frozen of a badge, as the signed badge has it: all but its proof, which stands at the end. */
export function withoutProof(document: string): string {
  return `${document.slice(0, document.lastIndexOf(',"proof":['))}}`
}

/** Whether a signed document is the frozen bytes and a proof, and nothing else. */
export function isFrozenWithProof(document: string, frozen: string): boolean {
  // Frozen bytes are a JSON object that `JSON.stringify` has written.
  const before = `${frozen.slice(0, -1)},"proof":`
  if (!document.startsWith(before) || !document.endsWith('}')) return false
  const proof: unknown = JSON.parse(document.slice(before.length, -1))
  return Array.isArray(proof) && proof.length === 1
}
