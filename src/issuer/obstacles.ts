import { DomainError } from '../errors.js'
import type { Words } from '../words.js'
import type { Evidence } from './evidence.js'
import { assertEnrolledThroughout, assertPartnerEvidence } from './rules.js'
import { missingWords } from './wording.js'

/** In one sentence, what still stands against proposing a dossier; undefined: nothing. */
export function obstacleOf(
  evidence: Pick<Evidence, 'weighed' | 'facts' | 'partners' | 'enrolments'>,
): Words | undefined {
  const { weighed, facts, partners, enrolments } = evidence
  return (
    missingWords(weighed) ??
    refusalOf(() => assertPartnerEvidence(facts, partners)) ??
    refusalOf(() => assertEnrolledThroughout(facts, enrolments))
  )
}

function refusalOf(rule: () => void): Words | undefined {
  try {
    rule()
    return undefined
  } catch (error) {
    if (error instanceof DomainError) return error.words
    throw error
  }
}
