import { checkProofs } from '../../credential/check-proof.js'
import { ALL_SUITES } from '../../credential/suites/table.js'
import type { Canonize } from '../../credential/suites/suite.js'
import { bindKey, keysOfIssuer, keyToTry, type Keys } from '../check-issuer.js'
import type { Around as Asking } from '../lookups.js'
import type { Problem } from './rule.js'
import { hasType } from './values.js'
import { isObject, listOf, textOf, wordOf, type Json } from '../../credential/values.js'

/** What a verification asks of the world, and where it puts documents in canonical form. */
export type Around = Asking & Readonly<{ canonize: Canonize }>

/** What whoever asks wants to be compared. */
export type Options = Readonly<{
  /** Parts that must be known: `credentialStatus`. Without a list all of them. */
  checks?: readonly string[] | undefined
  challenge?: string | undefined
  domain?: string | readonly string[] | undefined
  expectedProofPurpose?: string | undefined
}>

type Purpose = 'assertionMethod' | 'authentication'

/**
 * What is wrong with the proofs of a document: every one must be good, made for the purpose, and
 * made with a key of its owner.
 *
 * @param owner whose proofs they are; undefined: whoever each proof names
 */
export async function signatureProblems(
  document: Json,
  { owner, purpose }: Readonly<{ owner: string | undefined; purpose: Purpose }>,
  options: Options,
  { lookups, now, canonize }: Around,
): Promise<Problem[]> {
  const proofs = listOf(document.proof) as readonly Json[]
  const ownerOf = (method: string) => owner ?? method.split('#')[0] ?? ''
  const keys = new Map<string, Keys>()
  for (const method of new Set(proofs.map((one) => wordOf(one.verificationMethod))))
    keys.set(method, await keysOfIssuer(ownerOf(method), lookups, method))
  const keysFor = (method: string): Keys => keys.get(method) ?? { outcome: 'missing' }
  const results = await checkProofs(document, (one) => keyToTry(keysFor(one), one), now, {
    suites: ALL_SUITES,
    chains: true,
    purpose,
    canonize,
    ...(options.domain !== undefined && { domain: options.domain }),
    ...(options.challenge !== undefined && { challenge: options.challenge }),
  })
  return results.flatMap(({ result, code, words, verificationMethod: method }, at) => {
    const pointer = Array.isArray(document.proof) ? `/proof/${at}` : '/proof'
    const named = { method, created: textOf(proofs[at]?.created) }
    const bound = bindKey(keysFor(method), ownerOf(method), named, now)
    return [
      ...(result === 'pass' ? [] : [{ code, pointer, words }]),
      // A key that nobody could look up is not known to be the owner's: that does not verify.
      ...(bound.result === 'pass' ? [] : [{ code: bound.code, pointer, words: bound.words }]),
    ]
  })
}

/**
 * Whether every word of a document has a meaning in its contexts, proofs included and whatever the
 * suites: one that signs the JSON text would sign words without meaning too.
 */
export async function termProblems(document: Json, { canonize }: Around): Promise<Problem[]> {
  const quads = await canonize(document, 'sha256').catch(onlyOfDocument)
  if (quads === undefined || quads === '') return [UNDEFINED_TERM]
  return isInPlainSight(document, quads) ? [] : [OTHER_NAME]
}

/** What decides, by its one name in JSON and its meaning. */
const DECISIVE: readonly (readonly [string, string])[] = [
  ...['verifiableCredential', 'credentialStatus', 'issuer', 'holder'],
  ...['validFrom', 'validUntil', 'issuanceDate', 'expirationDate'],
].map((name) => [name, `https://www.w3.org/2018/credentials#${name}`])

/** Whether nothing that decides is said under another name, which we would not look at. */
function isInPlainSight(document: Json, quads: string): boolean {
  const names = new Map<string, number>()
  countMembers(document, names)
  return DECISIVE.every(([name, meaning]) => {
    const said = quads.split('\n').filter((quad) => quad.split(' ', 2)[1] === `<${meaning}>`)
    return said.length <= (names.get(name) ?? 0)
  })
}

/** Only credentials and presentations have these names: elsewhere they mean something else. */
function countMembers(value: unknown, names: Map<string, number>): void {
  if (Array.isArray(value)) return value.forEach((one) => countMembers(one, names))
  if (!isObject(value)) return
  const decides = hasType(value, 'VerifiableCredential') || hasType(value, 'VerifiablePresentation')
  for (const [name, held] of Object.entries(value)) {
    if (decides) names.set(name, (names.get(name) ?? 0) + listOf(held).length)
    if (name !== '@context') countMembers(held, names)
  }
}

const OTHER_NAME: Problem = {
  code: 'other_name',
  pointer: '',
  source: 'VCDM 2.0, 6.1',
  words: {
    fr: 'Une date, un statut, un émetteur, un titulaire ou une attestation est dit sous un autre nom que le sien : écrivez le document sous sa forme JSON-LD compacte.',
    en: 'A date, a status, an issuer, a holder or a credential is said under another name than its own: write the document in its compacted JSON-LD form.',
  },
}

/** That we could not do it says nothing of the document. */
function onlyOfDocument(error: unknown): undefined {
  if (error instanceof Error && error.name === 'DomainError') throw error
  return undefined
}

const UNDEFINED_TERM: Problem = {
  code: 'undefined_term',
  pointer: '',
  source: 'Data Integrity, 2.4.2; VCDM 2.0, 5.2',
  words: {
    fr: 'Un champ, un type ou un id n’a pas de sens dans les vocabulaires (@context) du document, ou l’un d’eux redéfinit un mot protégé.',
    en: 'A field, a type or an id has no meaning in the vocabularies (@context) of the document, or one of them redefines a protected word.',
  },
}
