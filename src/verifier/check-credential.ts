import { checkProofs } from '../credential/check-proof.js'
import { checkProofsLately } from '../credential/check-proofs-lately.js'
import { guardBadge, type Finding } from '../credential/guard.js'
import { isObject, listOf, textOf, type Json } from '../credential/values.js'
import { askLog } from './ask-log.js'
import { checkToken, methodOf, type Signature } from './bind-token.js'
import { bindKey, keysOfIssuer, keyToTry, type Keys } from './check-issuer.js'
import { checkStatus } from './check-status.js'
import { checkValidity } from './check-validity.js'
import { NOT_MADE, worstOf, type Found, type FoundChecks } from './found.js'
import type { Around } from './lookups.js'
import { documentOf, type ReadCredential } from './read-input.js'
import { issuerIdOf } from './signed-content.js'

/**
 * The checks of one credential that decide: its form, its signatures, whose key they were made with,
 * its dates, its status. A form that is wrong ends it: the checks behind it are missing then.
 *
 * @param root the class of shapes.data.ts that it must be of
 */
export async function checkCredential(
  read: ReadCredential,
  { lookups, now }: Around,
  root = 'AchievementCredential',
): Promise<FoundChecks> {
  const document = documentOf(read)
  const isToken = 'jws' in read
  const findings = guardBadge(
    isToken && !('proof' in document)
      ? { ...document, proof: { type: 'DataIntegrityProof' } }
      : document,
    root,
  )
  const form: FoundChecks = { format: READABLE, ...formOf(findings) }
  if (findings.length > 0) return form
  const issuerId = issuerIdOf(document)
  const keys = await keysOfIssuer(issuerId, lookups, namedKey(read, issuerId))
  const signatures = [
    ...(isToken ? [await checkToken(read, issuerId, keys, now)] : []),
    // A token may hold a badge that is signed by itself too: then both signatures must be good.
    ...('proof' in document ? [await checkSignature(document, keys, { lookups, now, root })] : []),
  ]
  const signature = {
    proof: worstOf(signatures.map(({ proof }) => proof)),
    issuer_binding: await askLog(
      worstOf(signatures.map((one) => one.issuer_binding)),
      issuerId,
      document,
      lookups,
    ),
  }
  return {
    ...form,
    ...onlyProven(signature),
    validity: checkValidity(document, now),
    // What a list says matters only for content that is proven.
    ...(signature.proof.result === 'pass' && {
      status: await checkStatus(document, issuerId, lookups, now),
    }),
  }
}

/** Whose key made a signature means something only for a signature that is good. */
function onlyProven({ proof, issuer_binding: binding }: Signature): Signature {
  const isOpen = proof.result !== 'pass' && binding.result === 'pass'
  return { proof, issuer_binding: isOpen ? NOT_MADE : binding }
}

/** The key that a signature names, of several the first. */
function namedKey(read: ReadCredential, issuerId: string): string | undefined {
  if ('read' in read) return methodOf(read.read, issuerId)
  const [first] = listOf(read.document.proof)
  return isObject(first) ? textOf(first.verificationMethod) : undefined
}

async function checkSignature(
  document: Json,
  keys: Keys,
  { lookups, now, root }: Around & Readonly<{ root: string }>,
): Promise<Signature> {
  const issuerId = issuerIdOf(document)
  // A company endorses a definition once, and the endorsement stands in each of its badges.
  const check = root === 'EndorsementCredential' ? checkProofsLately : checkProofs
  const results = await check(document, (method) => keyToTry(keys, method), now, {
    canonize: lookups.work?.canonize,
  })
  const proofs = listOf(document.proof) as readonly Json[]
  const bindings = results.map(({ verificationMethod: method }, at) => {
    const named = { method, created: textOf(proofs[at]?.created) }
    return bindKey(keys, issuerId, named, now)
  })
  // Without the key nothing was tried: as long as its issuer may still show it, nothing has failed.
  const tried = results.map((found, at) =>
    found.code === 'proof' &&
    bindings[at]?.result === 'unknown' &&
    keyToTry(keys, found.verificationMethod) === undefined
      ? KEY_NOT_SEEN
      : found,
  )
  return { proof: worstOf(tried), issuer_binding: worstOf(bindings) }
}

const KEY_NOT_SEEN: Found = {
  result: 'unknown',
  code: 'proof',
  words: {
    fr: 'La signature n’a pas pu être essayée : seul l’émetteur peut montrer la clé. Réessayez plus tard, ou demandez-lui.',
    en: 'The signature could not be tried: only the issuer can show the key. Try again later, or ask them.',
  },
}

/** What the guard's first finding leaves of the checks of form. */
function formOf(findings: readonly Finding[]): FoundChecks {
  const [first] = findings
  const known = { context: CONTEXT, type: TYPE }
  if (!first) return { structure: STRUCTURE, ...known }
  const { check, pointer, result, code, words } = first
  const found: Found = { result, code, words }
  if (check === 'context') return { type: TYPE, context: found }
  if (check === 'type') return { type: found }
  if (check === 'proof') return { ...known, proof: found }
  return { ...(pointer !== '' && pointer !== '/@context' && known), structure: found }
}

export const READABLE: Found = {
  result: 'pass',
  code: 'format',
  words: { fr: 'Nous savons lire ce genre de badge.', en: 'We can read this kind of badge.' },
}
const STRUCTURE: Found = {
  result: 'pass',
  code: 'structure',
  words: {
    fr: 'Le badge a la forme qu’il doit avoir.',
    en: 'The badge has the form that it should.',
  },
}
const CONTEXT: Found = {
  result: 'pass',
  code: 'context',
  words: {
    fr: 'Le vocabulaire du badge est connu.',
    en: 'The vocabulary of the badge is known.',
  },
}
const TYPE: Found = {
  result: 'pass',
  code: 'type',
  words: { fr: 'C’est un Open Badge.', en: 'This is an Open Badge.' },
}
