import type { Around } from '../verifier/lookups.js'
import { verifyBadge } from '../verifier/verify-badge.js'
import { Unsignable } from './frozen.js'

/** What the company stands behind in every badge. */
const ENDORSED = ['achievement', 'award'] as const

/** Why our own verifier does not believe a badge; `isForGood`: no later run will find it good. */
export type Doubt = Readonly<{ why: string; isForGood: boolean }>

/**
 * Our own verifier reads what we have just signed, as a stranger would: a key file whose halves do not match
 * would otherwise be noticed by the holder first.
 *
 * @returns what it finds wrong, if anything; that it could not look is a doubt too
 */
export async function doubtOf(document: string, around: Around): Promise<Doubt | undefined> {
  try {
    return await lookAt(document, around)
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'unknown'
    return { why: `our own verifier could not look at it: ${reason}`, isForGood: false }
  }
}

async function lookAt(document: string, around: Around): Promise<Doubt | undefined> {
  const report = await verifyBadge(Buffer.from(document), { ...around, language: 'en' })
  const endorsed =
    report.endorsements.every(({ verdict }) => verdict === 'valid') &&
    ENDORSED.every((wanted) => report.endorsements.some(({ target }) => target === wanted))
  if (report.verdict === 'valid' && report.trusted && endorsed) return undefined
  const checks = [report, ...report.endorsements].flatMap((one) => one.checks)
  const wrong = checks.filter(({ result }) => result === 'fail' || result === 'unknown')
  return {
    why: `our own verifier refuses it: ${wrong.map(({ name, code }) => `${name} ${code}`).join(', ') || 'an endorsement is missing'}`,
    // A revocation is for good, that of a key too; a key file or a list may be put right, and the badge is then issued.
    isForGood: wrong.some(({ code }) => code === 'revoked' || code === 'key_revoked'),
  }
}

/** @returns an Unsignable for what is wrong for good */
export function errorOf({ why, isForGood }: Doubt): Error {
  return isForGood ? new Unsignable(why) : new Error(why)
}
