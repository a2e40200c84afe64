import { z } from 'zod'
import type { Language } from '../../words.js'
import type { Problem } from './rule.js'

/** What a verification found. It succeeded when there are no errors. */
export type Outcome = Readonly<{
  /** Names of the checks that were made. */
  checks: readonly string[]
  /** What a reader should know; none of it speaks against the document. */
  warnings: readonly Problem[]
  errors: readonly Problem[]
}>

const ToldProblem = z.object({
  type: z.string(),
  code: z.string(),
  pointer: z.string(),
  detail: z.string(),
})

export const Verified = z
  .object({
    verified: z.literal(true),
    checks: z.array(z.string()),
    warnings: z.array(ToldProblem),
    errors: z.array(ToldProblem).length(0),
  })
  .meta({ id: 'VcVerified' })

export function succeeded({ errors }: Outcome): boolean {
  return errors.length === 0
}

export function refused(checks: readonly string[], errors: readonly Problem[]): Outcome {
  return { checks, warnings: [], errors }
}

/** The outcomes of several parts as one; each part's problems are told at its place. */
export function together(parts: readonly Readonly<{ at: string; outcome: Outcome }>[]): Outcome {
  const problemsOf = (kind: 'warnings' | 'errors') =>
    parts.flatMap(({ at, outcome }) =>
      outcome[kind].map((problem) => ({ ...problem, pointer: `${at}${problem.pointer}` })),
    )
  return {
    checks: [...new Set(parts.flatMap(({ outcome }) => outcome.checks))],
    warnings: problemsOf('warnings'),
    errors: problemsOf('errors'),
  }
}

/** What `verify` answers, in the language of whoever asks. */
export function tell(outcome: Outcome, language: Language) {
  const say = ({ code, pointer, words, source }: Problem): z.infer<typeof ToldProblem> => ({
    type: TYPES[code] ?? MALFORMED,
    code,
    pointer,
    detail: source === undefined ? words[language] : `${words[language]} (${source})`,
  })
  return {
    verified: succeeded(outcome),
    checks: [...outcome.checks],
    warnings: outcome.warnings.map(say),
    errors: outcome.errors.map(say),
  }
}

/** Names of problems that the specifications give. @see VCDM 2.0, 7.2; Data Integrity, 4.7; Bitstring Status List, 3.4 */
const MALFORMED = 'https://www.w3.org/TR/vc-data-model#MALFORMED_VALUE_ERROR'
const CRYPTOGRAPHIC = 'https://www.w3.org/TR/vc-data-model#CRYPTOGRAPHIC_SECURITY_ERROR'
const RANGE = 'https://www.w3.org/TR/vc-data-model#RANGE_ERROR'
const PARSING = 'https://www.w3.org/TR/vc-data-model#PARSING_ERROR'
const PROOF = 'https://w3id.org/security#PROOF_VERIFICATION_ERROR'
const TRANSFORMATION = 'https://w3id.org/security#PROOF_TRANSFORMATION_ERROR'

const DATA_LOSS = 'https://w3id.org/security#DATA_LOSS_DETECTION_ERROR'
const STATUS = 'https://www.w3.org/ns/credentials/status-list#'
/** None of theirs fits: RFC 9457 has a name for that. */
const UNNAMED = 'about:blank'

const TYPES: Readonly<Record<string, string>> = {
  json: PARSING,
  duplicate_key: PARSING,
  too_deep: RANGE,
  too_large: RANGE,
  proof: PROOF,
  unsigned: PROOF,
  proof_purpose: PROOF,
  proof_time: PROOF,
  proof_expired: PROOF,
  proof_value: PROOF,
  cryptosuite: PROOF,
  verification_method: PROOF,
  base_proof: PROOF,
  claims_mismatch: PROOF,
  alg: PROOF,
  proof_domain: 'https://w3id.org/security#INVALID_DOMAIN_ERROR',
  proof_challenge: 'https://w3id.org/security#INVALID_CHALLENGE_ERROR',
  undefined_term: DATA_LOSS,
  unknown_context: TRANSFORMATION,
  issuer_binding: CRYPTOGRAPHIC,
  key_revoked: CRYPTOGRAPHIC,
  key_type: CRYPTOGRAPHIC,
  weak_key: CRYPTOGRAPHIC,
  related_resource_digest: CRYPTOGRAPHIC,
  not_yet_valid: RANGE,
  expired: RANGE,
  revoked: UNNAMED,
  suspended: UNNAMED,
  status_unavailable: `${STATUS}STATUS_RETRIEVAL_ERROR`,
  status_untrusted: `${STATUS}STATUS_VERIFICATION_ERROR`,
  status_stale: `${STATUS}STATUS_VERIFICATION_ERROR`,
  status_purpose: `${STATUS}STATUS_VERIFICATION_ERROR`,
  status_length: `${STATUS}STATUS_LIST_LENGTH_ERROR`,
  status_range: RANGE,
  status_unsupported: UNNAMED,
  issuer_unreachable: UNNAMED,
  issuer_refused: UNNAMED,
  issuer_method_unsupported: UNNAMED,
  older_model: UNNAMED,
  schema_not_checked: UNNAMED,
  resource_not_checked: UNNAMED,
  no_holder: UNNAMED,
}
