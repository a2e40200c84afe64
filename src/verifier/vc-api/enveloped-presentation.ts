import { readJws, type ReadJws } from '../../credential/check-jws.js'
import { checkToken, methodOf } from '../bind-token.js'
import { keysOfIssuer } from '../check-issuer.js'
import { termProblems, type Around, type Options } from './check-signatures.js'
import { presentationRules } from './presentation-rules.js'
import { problemsOf, type Problem } from './rule.js'
import { idOf, listOf, type Json } from '../../credential/values.js'
import { envelopeRules, inside, TOKEN, tokenIn } from './verify-envelope.js'

const RULES = envelopeRules('EnvelopedVerifiablePresentation')

/**
 * A presentation that stands as a signed token (compact JWS) in a `data:` URL: what it says, and what
 * is wrong with the envelope and its signature. The credentials in it are not looked at.
 *
 * @returns no presentation if what is wrong leaves nothing to read
 * @see VCDM 2.0, 4.13.2; VC-JOSE-COSE, 3.1.2
 */
export async function openEnvelope(
  envelope: Json,
  options: Options,
  around: Around,
): Promise<Readonly<{ presentation?: Json; errors: readonly Problem[] }>> {
  const form = problemsOf(envelope, RULES, around.now)
  if (form.length > 0) return { errors: form }
  const jws = tokenIn(envelope)
  const read = readJws(jws, 'vp')
  if (typeof read === 'string') return { errors: [{ ...TOKEN, code: read }] }
  // The word that it answers is a claim of the token, not of the presentation.
  const { nonce, ...presentation } = read.credential
  const content = problemsOf(presentation, presentationRules(presentation), around.now)
  if (content.length > 0) return { errors: inside(content) }
  // Two signatures of two kinds, each of which could say for whom it is: nobody's text tells which counts.
  if (presentation.proof !== undefined) return { errors: [TWICE] }
  const terms = await termProblems(presentation, around)
  if (terms.length > 0) return { errors: inside(terms) }
  return {
    presentation,
    errors: [
      ...(await signatureProblems({ jws, read }, presentation, around)),
      ...answerProblems(read.claims.aud, nonce, options),
    ],
  }
}

/** Whether the holder signed it or, where none is named, whoever the token names. */
async function signatureProblems(
  { jws, read }: Readonly<{ jws: string; read: ReadJws }>,
  presentation: Json,
  { lookups, now }: Around,
): Promise<Problem[]> {
  const { kid } = read.header
  const holder =
    idOf(presentation.holder) ?? (typeof kid === 'string' ? kid.split('#')[0] : undefined) ?? ''
  // The claim `iss` of a presentation names its holder.
  const claimed = { ...read, credential: { id: presentation.id, issuer: holder } }
  const keys = await keysOfIssuer(holder, lookups, methodOf(read, holder))
  const token = await checkToken({ jws, read: claimed }, holder, keys, now)
  return [token.proof, token.issuer_binding]
    .filter(({ result }) => result !== 'pass')
    .map(({ code, words }) => ({ code, words, pointer: '/id' }))
}

/** @see VC-JOSE-COSE, 3.1.3: `aud` is what Data Integrity calls domain, `nonce` its challenge */
function answerProblems(aud: unknown, nonce: unknown, { domain, challenge }: Options): Problem[] {
  const [named, asked] = [new Set(listOf(aud)), new Set<unknown>(listOf(domain))]
  const isSame = named.size === asked.size && [...asked].every((one) => named.has(one))
  return [
    ...(domain === undefined || isSame ? [] : [OTHER_DOMAIN]),
    ...(challenge === undefined || nonce === challenge ? [] : [OTHER_CHALLENGE]),
  ]
}

const TWICE: Problem = {
  code: 'proof',
  pointer: '/id',
  source: 'VCDM 2.0, 4.13.2',
  words: {
    fr: 'Cette présentation est signée deux fois : par son enveloppe et en elle-même. Gardez l’une des deux.',
    en: 'This presentation is signed twice: by its envelope and in itself. Keep one of the two.',
  },
}
const OTHER_DOMAIN: Problem = {
  code: 'proof_domain',
  pointer: '/id',
  source: 'VC-JOSE-COSE, 3.1.3',
  words: {
    fr: 'La signature a été faite pour quelqu’un d’autre (« aud »).',
    en: 'The signature was made for somebody else (“aud”).',
  },
}
const OTHER_CHALLENGE: Problem = {
  code: 'proof_challenge',
  pointer: '/id',
  source: 'VC-JOSE-COSE, 3.1.3',
  words: {
    fr: 'La signature ne répond pas à la question qui a été posée (« nonce »).',
    en: 'The signature does not answer the question that was asked (“nonce”).',
  },
}
