import { checkStatus } from '../check-status.js'
import { toInstant } from '../../credential/instant.js'
import { issuerIdOf } from '../signed-content.js'
import { signatureProblems, termProblems, type Around, type Options } from './check-signatures.js'
import { credentialRules, isOlder } from './credential-rules.js'
import { refused, type Outcome } from './outcome.js'
import { problemsOf, type Problem } from './rule.js'
import { hasType, type Json } from './values.js'
import { verifyEnvelope, type CheckContent } from './verify-envelope.js'

/** Two clocks may differ by this much. */
const SKEW_MS = 60_000

const FORM_CHECKS = ['structure', 'context', 'type']
const ALL_CHECKS = [...FORM_CHECKS, 'proof', 'issuer_binding', 'validity', 'status']

/**
 * Whether a verifiable credential of any kind is true: VCDM 2.0 or 1.1, with Data Integrity proofs
 * or in an envelope.
 *
 * @param securedBy whose proof stands for it: its own, or, for what a holder says of themselves in a
 *   presentation, that of the presentation
 */
export async function verifyCredential(
  credential: Json,
  options: Options,
  around: Around,
  securedBy: 'itself' | 'presentation' = 'itself',
): Promise<Outcome> {
  if (hasType(credential, 'EnvelopedVerifiableCredential'))
    return verifyEnvelope(credential, around, checkContent(options, around))
  const form = problemsOf(credential, credentialRules(credential), around.now)
  if (form.length > 0) return refused(FORM_CHECKS, form)
  if (securedBy === 'itself' && credential.proof === undefined)
    return refused(FORM_CHECKS, [UNSIGNED])
  const terms = await termProblems(credential, around)
  if (terms.length > 0) return refused(FORM_CHECKS, terms)
  const proof = securedBy === 'itself' ? await proofProblems(credential, options, around) : []
  const content = await checkContent(options, around)(credential, proof.length === 0)
  return { ...content, errors: [...proof, ...content.errors] }
}

function checkContent(options: Options, around: Around): CheckContent {
  return async (credential, proven) => {
    const status = proven ? await statusProblems(credential, options, around) : NOTHING
    return {
      checks: proven ? ALL_CHECKS : ALL_CHECKS.slice(0, -1),
      warnings: [...warningsOf(credential), ...status.warnings],
      errors: [...validityProblems(credential, around.now), ...status.errors],
    }
  }
}

async function proofProblems(
  credential: Json,
  options: Options,
  around: Around,
): Promise<readonly Problem[]> {
  // A credential is an assertion: whoever expects anything else does not get it.
  const expected = options.expectedProofPurpose
  if (expected !== undefined && expected !== 'assertionMethod') return [OTHER_PURPOSE]
  const owner = issuerIdOf(credential)
  return signatureProblems(credential, { owner, purpose: 'assertionMethod' }, options, around)
}

function validityProblems(credential: Json, now: Date): Problem[] {
  const [from, until] = isOlder(credential)
    ? (['issuanceDate', 'expirationDate'] as const)
    : (['validFrom', 'validUntil'] as const)
  const [start, end] = [toInstant(credential[from]), toInstant(credential[until])]
  return [
    ...(start !== undefined && now.getTime() < start - SKEW_MS
      ? [{ ...NOT_YET_VALID, pointer: `/${from}` }]
      : []),
    ...(end !== undefined && now.getTime() > end + SKEW_MS
      ? [{ ...EXPIRED, pointer: `/${until}` }]
      : []),
  ]
}

/**
 * A credential that its issuer withdrew never verifies. One whose list can't be asked does not
 * either, unless whoever asks lists the checks that they want and the status is not among them.
 */
async function statusProblems(
  credential: Json,
  { checks }: Options,
  { lookups, now }: Around,
): Promise<Pick<Outcome, 'warnings' | 'errors'>> {
  const { result, code, words } = await checkStatus(
    credential,
    issuerIdOf(credential),
    lookups,
    now,
  )
  const problem = { code, pointer: '/credentialStatus', words }
  const isWanted =
    checks === undefined || checks.includes('credentialStatus') || checks.includes('status')
  if (result === 'fail' || (result === 'unknown' && isWanted))
    return { warnings: [], errors: [problem] }
  return { warnings: result === 'unknown' ? [problem] : [], errors: [] }
}

function warningsOf(credential: Json): Problem[] {
  return [
    ...(isOlder(credential) ? [OLDER_MODEL] : []),
    ...(credential.credentialSchema === undefined ? [] : [SCHEMA_NOT_CHECKED]),
    ...(credential.relatedResource === undefined ? [] : [RESOURCES_NOT_FETCHED]),
  ]
}

const NOTHING: Pick<Outcome, 'warnings' | 'errors'> = { warnings: [], errors: [] }
const UNSIGNED: Problem = {
  code: 'unsigned',
  pointer: '/proof',
  source: 'VCDM 2.0, 4.12',
  words: { fr: 'Cette attestation n’est pas signée.', en: 'This credential is not signed.' },
}
const OTHER_PURPOSE: Problem = {
  code: 'proof_purpose',
  pointer: '/proof',
  source: 'Data Integrity, 4.4',
  words: {
    fr: 'Une attestation est signée pour affirmer (assertionMethod), non pour ce que vous attendez.',
    en: 'A credential is signed to assert (assertionMethod), not for what you expect.',
  },
}
const NOT_YET_VALID = {
  code: 'not_yet_valid',
  words: {
    fr: 'Cette attestation n’est pas encore valable.',
    en: 'This credential is not valid yet.',
  },
}
const EXPIRED = {
  code: 'expired',
  words: { fr: 'Cette attestation a expiré.', en: 'This credential has expired.' },
}
const OLDER_MODEL: Problem = {
  code: 'older_model',
  pointer: '/@context',
  words: {
    fr: 'Cette attestation suit un modèle plus ancien (VCDM 1.1).',
    en: 'This credential follows an older model (VCDM 1.1).',
  },
}
const SCHEMA_NOT_CHECKED: Problem = {
  code: 'schema_not_checked',
  pointer: '/credentialSchema',
  words: {
    fr: 'Le contenu n’a pas été comparé à ce schéma.',
    en: 'The content was not compared with this schema.',
  },
}
const RESOURCES_NOT_FETCHED: Problem = {
  code: 'resource_not_checked',
  pointer: '/relatedResource',
  words: {
    fr: 'Ces ressources n’ont pas été téléchargées : leur empreinte n’a été comparée qu’à celles que le W3C publie.',
    en: 'These resources were not fetched: their digests were compared only with those that the W3C publishes.',
  },
}
