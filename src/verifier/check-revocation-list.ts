import { LIST_UNREAD, LIST_UNTRUSTED, listSilent, NOT_REVOKED, REVOKED } from './findings.js'
import type { Found } from './found.js'
import type { Lookups } from './lookups.js'
import { issuerIdOf } from './signed-content.js'
import { isObject, type Json } from '../credential/values.js'

/**
 * Whether a 1EdTechRevocationList names a credential. The list is not signed. What ties it to the issuer
 * is that the issuer signed its address, and that https shows who answers there: so "revoked" is always
 * believed, and "not revoked" only of a list that is whole and calls itself this issuer's.
 *
 * @param entry the `credentialStatus` of a credential whose proof is good
 * @see https://www.imsglobal.org/spec/vcrl/v1p0/
 */
export async function checkRevocationList(
  entry: Json,
  credential: Json,
  lookups: Lookups,
): Promise<Found> {
  const { id: url } = entry
  const { id } = credential
  if (typeof url !== 'string' || !url.startsWith('https://'))
    return listSilent('status_unsupported')
  if (typeof id !== 'string') return listSilent('status_range')
  const looked = await lookups.document(url, 'application/json')
  if (looked.outcome !== 'found') return LIST_UNREAD
  const list = readList(looked.value)
  if (!list) return LIST_UNTRUSTED
  if (list.revoked.some((one) => same(one, id))) return REVOKED
  const isOwn = list.issuer === issuerIdOf(credential) && (list.id ?? url) === url
  return isOwn ? NOT_REVOKED : LIST_UNTRUSTED
}

type List = Readonly<{ id: unknown; issuer: string; revoked: readonly string[] }>

/** @returns undefined for what is no whole list: an entry that can't be read may be the one */
function readList(value: unknown): List | undefined {
  if (!isObject(value)) return undefined
  // The standard writes the singular, some issuers the plural.
  const entries = value.revokedCredential ?? value.revokedCredentials
  if (!Array.isArray(entries)) return undefined
  const revoked: string[] = []
  for (const entry of entries as unknown[]) {
    const read = readEntry(entry)
    if (!read) return undefined
    if (read.revoked) revoked.push(read.id)
  }
  return { id: value.id, issuer: issuerIdOf(value), revoked }
}

function readEntry(entry: unknown): { id: string; revoked: boolean } | undefined {
  if (typeof entry === 'string') return { id: entry, revoked: true }
  if (!isObject(entry) || typeof entry.id !== 'string') return undefined
  const { revoked = true } = entry
  return typeof revoked === 'boolean' ? { id: entry.id, revoked } : undefined
}

/** Two ids are one after decoding and trimming (OB 3.0, "Equality and comparison"). */
function same(one: string, other: string): boolean {
  return plain(one) === plain(other)
}

function plain(id: string): string {
  try {
    return decodeURIComponent(id).trim()
  } catch {
    return id.trim()
  }
}
