import type { Json } from '../credential/values.js'
import type { Language } from '../words.js'
import type { Endorsement } from './check-endorsements.js'
import { NOT_MADE, type FoundChecks } from './found.js'
import { olderWarnings } from './older/report-content.js'
import { refreshWarnings } from './refresh.js'
import { CHECK_NAMES, summaryOf, toReportCheck, type Check, type Report } from './report.js'
import { badgeOf, warningsOf } from './signed-content.js'
import { NOBODY, type Trust } from './trust/check-trust.js'
import { combineVerdict } from './verdict.js'

/** All that was found out about a badge, before it is told. */
export type Judged = Readonly<{
  format: Report['format']
  found: FoundChecks
  /** A badge of today whose proof is good: what it says may be shown. */
  document?: Json
  /** What is shown of a badge of the older standard. */
  badge?: Report['badge']
  endorsements?: readonly Endorsement[]
  trust?: Trust
}>

/** The report of a badge in one language; which bytes it speaks of is for the caller to add. */
export function makeReport(
  { format, found, document, badge = null, endorsements = [], trust = NOBODY }: Judged,
  { language, now }: Readonly<{ language: Language; now: Date }>,
): Omit<Report, 'engine' | 'digest'> {
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
