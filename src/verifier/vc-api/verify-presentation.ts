import { signatureProblems, termProblems, type Around, type Options } from './check-signatures.js'
import { openEnvelope } from './enveloped-presentation.js'
import { refused, together, type Outcome } from './outcome.js'
import { presentationRules } from './presentation-rules.js'
import { problemsOf, type Problem } from './rule.js'
import { hasType } from './values.js'
import { verifyCredential } from './verify-credential.js'
import { inside } from './verify-envelope.js'
import { idOf, isObject, listOf, wordOf, type Json } from '../../credential/values.js'

const FORM_CHECKS = ['structure', 'context', 'type']

/**
 * Whether a verifiable presentation is true, with every credential in it. One without a proof is
 * none: VCDM 2.0 (4.12, 4.13) calls verifiable what is secured.
 */
export async function verifyPresentation(
  presentation: Json,
  options: Options,
  around: Around,
): Promise<Outcome> {
  if (hasType(presentation, 'EnvelopedVerifiablePresentation'))
    return verifyEnveloped(presentation, options, around)
  const form = problemsOf(presentation, presentationRules(presentation), around.now)
  if (form.length > 0) return refused(FORM_CHECKS, form)
  if (presentation.proof === undefined) return refused(FORM_CHECKS, [UNSIGNED])
  const terms = await termProblems(presentation, around)
  if (terms.length > 0) return refused(FORM_CHECKS, terms)
  const holder = idOf(presentation.holder)
  const purpose = purposeOf(presentation, options)
  const errors =
    purpose === undefined
      ? [OTHER_PURPOSE]
      : await signatureProblems(presentation, { owner: holder, purpose }, options, around)
  const own: Outcome = {
    checks: [...FORM_CHECKS, 'proof', 'holder_binding'],
    warnings: holder === undefined ? [NO_HOLDER] : [],
    errors: [...errors, ...(speaksOfItself(presentation) ? [SELF_ASSERTED] : [])],
  }
  return together([
    { at: '', outcome: own },
    ...(await credentialsIn(presentation, options, around)),
  ])
}

async function verifyEnveloped(envelope: Json, options: Options, around: Around): Promise<Outcome> {
  const { presentation, errors } = await openEnvelope(envelope, options, around)
  if (!presentation) return refused(FORM_CHECKS, errors)
  const parts = await credentialsIn(presentation, options, around)
  const held = together(parts)
  return {
    checks: [...new Set([...FORM_CHECKS, 'proof', 'holder_binding', ...held.checks])],
    warnings: [
      ...(idOf(presentation.holder) === undefined ? [{ ...NO_HOLDER, pointer: '/id' }] : []),
      ...inside(held.warnings),
    ],
    errors: [...errors, ...inside(held.errors)],
  }
}

/** One after the other: each may cost as much as a verification of its own. */
async function credentialsIn(presentation: Json, { checks }: Options, around: Around) {
  const { verifiableCredential } = presentation
  const parts: { at: string; outcome: Outcome }[] = []
  for (const [place, credential] of listOf(verifiableCredential).filter(isObject).entries()) {
    const at = Array.isArray(verifiableCredential)
      ? `/verifiableCredential/${place}`
      : '/verifiableCredential'
    const outcome = await verifyCredential(
      credential,
      { checks },
      around,
      isSelfAsserted(credential, presentation) ? 'presentation' : 'itself',
    )
    parts.push({ at, outcome })
  }
  return parts
}

/**
 * Whether it shows what its own signer says, secured by nothing but the presentation, without naming
 * a holder: then it MUST. What is signed by itself needs none.
 *
 * @see VCDM 2.0, 4.13.3
 */
function speaksOfItself({ holder, proof, verifiableCredential }: Json): boolean {
  const signers = listOf(proof)
    .filter(isObject)
    .map(({ verificationMethod }) => wordOf(verificationMethod).split('#')[0])
  return (
    holder === undefined &&
    listOf(verifiableCredential)
      .filter(isObject)
      .filter((one) => one.proof === undefined)
      .some((one) => signers.some((signer) => signer === idOf(one.issuer)))
  )
}

/**
 * What a holder says of themselves may be secured by the presentation alone, if it names them.
 *
 * @see VCDM 2.0, 4.13.3
 */
function isSelfAsserted(credential: Json, { holder }: Json): boolean {
  return (
    credential.proof === undefined &&
    holder !== undefined &&
    idOf(holder) === idOf(credential.issuer)
  )
}

/** What the proofs must have been made for: one of the two things that a holder signs for. */
function purposeOf(
  { proof }: Json,
  { expectedProofPurpose }: Options,
): 'authentication' | 'assertionMethod' | undefined {
  const [first] = listOf(proof)
  const wanted = expectedProofPurpose ?? (isObject(first) ? first.proofPurpose : undefined)
  return wanted === 'authentication' || wanted === 'assertionMethod' ? wanted : undefined
}

const UNSIGNED: Problem = {
  code: 'unsigned',
  pointer: '/proof',
  source: 'VCDM 2.0, 4.12 and 4.13',
  words: { fr: 'Cette présentation n’est pas signée.', en: 'This presentation is not signed.' },
}
const OTHER_PURPOSE: Problem = {
  code: 'proof_purpose',
  pointer: '/proof',
  source: 'Data Integrity, 4.4',
  words: {
    fr: 'Une présentation est signée pour s’authentifier (authentication) ou pour affirmer (assertionMethod).',
    en: 'A presentation is signed to authenticate (authentication) or to assert (assertionMethod).',
  },
}
const SELF_ASSERTED: Problem = {
  code: 'holder',
  pointer: '/holder',
  source: 'VCDM 2.0, 4.13.3',
  words: {
    fr: 'Qui montre ce qu’il dit lui-même sans l’avoir signé à part doit se nommer : ajoutez « holder ».',
    en: 'Whoever shows what they say themselves, not signed by itself, must name themselves: add “holder”.',
  },
}
const NO_HOLDER: Problem = {
  code: 'no_holder',
  pointer: '/holder',
  words: {
    fr: 'La présentation ne dit pas qui la montre : la signature est bonne, de qui elle est n’est dit que par la clé.',
    en: 'The presentation does not say who shows it: the signature is good, whose it is only the key tells.',
  },
}
