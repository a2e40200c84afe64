import { REVOKED } from '../findings.js'
import type { FoundChecks } from '../found.js'
import type { Around } from '../lookups.js'
import type { Report } from '../report.js'
import { checkHosted } from './check-hosted.js'
import { checkSigned } from './check-signed.js'
import { checkDates, toW3cInstant } from './dates.js'
import * as findings from './findings.js'
import type { Content } from './read-links.js'
import { badgeOf } from './report-content.js'
import { OLDER_CONTEXTS } from './shapes.data.js'
import { isOf, saysSigned, typesOf } from './shapes.js'
import { listOf, wordOf, type Json } from '../../credential/values.js'

/** A badge of Open Badges 2.0 as it was handed in; without an assertion it is only an address. */
export type ReadOlder =
  | Readonly<{ format: 'ob2-hosted'; assertion: Json | undefined }>
  | Readonly<{ format: 'ob2-signed'; assertion: Json; jws: string; header: Json }>

type Older = Readonly<{
  found: FoundChecks
  /** What the report shows: nothing before it is proven. */
  badge: Report['badge']
  /** Who issued a proven badge and when, in the words of today's standard: to be looked for among those known here. */
  named?: Json
}>

/**
 * Whether a badge of Open Badges 2.0 is true, by the words of that standard: its form, its issuer's
 * confirmation or signature, whose it is, its dates, whether it was revoked.
 */
export async function verifyOlder(read: ReadOlder, { lookups, now }: Around): Promise<Older> {
  const { assertion } = read
  if (!assertion) return { found: findings.ONLY_A_LINK, badge: null }
  const form = checkForm(read.format, assertion)
  if (form) return { found: { format: findings.OLDER, ...form }, badge: null }
  const { found, content } =
    read.format === 'ob2-signed'
      ? await checkSigned(read, lookups)
      : await checkHosted(assertion, lookups)
  const checks = {
    format: findings.OLDER,
    ...findings.SOUND,
    validity: checkDates(content?.assertion ?? assertion, now),
    ...found,
  }
  if (!content || found.proof?.result !== 'pass') return { found: checks, badge: null }
  return {
    // Endorsements of the older standard are not checked, so they are never green.
    found: isEndorsed(content) ? { ...checks, endorsements: findings.ENDORSEMENTS_UNREAD } : checks,
    badge: badgeOf(content),
    named: namesOf(content),
  }
}

/** @returns the checks that say what is wrong with the form; undefined when nothing is */
function checkForm(format: ReadOlder['format'], assertion: Json): FoundChecks | undefined {
  const { type, context } = findings.SOUND
  if (!typesOf(assertion).includes('Assertion')) {
    return isRevoked(assertion) ? { status: REVOKED } : { type: findings.NO_ASSERTION }
  }
  if (!listOf(assertion['@context']).some((one) => OLDER_CONTEXTS.includes(wordOf(one))))
    return { ...(type && { type }), context: findings.NO_CONTEXT }
  const known: FoundChecks = { ...(type && { type }), ...(context && { context }) }
  // What says of itself that it was revoked needs no more to be asked.
  if (isRevoked(assertion)) return { ...known, status: REVOKED }
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

function isEndorsed({ assertion, badgeClass, profile }: Content): boolean {
  return [assertion, badgeClass, profile].some(({ endorsement }) => listOf(endorsement).length > 0)
}

function namesOf({ assertion, profile: { id, name } }: Content): Json {
  return { issuer: { id, name }, validFrom: toW3cInstant(assertion.issuedOn) }
}
