import { wordOf } from '../../credential/values.js'
import type { FoundChecks } from '../found.js'
import type { Lookups } from '../lookups.js'
import { NO_ADDRESS, NO_ISSUER, OUT_OF_SCOPE, WRONG_LINK } from './findings.js'
import { fetchLinked, readLinked, type Linked } from './read-linked.js'
import { isInScope } from './scope.js'
import type { Json } from '../../credential/values.js'

/** What a badge says, through its links: the award, what it is given for, and by whom. */
export type Content = Readonly<{ assertion: Json; badgeClass: Json; profile: Json }>

/**
 * The badge class of an assertion that can be believed, and its issuer's profile: that one always as
 * it stands at its own address, since it says who may speak for the issuer.
 *
 * @returns the checks that decide, where one of the two can't be had or is somebody else's
 */
export async function readLinks(
  assertion: Json,
  lookups: Lookups,
): Promise<Content | Readonly<{ found: FoundChecks }>> {
  const badgeClass = await readLinked(assertion.badge, 'BadgeClass', lookups)
  if (badgeClass.outcome !== 'found') return { found: withoutLink(badgeClass.outcome) }
  const profile = await fetchLinked(badgeClass.value.issuer, 'Profile', lookups)
  if (profile.outcome !== 'found') return { found: withoutLink(profile.outcome) }
  // A class that stands elsewhere could be changed by others than its issuer.
  if (badgeClass.fetched && !mayHoldClass(wordOf(badgeClass.value.id), profile.value))
    return { found: { issuer_binding: OUT_OF_SCOPE } }
  return { assertion, badgeClass: badgeClass.value, profile: profile.value }
}

/** The standard asks for the issuer's own host; where its profile names others, these will do too. */
function mayHoldClass(id: string, profile: Json): boolean {
  return isInScope(id, { id: profile.id }) || isInScope(id, profile)
}

function withoutLink(outcome: Exclude<Linked['outcome'], 'found'>): FoundChecks {
  if (outcome === 'malformed') return { structure: WRONG_LINK }
  if (outcome === 'other') return { issuer_binding: OUT_OF_SCOPE }
  return { issuer_binding: outcome === 'no_address' ? NO_ADDRESS : NO_ISSUER }
}
