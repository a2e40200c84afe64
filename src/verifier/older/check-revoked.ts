import { LIST_UNREAD, LIST_UNTRUSTED, NOT_REVOKED, REVOKED } from '../findings.js'
import type { Found } from '../found.js'
import type { Lookups } from '../lookups.js'
import { NO_LIST } from './findings.js'
import { fetchLinked } from './read-linked.js'
import { idOf, isObject, listOf, type Json } from '../../credential/values.js'

/**
 * Whether the list that an issuer's own profile names holds a signed badge. It is not signed: that it
 * is the issuer's is known by the profile, and by https.
 *
 * @see https://www.imsglobal.org/spec/ob/v2p0/ Revocation List
 */
export async function checkRevoked(
  assertion: Json,
  profile: Json,
  lookups: Lookups,
): Promise<Found> {
  if (profile.revocationList === undefined) return NO_LIST
  const list = await fetchLinked(profile.revocationList, 'RevocationList', lookups)
  if (list.outcome === 'malformed' || list.outcome === 'other') return LIST_UNTRUSTED
  if (list.outcome !== 'found') return LIST_UNREAD
  const { issuer, revokedAssertions } = list.value
  if (issuer !== undefined && idOf(issuer) !== profile.id) return LIST_UNTRUSTED
  return listOf(revokedAssertions).some((entry) => names(entry, assertion)) ? REVOKED : NOT_REVOKED
}

function names(entry: unknown, { id, uid }: Json): boolean {
  if (isObject(entry) && entry.revoked === false) return false
  if (idOf(entry) === id) return true
  return uid !== undefined && isObject(entry) && entry.uid === uid
}
