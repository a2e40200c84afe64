import { checkProofs, type ProofOptions, type ProofResult } from './check-proof.js'
import { sha256 } from './digest.js'
import { Lately } from './lately.js'
import { listOf, textOf, isObject, type Json } from './values.js'

/** Some kilobytes each at the most. */
const goodLately = new Lately<readonly ProofResult[]>(64)

/**
 * The same as `checkProofs`, for documents that stand in many badges: status lists, the endorsement of a
 * definition. What was found good is so again for the same document and the same keys within a minute; what was
 * not is tried anew.
 */
export async function checkProofsLately(
  document: Json,
  keyOf: (verificationMethod: string) => string | undefined,
  now: Date,
  options: Pick<ProofOptions, 'canonize'> = {},
): Promise<readonly ProofResult[]> {
  const methods = listOf(document.proof).map((one) =>
    isObject(one) ? (textOf(one.verificationMethod) ?? '') : '',
  )
  // Whether a proof is in time is asked anew each minute.
  const minute = Math.floor(now.getTime() / 60_000)
  const asked = sha256(JSON.stringify([document, methods.map(keyOf), minute])).toString('hex')
  const known = goodLately.get(asked)
  if (known) return known
  const results = await checkProofs(document, keyOf, now, options)
  if (results.every(({ result }) => result === 'pass')) goodLately.set(asked, results)
  return results
}
