import { informing, NOT_MADE, type FoundChecks } from './informing.js'
import type { ReadJws } from '../credential/check-jws.js'
import { checkProofs } from '../credential/check-proof.js'
import { guardBadge } from '../credential/guard.js'
import type { Language, Words } from '../words.js'
import { checkToken, methodOf, type Signature } from './bind-token.js'
import { bindKey, keysOfIssuer, keyToTry, type Found } from './check-issuer.js'
import { checkStatus } from './check-status.js'
import { checkValidity } from './check-validity.js'
import { checkEndorsements, type Endorsement } from './check-endorsements.js'
import { digestOf, ENGINE } from './engine.js'
import type { Lookups } from './lookups.js'
import { olderWarnings } from './older/report-content.js'
import { verifyOlder, type ReadOlder } from './older/verify-older.js'
import { readBadge, type ReadBadge } from './read-input.js'
import { checkRefresh, refreshWarnings } from './refresh.js'
import { CHECK_NAMES, summaryOf, toReportCheck, type Check, type Report } from './report.js'
import { badgeOf, issuerIdOf, warningsOf } from './signed-content.js'
import { checkTrust, NOBODY, type Trust } from './trust/check-trust.js'
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
  return { ...(await judge(input, around)), engine: ENGINE, digest: digestOf(input) }
}

type Judged = Omit<Report, 'engine' | 'digest'>

async function judge(input: Uint8Array, around: Around): Promise<Judged> {
  const read = await readBadge(input, around.lookups.work)
  if ('fault' in read) return report({ format: read.format, found: faultOf(read) }, around)
  if ('assertion' in read) return reportOlder(read, around)
  const document = 'document' in read ? read.document : read.read.credential
  const found = await checkCredential(read, document, around)
  const proven = found.proof?.result === 'pass'
  const endorsements = proven ? await checkEndorsements(document, around.lookups, around.now) : []
  // Only an issuer who stands by the badge may send us to another address.
  const refresh =
    proven && found.issuer_binding?.result === 'pass'
      ? await checkRefresh(document, around)
      : undefined
  const trust = proven ? await checkTrust(document, endorsements, around.lookups) : NOBODY
  return report(
    {
      format: read.format,
      found: {
        ...found,
        ...informing(document, endorsements, trust.found),
        ...(refresh && { refresh }),
      },
      ...(proven && { document }),
      endorsements,
      trust,
    },
    around,
  )
}

async function reportOlder(read: ReadOlder, around: Around): Promise<Judged> {
  const { found, badge, named } = await verifyOlder(read, around)
  const trust = named ? await checkTrust(named, [], around.lookups) : NOBODY
  return report(
    {
      format: read.format,
      found: { ...(named && informing(named, [], trust.found)), ...found },
      badge,
      trust,
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
    isToken && !('proof' in document)
      ? { ...document, proof: { type: 'DataIntegrityProof' } }
      : document,
    root,
  )
  const form: FoundChecks = { format: pass('format', FORM.format), ...formOf(findings) }
  if (findings.length > 0) return form
  const issuerId = issuerIdOf(document)
  const keys = await keysOfIssuer(issuerId, lookups, namedKey(read, document, issuerId))
  const signatures = [
    ...(isToken ? [await checkToken(read, issuerId, keys, now)] : []),
    // A token may hold a badge that is signed by itself too: then both signatures must be good.
    ...('proof' in document ? [await checkSignature(document, keys, { lookups, now })] : []),
  ]
  const signature = {
    proof: worst(signatures.map(({ proof }) => proof)),
    issuer_binding: worst(signatures.map((one) => one.issuer_binding)),
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
function namedKey(
  read: Readonly<{ read: ReadJws }> | object,
  { proof }: Json,
  issuerId: string,
): string | undefined {
  if ('read' in read) return methodOf(read.read, issuerId)
  const [first] = (Array.isArray(proof) ? proof : [proof]) as Json[]
  const method = first?.verificationMethod
  return typeof method === 'string' ? method : undefined
}

function worst(found: readonly Found[]): Found {
  return (
    found.find(({ result }) => result === 'fail') ??
    found.find(({ result }) => result === 'unknown') ??
    found[0] ??
    NOT_MADE
  )
}

type Keys = Awaited<ReturnType<typeof keysOfIssuer>>

async function checkSignature(
  document: Json,
  keys: Keys,
  { lookups, now }: Pick<Around, 'lookups' | 'now'>,
): Promise<Signature> {
  const issuerId = issuerIdOf(document)
  const results = await checkProofs(document, (method) => keyToTry(keys, method), now, {
    canonize: lookups.work?.canonize,
  })
  const proofs = (Array.isArray(document.proof) ? document.proof : [document.proof]) as Json[]
  const bindings = results.map(({ verificationMethod: method }, at) => {
    const created = proofs[at]?.created
    const named = { method, created: typeof created === 'string' ? created : undefined }
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
  return { proof: worst(tried), issuer_binding: worst(bindings) }
}

const KEY_NOT_SEEN: Found = {
  result: 'unknown',
  code: 'proof',
  words: {
    fr: 'La signature n’a pas pu être essayée : seul l’émetteur peut montrer la clé. Réessayez plus tard, ou demandez-lui.',
    en: 'The signature could not be tried: only the issuer can show the key. Try again later, or ask them.',
  },
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
  /** What is shown of a badge of the older standard. */
  badge?: Report['badge']
  endorsements?: readonly Endorsement[]
  trust?: Trust
}>

function report(
  { format, found, document, badge = null, endorsements = [], trust = NOBODY }: Outcome,
  { language, now }: Around,
): Judged {
  const checks: Check[] = CHECK_NAMES.map((name) => ({ name, ...(found[name] ?? NOT_MADE) }))
  const verdict = combineVerdict(checks)
  const trusted = trust.known && found.issuer_binding?.result === 'pass'
  const say = toReportCheck(language)
  return {
    verdict,
    trusted,
    summary: summaryOf(verdict, trusted, language, found),
    format,
    checks: checks.map(say),
    badge: document ? badgeOf(document) : badge,
    warnings: [...trust.warnings, ...CHECK_NAMES.flatMap((name) => found[name]?.warnings ?? [])]
      .map(({ code, words }) => ({ code, message: words[language] }))
      .concat(
        document ? warningsOf(document, language) : olderWarnings(format, language),
        refreshWarnings(found.refresh, language),
      ),
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
