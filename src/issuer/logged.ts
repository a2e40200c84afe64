import type { Context } from '../context.js'
import { digestOf } from '../credential/digest.js'
import { textOf, type Json } from '../credential/values.js'
import { leafOf } from '../transparency/append-leaves.js'
import { findLeaf, listLeaves, toBase64 } from '../transparency/store.js'
import { findBadgeByCredential, listLogged, type Badge } from './store/badges.js'

/**
 * Since when the log has a signed credential, to the letter; `never`: it has not, or something else in its place.
 *
 * @param credential with its proof; without one it came in a token, and counts if it says what the logged badge says
 */
export async function loggedSince(ctx: Context, credential: Json): Promise<Date | 'never'> {
  const badge = await findBadgeByCredential(ctx.db, textOf(credential.id) ?? '')
  if (!badge || badge.log_position === null || badge.log_nonce === null) return 'never'
  const leaf = await findLeaf(ctx.db, badge.log_position)
  const signed = 'proof' in credential ? credential : { ...credential, proof: proofOf(badge) }
  const hash = leafOf(badge.log_nonce, digestOf(signed))
  return leaf && leaf.hash === toBase64(hash) ? new Date(leaf.logged_at) : 'never'
}

function proofOf({ badge_document, badge_signed }: Badge): unknown {
  return (JSON.parse(badge_document ?? badge_signed ?? '{}') as Json).proof ?? null
}

export type BadgeOfLog = Readonly<{ badge: string; at: number; reason: string }>

const PAGE = 200

/** The first badge that is not the one that the log has in its place; one whose nonce was erased says nothing. */
export async function firstNotAsLogged(ctx: Context): Promise<BadgeOfLog | undefined> {
  for (let from = 0; ;) {
    const badges = await listLogged(ctx.db, from, PAGE)
    const [first, last] = [badges[0]?.log_position, badges.at(-1)?.log_position]
    if (typeof first !== 'number' || typeof last !== 'number') return undefined
    const leaves = await listLeaves(ctx.db, first, last - first + 1)
    const hashes = new Map(leaves.map(({ position, hash }) => [position, hash]))
    const wrong = badges.find((badge) => !isAsLogged(badge, hashes))
    if (wrong) {
      const reason = `is not that of the badge ${wrong.public_id}`
      return { badge: wrong.public_id, at: wrong.log_position ?? 0, reason }
    }
    from = last + 1
  }
}

function isAsLogged(badge: Badge, hashes: ReadonlyMap<number | null, string>): boolean {
  if (badge.log_nonce === null) return true
  try {
    const document: unknown = JSON.parse(badge.badge_document ?? badge.badge_signed ?? '')
    const hash = toBase64(leafOf(badge.log_nonce, digestOf(document)))
    return hashes.get(badge.log_position) === hash
  } catch {
    // What can't be read is not what was logged.
    return false
  }
}
