import type { Around } from '../verifier/lookups.js'
import { verifyBadge } from '../verifier/verify-badge.js'
import { Unsignable } from './frozen.js'

/** What the company stands behind in every badge. */
const ENDORSED = ['achievement', 'award'] as const

/**
 * Our own verifier reads what we have just signed, as a stranger would: a key file whose halves do not match
 * would otherwise be noticed by the holder first.
 *
 * @throws {Error} when it finds anything wrong; Unsignable for a revocation, which is for good
 */
export async function assertOurVerifierAgrees(document: string, around: Around): Promise<void> {
  const report = await verifyBadge(Buffer.from(document), { ...around, language: 'en' })
  const endorsed =
    report.endorsements.every(({ verdict }) => verdict === 'valid') &&
    ENDORSED.every((wanted) => report.endorsements.some(({ target }) => target === wanted))
  if (report.verdict === 'valid' && report.trusted && endorsed) return
  const checks = [report, ...report.endorsements].flatMap((one) => one.checks)
  const wrong = checks.filter(({ result }) => result === 'fail' || result === 'unknown')
  const why = `our own verifier refuses it: ${wrong.map(({ name, code }) => `${name} ${code}`).join(', ') || 'an endorsement is missing'}`
  // A revocation is for good, that of a key too; a key file or a list may be put right, and the badge is then issued.
  throw wrong.some(({ code }) => code === 'revoked' || code === 'key_revoked')
    ? new Unsignable(why)
    : new Error(why)
}
