import type { Words } from '../words.js'
import type { Found } from './check-issuer.js'

type Json = Readonly<Record<string, unknown>>

/** Two clocks may differ by this much. */
const SKEW_MS = 60_000
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)?$/

/** Whether a credential counts now. A date without a zone is taken as UTC, as W3C says. */
export function checkValidity(credential: Json, now: Date): Found {
  const from = toInstant(credential.validFrom ?? credential.issuanceDate)
  const until = toInstant(credential.validUntil ?? credential.expirationDate)
  if (
    from === undefined ||
    Number.isNaN(from) ||
    Number.isNaN(until) ||
    from > (until ?? Infinity)
  ) {
    return failed('dates', {
      fr: 'Les dates de ce badge sont impossibles ou manquent. Demandez le fichier d’origine.',
      en: 'The dates of this badge are impossible or missing. Ask for the original file.',
    })
  }
  if (now.getTime() < from - SKEW_MS) {
    return failed('not_yet_valid', {
      fr: 'Ce badge n’est pas encore valable.',
      en: 'This badge is not valid yet.',
    })
  }
  if (until !== undefined && now.getTime() > until + SKEW_MS) {
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
  if (typeof value !== 'string' || !INSTANT.test(value)) return NaN
  const zoned = /(?:Z|[+-]\d\d:\d\d)$/.test(value) ? value : `${value}Z`
  const day = new Date(`${value.slice(0, 10)}T00:00:00Z`)
  if (Number.isNaN(day.getTime()) || day.toISOString().slice(0, 10) !== value.slice(0, 10))
    return NaN
  return Date.parse(zoned)
}

function failed(code: string, words: Words): Found {
  return { result: 'fail', code, words }
}
