import { sayIn } from '../web/say.js'
import type { Json } from '../credential/values.js'
import type { Found } from './found.js'
import type { Lookups } from './lookups.js'

/**
 * What a log makes of a signature by a key that was revoked after the date in it. That date is the signer's word;
 * the log is not: what it had before the revocation no thief has made, and what our own issuers sign, it has.
 *
 * @param binding whose key it is, as far as the issuer's documents tell
 * @param credential as it was signed, proof and all
 */
export async function askLog(
  binding: Found,
  issuerId: string,
  credential: Json,
  { logged }: Pick<Lookups, 'logged'>,
): Promise<Found> {
  const { revokedAt } = binding
  if (!revokedAt) return binding
  const since = await logged?.(issuerId, credential)
  // No log of ours could have it.
  if (since === undefined) return binding
  return since !== 'never' && since < revokedAt ? loggedBefore(since, revokedAt) : NOT_LOGGED
}

function loggedBefore(since: Date, revokedAt: Date): Found {
  const [fr, en] = [sayIn('fr'), sayIn('en')]
  const day = (at: Date) => at.toISOString().slice(0, 10)
  const words = {
    fr: `L’émetteur a révoqué cette clé le ${fr.day(day(revokedAt))}, mais notre journal connaissait ce badge depuis le ${fr.day(day(since))} : il reste valable.`,
    en: `The issuer revoked this key on ${en.day(day(revokedAt))}, but our log has known this badge since ${en.day(day(since))}: it still counts.`,
  }
  return {
    result: 'pass',
    code: 'issuer_binding',
    words,
    warnings: [{ code: 'logged_before_revocation', words }],
  }
}

const NOT_LOGGED: Found = {
  result: 'fail',
  code: 'key_revoked',
  words: {
    fr: 'L’émetteur a révoqué cette clé, et notre journal ne connaissait pas ce badge avant : quelqu’un d’autre a pu le faire. Demandez à l’émetteur un badge signé avec une autre clé.',
    en: 'The issuer has revoked this key, and our log did not know this badge before: somebody else may have made it. Ask the issuer for a badge that is signed with another key.',
  },
}
