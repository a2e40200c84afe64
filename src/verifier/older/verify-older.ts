import { absent, trustOf, type FoundChecks } from '../informing.js'
import type { Lookups } from '../lookups.js'
import type { Report } from '../report.js'
import { checkHosted, type Proven } from './check-hosted.js'
import { checkSigned } from './check-signed.js'
import { checkDates } from './dates.js'
import * as findings from './findings.js'
import { badgeOf } from './report-content.js'
import { OLDER_CONTEXTS } from './shapes.data.js'
import { isObject, isOf, listOf, typesOf, type Json } from './shapes.js'

/** A badge of Open Badges 2.0 as it was handed in; without an assertion it is only an address. */
export type ReadOlder =
  | Readonly<{ format: 'ob2-hosted'; assertion: Json | undefined }>
  | Readonly<{ format: 'ob2-signed'; assertion: Json; jws: string; header: Json }>

type Older = Readonly<{
  found: FoundChecks
  /** What the report shows: nothing before it is proven. */
  badge: Report['badge']
  known: boolean
}>

/**
 * Whether a badge of Open Badges 2.0 is true, by the words of that standard: its form, its issuer's
 * confirmation or signature, whose it is, its dates, whether it was revoked.
 */
export async function verifyOlder(
  read: ReadOlder,
  { lookups, now }: Readonly<{ lookups: Lookups; now: Date }>,
): Promise<Older> {
  const { assertion } = read
  if (!assertion) return { found: findings.ONLY_A_LINK, badge: null, known: false }
  const form = checkForm(read.format, assertion)
  if (form) return { found: { format: findings.OLDER, ...form }, badge: null, known: false }
  const { found, content } =
    read.format === 'ob2-signed'
      ? await checkSigned(read, lookups)
      : await checkHosted(assertion, lookups)
  const proven = found.proof?.result === 'pass' ? content : undefined
  const known = proven && (await lookups.knows(String(proven.profile.id)))
  return {
    found: {
      format: findings.OLDER,
      ...findings.SOUND,
      validity: checkDates(content?.assertion ?? assertion, now),
      ...found,
      ...(proven && informing(proven, known)),
    },
    badge: proven ? badgeOf(proven) : null,
    known: known !== undefined,
  }
}

/** @returns the checks that say what is wrong with the form; undefined when nothing is */
function checkForm(format: ReadOlder['format'], assertion: Json): FoundChecks | undefined {
  const { type, context } = findings.SOUND
  if (!typesOf(assertion).includes('Assertion')) {
    return isRevoked(assertion) ? { status: findings.REVOKED } : { type: findings.NO_ASSERTION }
  }
  if (!listOf(assertion['@context']).some((one) => OLDER_CONTEXTS.includes(String(one))))
    return { ...(type && { type }), context: findings.NO_CONTEXT }
  const known: FoundChecks = { ...(type && { type }), ...(context && { context }) }
  // What says of itself that it was revoked needs no more to be asked.
  if (isRevoked(assertion)) return { ...known, status: findings.REVOKED }
  if (!isOf('Assertion', assertion)) return { ...known, structure: findings.WRONG_FORM }
  const isSigned = format === 'ob2-signed'
  if (saysSigned(assertion) === isSigned) return undefined
  return isSigned
    ? { ...known, structure: findings.WRONG_FORM }
    : { ...findings.SOUND, proof: findings.UNSIGNED }
}

function isRevoked(assertion: Json): boolean {
  return isOf('RevokedAssertion', assertion) && assertion.revoked === true
}

function saysSigned({ verification, verify }: Json): boolean {
  const how = verification ?? verify
  return isObject(how) && typesOf(how).some((type) => /^signed(?:Badge)?$/i.test(type))
}

/** The checks that inform. Endorsements of the older standard are not checked, so they are never green. */
function informing(
  { assertion, badgeClass, profile }: NonNullable<Proven['content']>,
  known: string | undefined,
): FoundChecks {
  const isEndorsed = [assertion, badgeClass, profile].some(
    ({ endorsement }) => listOf(endorsement).length > 0,
  )
  return {
    refresh: absent('refresh'),
    schema: absent('schema'),
    endorsements: isEndorsed ? findings.ENDORSEMENTS_UNREAD : absent('endorsements'),
    trust: trustOf(known),
  }
}
