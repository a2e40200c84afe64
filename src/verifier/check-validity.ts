import type { Words } from '../words.js'
import type { Json } from '../credential/values.js'
import { SKEW_MS, toInstant } from '../credential/instant.js'
import type { Found } from './found.js'

/** Whether a credential counts now. A date without a zone is taken as UTC, as W3C says. */
export function checkValidity(credential: Json, now: Date): Found {
  const from = toInstant(credential.validFrom ?? credential.issuanceDate)
  const until = toInstant(credential.validUntil ?? credential.expirationDate) ?? Infinity
  if (from === undefined || Number.isNaN(from) || Number.isNaN(until) || from > until) {
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
  if (now.getTime() > until + SKEW_MS) {
    return failed('expired', { fr: 'Ce badge a expiré.', en: 'This badge has expired.' })
  }
  return {
    result: 'pass',
    code: 'validity',
    words: { fr: 'Ce badge est valable aujourd’hui.', en: 'This badge is valid today.' },
  }
}

function failed(code: string, words: Words): Found {
  return { result: 'fail', code, words }
}
