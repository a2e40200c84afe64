import type { Language, Words } from '../../words.js'
import type { Report } from '../report.js'
import { domainOf } from '../signed-content.js'
import type { Content } from './read-links.js'
import { idOf, isObject, textOf, wordOf, type Json } from '../../credential/values.js'

/** What the report shows of an older badge: only what its issuer confirms or signed. */
export function badgeOf({ assertion, badgeClass, profile }: Content): Report['badge'] {
  const issuerId = wordOf(profile.id)
  const { criteria } = badgeClass
  return {
    id: idOf(assertion) ?? null,
    name: textOf(badgeClass.name) ?? '',
    description: textOf(badgeClass.description) ?? '',
    criteria: (isObject(criteria) && textOf(criteria.narrative)) || (idOf(criteria) ?? ''),
    image: webAddress(idOf(badgeClass.image)),
    issuer: {
      id: issuerId,
      name: textOf(profile.name) ?? issuerId,
      domain: domainOf(issuerId),
    },
    validFrom: textOf(assertion.issuedOn) ?? '',
    validUntil: textOf(assertion.expires) ?? null,
    recipient: { id: recipientOf(assertion.recipient as Json) },
  }
}

/** A hash names nobody, and an e-mail address is nobody's business but its owner's: an id alone is shown. */
function recipientOf({ type, hashed, identity }: Json): string | null {
  return type === 'id' && hashed !== true ? (textOf(identity) ?? null) : null
}

/** Many older badges hold the whole picture as text. */
function webAddress(image: string | undefined): string | null {
  return image !== undefined && /^https?:/.test(image) ? image : null
}

/** What a reader should know of every badge of that standard, good or not. */
export function olderWarnings(format: Report['format'], language: Language): Report['warnings'] {
  return format.startsWith('ob2-') ? [{ code: 'older_standard', message: OLDER[language] }] : []
}

const OLDER: Words = {
  fr: 'Ce badge suit l’ancienne norme (Open Badges 2.0). Ce qu’il dit de son émetteur vient de pages web, qui peuvent changer.',
  en: 'This badge follows the older standard (Open Badges 2.0). What it says of its issuer comes from web pages, which may change.',
}
