import { informing, NOT_MADE, type FoundChecks } from './informing.js'
import { claimsMatch } from '../credential/check-jws.js'
import { checkProofs } from '../credential/check-proof.js'
import { guardBadge } from '../credential/guard.js'
import type { Language, Words } from '../words.js'
import { bindKey, bindToken, keysOfIssuer, keyToTry, type Found } from './check-issuer.js'
import { checkStatus } from './check-status.js'
import { checkValidity } from './check-validity.js'
import { checkEndorsements, type Endorsement } from './check-endorsements.js'
import type { Lookups } from './lookups.js'
import { readBadge, type ReadBadge } from './read-input.js'
import { CHECK_NAMES, summaryOf, toReportCheck, type Check, type Report } from './report.js'
import { badgeOf, issuerIdOf, warningsOf } from './signed-content.js'
import { combineVerdict } from './verdict.js'

type Json = Readonly<Record<string, unknown>>
export type Around = Readonly<{ lookups: Lookups; now: Date; language: Language }>

/**
 * Whether a badge is true: its form, its signatures, whose key they were made with, its dates, its
 * status, and the same for each endorsement in it. A false badge is an answer, not an error.
 *
 * @param input the bytes that were handed in: JSON, a compact JWS, a PNG or an SVG
 */
export async function verifyBadge(input: Uint8Array, around: Around): Promise<Report> {
  const read = readBadge(input)
  if ('fault' in read) return report({ format: read.format, found: faultOf(read) }, around)
  if ('assertion' in read)
    return report({ format: read.format, found: checkOlder(read.assertion, around.now) }, around)
  const document = 'document' in read ? read.document : read.read.credential
  const found = await checkCredential(read, document, around)
  const proven = found.proof?.result === 'pass'
  const endorsements = proven ? await checkEndorsements(document, around.lookups, around.now) : []
  const known = proven ? await around.lookups.knows(issuerIdOf(document)) : undefined
  return report(
    {
      format: read.format,
      found: { ...found, ...informing(document, endorsements, known) },
      ...(proven && { document }),
      endorsements,
      known: known !== undefined,
    },
    around,
  )
}

/** The mandatory checks of one credential: a badge, or an endorsement in it. */
export async function checkCredential(
  read:
    | Extract<ReadBadge, { format: 'data-integrity' | 'vc-jwt' }>
    | { format: 'data-integrity'; document: Json },
  document: Json,
  { lookups, now }: Pick<Around, 'lookups' | 'now'>,
  root = 'AchievementCredential',
): Promise<FoundChecks> {
  const isToken = 'jws' in read
  const findings = guardBadge(
    isToken ? { ...document, proof: { type: 'DataIntegrityProof' } } : document,
    root,
  )
  const form: FoundChecks = { format: pass('format', FORM.format), ...formOf(findings) }
  if (findings.length > 0) return form
  const issuerId = issuerIdOf(document)
  const keys = await keysOfIssuer(issuerId, lookups)
  const signature = isToken
    ? await checkToken(read, issuerId, keys)
    : await checkSignature(document, issuerId, keys, now)
  return {
    ...form,
    ...signature,
    validity: checkValidity(document, now),
    // What a list says matters only for content that is proven.
    ...(signature.proof.result === 'pass' && {
      status: await checkStatus(document, issuerId, lookups, now),
    }),
  }
}

type Signature = { proof: Found; issuer_binding: Found }
type Keys = Awaited<ReturnType<typeof keysOfIssuer>>

async function checkSignature(
  document: Json,
  issuerId: string,
  keys: Keys,
  now: Date,
): Promise<Signature> {
  const results = await checkProofs(document, (method) => keyToTry(keys, method), now)
  const proofs = (Array.isArray(document.proof) ? document.proof : [document.proof]) as Json[]
  const bindings = results.map(({ verificationMethod: method }, at) => {
    const created = proofs[at]?.created
    return bindKey(keys, issuerId, {
      method,
      created: typeof created === 'string' ? created : undefined,
    })
  })
  const worst = (found: readonly Found[]) =>
    found.find(({ result }) => result === 'fail') ??
    found.find(({ result }) => result === 'unknown') ??
    found[0]
  // Without the key nothing was tried: as long as its issuer may still show it, nothing has failed.
  const tried = results.map((found, at) =>
    found.code === 'proof' &&
    bindings[at]?.result === 'unknown' &&
    keyToTry(keys, found.verificationMethod) === undefined
      ? KEY_NOT_SEEN
      : found,
  )
  return { proof: worst(tried) ?? NOT_MADE, issuer_binding: worst(bindings) ?? NOT_MADE }
}

