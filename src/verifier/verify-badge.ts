import type { Language } from '../words.js'
import { checkCredential, READABLE } from './check-credential.js'
import { checkEndorsements } from './check-endorsements.js'
import { ENGINE, fingerprintOf } from './engine.js'
import type { Found, FoundChecks } from './found.js'
import { informing } from './informing.js'
import type { Around } from './lookups.js'
import { makeReport, type Judged } from './make-report.js'
import { verifyOlder, type ReadOlder } from './older/verify-older.js'
import { documentOf, readBadge, type ReadCredential, type Unreadable } from './read-input.js'
import { checkRefresh } from './refresh.js'
import type { Report } from './report.js'
import { checkTrust, NOBODY } from './trust/check-trust.js'

/**
 * Whether a badge is true: its form, its signatures, whose key they were made with, its dates, its
 * status, and the same for each endorsement in it. A false badge is an answer, not an error.
 *
 * @param input the bytes that were handed in: JSON, a compact JWS, a PNG or an SVG
 * @throws {DomainError} verification-aborted or overloaded: the work was too much, nothing is concluded
 */
export async function verifyBadge(
  input: Uint8Array,
  around: Around & Readonly<{ language: Language }>,
): Promise<Report> {
  const judged = await judge(input, around)
  return { ...makeReport(judged, around), engine: ENGINE, digest: fingerprintOf(input) }
}

async function judge(input: Uint8Array, around: Around): Promise<Judged> {
  const read = await readBadge(input, around.lookups.work)
  if ('fault' in read) return { format: read.format, found: faultOf(read) }
  return 'assertion' in read ? judgeOlder(read, around) : judgeCredential(read, around)
}

async function judgeCredential(read: ReadCredential, around: Around): Promise<Judged> {
  const { format } = read
  const document = documentOf(read)
  const found = await checkCredential(read, around)
  // What an unproven badge says of others is nobody's word: none of it is looked at.
  if (found.proof?.result !== 'pass')
    return { format, found: { ...found, ...informing(document, [], NOBODY.found) } }
  const endorsements = await checkEndorsements(document, around)
  // Only an issuer who stands by the badge may send us to another address.
  const refresh =
    found.issuer_binding?.result === 'pass' ? await checkRefresh(document, around) : undefined
  const trust = await checkTrust(document, endorsements, around.lookups)
  return {
    format,
    found: {
      ...found,
      ...informing(document, endorsements, trust.found),
      ...(refresh && { refresh }),
    },
    document,
    endorsements,
    trust,
  }
}

async function judgeOlder(read: ReadOlder, around: Around): Promise<Judged> {
  const { found, badge, named } = await verifyOlder(read, around)
  const { format } = read
  if (!named) return { format, found, badge }
  const trust = await checkTrust(named, [], around.lookups)
  return { format, found: { ...informing(named, [], trust.found), ...found }, badge, trust }
}

function faultOf({ fault: { check, code, words } }: Unreadable): FoundChecks {
  const found: Found = { result: 'fail', code, words }
  // A file that can't be read has no form that could be right.
  return { format: check === 'format' ? found : READABLE, structure: found }
}
