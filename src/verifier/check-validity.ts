import type { Words } from '../words.js'
import type { Found } from './check-issuer.js'

type Json = Readonly<Record<string, unknown>>

/** Two clocks may differ by this much. */
const SKEW_MS = 60_000
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(Z|[+-]\d\d:\d\d)?$/

/** Whether a credential counts now. A date without a zone is taken as UTC, as W3C says. */
export function checkValidity(credential: Json, now: Date): Found {
  const from = toInstant(credential.validFrom ?? credential.issuanceDate)
  const until = toInstant(credential.validUntil ?? credential.expirationDate) ?? Infinity
  if (from === undefined || Number.isNaN(from) || Number.isNaN(until) || from > until) {
    return failed('dates', {
      fr: 'Les dates de ce badge sont impossibles ou manquent.',
      en: 'The dates of this badge are impossible or missing.',
    })
  }
  if (now.getTime() < from - SKEW_MS) {
    return failed('not_yet_valid', {
      fr: 'Ce badge n’est pas encore valable.',
      en: 'This badge is not valid yet.',
    })
  }
  if (now.getTime() > until + SKEW_MS) {
    return failed('expired', { fr: 'Ce badge a expiré.', en: 'This badge has expired.' })
  }
  return {
    result: 'pass',
    code: 'validity',
    words: { fr: 'Ce badge est valable aujourd’hui.', en: 'This badge is valid today.' },
  }
}

/** @returns undefined without a value, NaN for one that is no instant (30 February, a bare day) */
export function toInstant(value: unknown): number | undefined {
  if (value === undefined) return undefined
  const parts = typeof value === 'string' ? INSTANT.exec(value) : null
  if (!parts) return NaN
  const [instant, zone] = parts
  const day = new Date(`${instant.slice(0, 10)}T00:00:00Z`)
  if (Number.isNaN(day.getTime()) || day.toISOString().slice(0, 10) !== instant.slice(0, 10))
    return NaN
  return Date.parse(zone === undefined ? `${instant}Z` : instant)
}

function failed(code: string, words: Words): Found {
  return { result: 'fail', code, words }
}
