import { readJws } from '../credential/check-jws.js'
import { toJcs } from '../credential/jcs.js'
import type { Language } from '../words.js'
import { checkCredential } from './check-credential.js'
import type { Found, FoundChecks } from './found.js'
import type { Around } from './lookups.js'
import { documentOf, type ReadCredential } from './read-input.js'
import type { Report } from './report.js'
import { issuerIdOf } from './signed-content.js'
import { combineVerdict, MANDATORY } from './verdict.js'
import { isObject, wordOf, type Json } from '../credential/values.js'
import { toInstant } from '../credential/instant.js'

/**
 * What the issuer's refresh service has for a proven badge: asked once, and not again for what it
 * answers. It informs: another version is told of, and never shown in the place of the one that was
 * handed in.
 *
 * @returns undefined for a badge without a refresh service
 * @see https://www.imsglobal.org/spec/vccr/v1p0/
 */
export async function checkRefresh(badge: Json, around: Around): Promise<Found | undefined> {
  const { refreshService: service } = badge
  if (service === undefined) return undefined
  const { id: url, type } = service as Json
  if (type !== '1EdTechCredentialRefresh' || typeof url !== 'string') return UNREAD
  if (!url.startsWith('https://')) return UNREAD
  const looked = await around.lookups.document(
    url,
    'application/vc, application/vc+jwt, application/json',
  )
  const refreshed = looked.outcome === 'found' ? readRefreshed(looked.value) : undefined
  return refreshed ? compare(badge, refreshed, around) : UNREAD
}

function readRefreshed(value: unknown): ReadCredential | undefined {
  if (isObject(value)) return { format: 'data-integrity', document: value }
  const read = typeof value === 'string' ? readJws(value) : 'structure'
  return typeof read === 'string' ? undefined : { format: 'vc-jwt', jws: wordOf(value), read }
}

async function compare(badge: Json, read: ReadCredential, around: Around): Promise<Found> {
  const document = documentOf(read)
  // One that has no id can't be told from any other of its issuer.
  const isOfBadge =
    badge.id !== undefined && document.id === badge.id && issuerIdOf(document) === issuerIdOf(badge)
  if (!isOfBadge) return OTHER
  if (contentOf(document) === contentOf(badge)) return SAME
  const found = await checkCredential(read, around)
  const isProven = found.proof?.result === 'pass' && found.issuer_binding?.result === 'pass'
  if (!isProven) return UNPROVEN
  return judge(found, { isNewer: startOf(document) > startOf(badge) })
}

/** @param found the checks of a proven answer */
function judge(found: FoundChecks, { isNewer }: Readonly<{ isNewer: boolean }>): Found {
  if (found.status?.code === 'revoked') return REVOKED
  const checks = MANDATORY.map((name) => ({ name, result: found[name]?.result ?? 'unknown' }))
  const verdict = combineVerdict(checks)
  if (verdict === 'invalid') return INVALID
  // Of two versions the later `validFrom` counts (OB 3.0, "Equality and comparison").
  if (verdict === 'valid' && isNewer) return NEWER
  return verdict === 'valid' ? OLDER : UNPROVEN
}

/** What a badge says, whatever it is signed with. */
function contentOf({ proof: _proof, ...content }: Json): string {
  return toJcs(content)
}

function startOf({ validFrom, issuanceDate }: Json): number {
  return toInstant(validFrom ?? issuanceDate) ?? NaN
}

/** What a reader must not miss: it stands beside the verdict and does not turn it. */
export function refreshWarnings(found: Found | undefined, language: Language): Report['warnings'] {
  if (!found || ![NEWER, REVOKED, INVALID].includes(found)) return []
  return [{ code: found.code, message: found.words[language] }]
}

const SAME: Found = {
  result: 'pass',
  code: 'refreshed_same',
  words: {
    fr: 'L’émetteur n’a pas de version plus récente de ce badge.',
    en: 'The issuer has no newer version of this badge.',
  },
}
// Nothing is wrong with the badge, but who reads "checked" would take it for the last word.
const NEWER: Found = {
  result: 'unknown',
  code: 'newer_exists',
  words: {
    fr: 'Il existe une version plus récente de ce badge : demandez-la à la personne. Ce que vous voyez ici est le badge que vous avez donné.',
    en: 'There is a newer version of this badge: ask the person for it. What you see here is the badge that you gave.',
  },
}
const REVOKED: Found = {
  result: 'fail',
  code: 'refreshed_revoked',
  words: {
    fr: 'L’émetteur a retiré la version actuelle de ce badge : demandez-lui ce qu’il en est.',
    en: 'The issuer has withdrawn the current version of this badge: ask them how things stand.',
  },
}
const INVALID: Found = {
  result: 'fail',
  code: 'refreshed_invalid',
  words: {
    fr: 'La version actuelle de ce badge chez l’émetteur n’est pas valide : demandez-lui ce qu’il en est.',
    en: 'The current version of this badge at the issuer is not valid: ask them how things stand.',
  },
}
const OLDER: Found = {
  result: 'unknown',
  code: 'refreshed_older',
  words: {
    fr: 'L’émetteur montre une autre version de ce badge, qui n’est pas plus récente.',
    en: 'The issuer shows another version of this badge, which is not newer.',
  },
}
const OTHER: Found = {
  result: 'unknown',
  code: 'refresh_other',
  words: {
    fr: 'À l’adresse des mises à jour se trouve autre chose que ce badge.',
    en: 'At the address for refreshing stands something else than this badge.',
  },
}
const UNPROVEN: Found = {
  result: 'unknown',
  code: 'refresh_unproven',
  words: {
    fr: 'Une autre version de ce badge a été trouvée, mais rien ne prouve qu’elle vient de l’émetteur ou qu’elle compte.',
    en: 'Another version of this badge was found, but nothing proves that it is the issuer’s, or that it counts.',
  },
}
const UNREAD: Found = {
  result: 'unknown',
  code: 'refresh_unavailable',
  words: {
    fr: 'Nous n’avons pas pu vérifier s’il existe une version plus récente de ce badge.',
    en: 'Whether there is a newer version of this badge could not be checked.',
  },
}