const KEY_NOT_SEEN: Found = {
  result: 'unknown',
  code: 'proof',
  words: {
    fr: 'La signature n’a pas pu être essayée : seul l’émetteur peut montrer la clé.',
    en: 'The signature could not be tried: only the issuer can show the key.',
  },
}

async function checkToken(
  read: Extract<ReadBadge, { format: 'vc-jwt' }>,
  issuerId: string,
  keys: Keys,
): Promise<Signature> {
  if (!('jws' in read)) return { proof: NOT_MADE, issuer_binding: NOT_MADE }
  if (!claimsMatch(read.read)) {
    const words = {
      fr: 'L’enveloppe du badge dit autre chose que le badge.',
      en: 'The envelope of the badge says something else than the badge.',
    }
    return { proof: { result: 'fail', code: 'claims_mismatch', words }, issuer_binding: NOT_MADE }
  }
  const { proof, binding } = await bindToken(read.jws, read.read, issuerId, keys)
  return { proof, issuer_binding: binding }
}

function formOf(findings: ReturnType<typeof guardBadge>): FoundChecks {
  const [first] = findings
  const found = first && { result: first.result, code: first.code, words: first.words }
  const good = {
    structure: pass('structure', FORM.structure),
    context: pass('context', FORM.context),
    type: pass('type', FORM.type),
  }
  if (!first || !found) return good
  if (first.check === 'context') return { type: good.type, context: found }
  if (first.check === 'type') return { type: found }
  const known = { context: good.context, type: good.type }
  if (first.check === 'proof') return { ...known, proof: found }
  return { ...(first.pointer !== '' && first.pointer !== '/@context' && known), structure: found }
}

/** Open Badges 2.0: told apart, its end date read; nothing in it is checked, so nothing is green. */
function checkOlder(assertion: Json | undefined, now: Date): FoundChecks {
  const words = {
    fr: 'C’est un badge de l’ancienne norme (Open Badges 2.0) : nous ne savons pas encore le vérifier. Demandez à son émetteur.',
    en: 'This is a badge of the older standard (Open Badges 2.0): we can’t verify it yet. Ask its issuer.',
  }
  const until = typeof assertion?.expires === 'string' ? Date.parse(assertion.expires) : NaN
  return {
    format: { result: 'pass', code: 'ob2', words },
    proof: { result: 'unknown', code: 'ob2_unsupported', words },
    ...(until < now.getTime() && {
      validity: checkValidity(
        { validFrom: '1970-01-01T00:00:00Z', validUntil: new Date(until).toISOString() },
        now,
      ),
    }),
  }
}

function faultOf(read: Extract<ReadBadge, { fault: unknown }>): FoundChecks {
  const { check, code, words } = read.fault
  const found: Found = { result: 'fail', code, words }
  // A file that can't be read has no form that could be right.
  return check === 'format'
    ? { format: found, structure: found }
    : { format: pass('format', FORM.format), structure: found }
}

type Outcome = Readonly<{
  format: Report['format']
  found: FoundChecks
  document?: Json
  endorsements?: readonly Endorsement[]
  known?: boolean
}>

function report(
  { format, found, document, endorsements = [], known = false }: Outcome,
  { language, now }: Around,
): Report {
  const checks: Check[] = CHECK_NAMES.map((name) => ({ name, ...(found[name] ?? NOT_MADE) }))
  const verdict = combineVerdict(checks)
  const trusted = known && found.issuer_binding?.result === 'pass'
  const say = toReportCheck(language)
  return {
    verdict,
    trusted,
    summary: summaryOf(verdict, trusted, language),
    format,
    checks: checks.map(say),
    badge: document ? badgeOf(document) : null,
    warnings: document ? warningsOf(document, language) : [],
    endorsements: endorsements.map(({ words: _words, checks: found, ...rest }) => ({
      ...rest,
      checks: found.map(say),
    })),
    verifiedAt: `${now.toISOString().slice(0, 19)}Z`,
  }
}

const FORM: Readonly<Record<'format' | 'structure' | 'context' | 'type', Words>> = {
  format: { fr: 'Nous savons lire ce genre de badge.', en: 'We can read this kind of badge.' },
  structure: {
    fr: 'Le badge a la forme qu’il doit avoir.',
    en: 'The badge has the form that it should.',
  },
  context: {
    fr: 'Le vocabulaire du badge est connu.',
    en: 'The vocabulary of the badge is known.',
  },
  type: { fr: 'C’est un Open Badge.', en: 'This is an Open Badge.' },
}
function pass(code: string, words: Words): Found {
  return { result: 'pass', code, words }
}
