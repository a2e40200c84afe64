import { readJws } from '../../credential/check-jws.js'
import { checkToken, methodOf } from '../bind-token.js'
import { keysOfIssuer } from '../check-issuer.js'
import { issuerIdOf } from '../signed-content.js'
import { signatureProblems, termProblems, type Around } from './check-signatures.js'
import { BASE_CONTEXTS } from './contexts.js'
import { credentialRules } from './credential-rules.js'
import { refused, type Outcome } from './outcome.js'
import { problemsOf, type Problem, type Rule } from './rule.js'
import { listOf, wordOf, type Json } from '../../credential/values.js'

const CHECKS = ['structure', 'context', 'type']
/** VC-JOSE-COSE, and the plain JWT that came before it. */
const DATA_URLS = {
  EnvelopedVerifiableCredential:
    /^data:application\/(?:vc\+jwt|vc\+ld\+jwt|jwt)(?:;[\w=+-]+)*,[\w.-]+$/,
  EnvelopedVerifiablePresentation:
    /^data:application\/(?:vp\+jwt|vp\+ld\+jwt|jwt)(?:;[\w=+-]+)*,[\w.-]+$/,
} as const

/**
 * What an envelope must look like, of credentials or of presentations.
 *
 * @see VCDM 2.0, 4.13.1 and 4.13.2
 */
export function envelopeRules(type: keyof typeof DATA_URLS): readonly Rule[] {
  const source = 'VCDM 2.0, 4.13'
  return [
    {
      code: 'context',
      source,
      words: {
        fr: `« @context » de l’enveloppe doit contenir ${BASE_CONTEXTS['2.0']}.`,
        en: `“@context” of the envelope must contain ${BASE_CONTEXTS['2.0']}.`,
      },
      broken: (document) =>
        listOf(document['@context']).includes(BASE_CONTEXTS['2.0']) ? [] : ['/@context'],
    },
    {
      code: 'type',
      source,
      words: {
        fr: `« type » de l’enveloppe doit être ${type} et rien d’autre.`,
        en: `“type” of the envelope must be ${type} and nothing else.`,
      },
      broken: (document) =>
        listOf(document.type).every((one) => one === type) && listOf(document.type).length === 1
          ? []
          : ['/type'],
    },
    {
      code: 'id',
      source,
      words: {
        fr: '« id » de l’enveloppe doit être une URL « data: » d’un type que nous savons lire, comme data:application/vc+jwt,….',
        en: '“id” of the envelope must be a “data:” URL of a type that we can read, such as data:application/vc+jwt,….',
      },
      broken: ({ id }) => (typeof id === 'string' && DATA_URLS[type].test(id) ? [] : ['/id']),
    },
  ]
}

/** What is asked of a credential whose form is right: `proven`, if its proofs are good. */
export type CheckContent = (credential: Json, proven: boolean) => Promise<Outcome>

const RULES = envelopeRules('EnvelopedVerifiableCredential')

/** A credential that stands as a signed token (compact JWS) in a `data:` URL. */
export async function verifyEnvelope(
  envelope: Json,
  around: Around,
  checkContent: CheckContent,
): Promise<Outcome> {
  const form = problemsOf(envelope, RULES, around.now)
  if (form.length > 0) return refused(CHECKS, form)
  const jws = tokenIn(envelope)
  const read = readJws(jws)
  if (typeof read === 'string') return refused(CHECKS, [{ ...TOKEN, code: read }])
  const { credential } = read
  const content = problemsOf(credential, credentialRules(credential), around.now)
  if (content.length > 0) return refused(CHECKS, inside(content))
  const terms = await termProblems(credential, around)
  if (terms.length > 0) return refused(CHECKS, inside(terms))
  const issuerId = issuerIdOf(credential)
  const keys = await keysOfIssuer(issuerId, around.lookups, methodOf(read, issuerId))
  const token = await checkToken({ jws, read }, issuerId, keys, around.now)
  const unproven = [token.proof, token.issuer_binding]
    .filter(({ result }) => result !== 'pass')
    .map(({ code, words }) => ({ code, words, pointer: '/id' }))
  // What is in a token may be signed by itself too: then both signatures must be good.
  const own =
    credential.proof === undefined
      ? []
      : inside(
          await signatureProblems(
            credential,
            { owner: issuerId, purpose: 'assertionMethod' },
            {},
            around,
          ),
        )
  const errors = [...unproven, ...own]
  const outcome = await checkContent(credential, errors.length === 0)
  return { ...outcome, errors: [...errors, ...inside(outcome.errors)] }
}

/** The token of an envelope that keeps the rules. */
export function tokenIn({ id }: Json): string {
  return wordOf(id).split(',')[1] ?? ''
}

/** What is in a token has no pointer of its own. */
export function inside(problems: readonly Problem[]): Problem[] {
  return problems.map((problem) => ({ ...problem, pointer: '/id' }))
}

export const TOKEN: Problem = {
  code: 'structure',
  pointer: '/id',
  source: 'VC-JOSE-COSE, 3.1',
  words: {
    fr: 'Le jeton dans cette enveloppe ne peut pas être lu, ou annonce une signature d’une sorte que nous refusons.',
    en: 'The token in this envelope can’t be read, or announces a signature of a kind that we refuse.',
  },
}
