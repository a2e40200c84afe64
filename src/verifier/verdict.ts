import type { Check, CheckName, Verdict } from './report.js'

/** These decide; the others inform and warn. */
export const MANDATORY: readonly CheckName[] = [
  'format',
  'structure',
  'context',
  'type',
  'proof',
  'issuer_binding',
  'validity',
  'status',
]

/**
 * What the checks say together: a failure decides, then a doubt; only what passed is valid. A
 * check that isn't there was not made.
 */
export function combineVerdict(checks: readonly Pick<Check, 'name' | 'result'>[]): Verdict {
  const results = MANDATORY.map(
    (name) => checks.find((check) => check.name === name)?.result ?? 'unknown',
  )
  if (results.includes('fail')) return 'invalid'
  return results.includes('unknown') ? 'indeterminate' : 'valid'
}
