import type { Context } from '../context.js'
import { digestOf } from '../credential/digest.js'
import { whileTheySign } from '../people/keys.js'
import { appendLeaves } from '../transparency/append-leaves.js'
import { saveLogged, saveSigned } from './store/badge-life.js'
import { listUnlogged, lockBadges, type Badge } from './store/badges.js'

/**
 * Keeps signed badges that our verifier has found valid, and logs them, in one commit, each once.
 *
 * @returns those whose key does not sign any more: nothing of them was kept, they are signed again
 */
export function keepSigned<One extends Readonly<{ badge: Badge; document: string; key: string }>>(
  ctx: Context,
  signed: readonly One[],
): Promise<One[]> {
  return whileTheySign(ctx, signed, async (trx, held) => {
    const now = await lockBadges(
      trx,
      held.map(({ badge }) => badge.id),
    )
    // Void since, or another worker has kept its own.
    const open = new Set(
      now
        .filter(({ badge_signed, released_at }) => badge_signed === null && released_at === null)
        .map(({ id }) => id),
    )
    const kept = held.filter(({ badge }) => open.has(badge.id))
    const leaves = await appendLeaves(
      ctx,
      trx,
      kept.map(({ document }) => digestOf(JSON.parse(document))),
    )
    const rows = leaves.flatMap((leaf, at) => {
      const one = kept[at]
      return one ? { id: one.badge.id, document: one.document, ...leaf } : []
    })
    await saveSigned(trx, rows, ctx.now())
  })
}

/** At the start: logs what was signed before there was a log. It counts from now. @returns how many */
export async function logEarlierBadges(ctx: Context): Promise<number> {
  let logged = 0
  for (;;) {
    const badges = await listUnlogged(ctx.db, 100)
    if (badges.length === 0) return logged
    await ctx.db.transaction().execute(async (trx) => {
      const now = await lockBadges(
        trx,
        badges.map(({ id }) => id),
      )
      const signed = now.flatMap(({ id, log_position, badge_document, badge_signed }) => {
        const document = badge_document ?? badge_signed
        return log_position !== null || document === null ? [] : { id, document }
      })
      const digests = signed.map(({ document }) => digestOf(JSON.parse(document)))
      const leaves = await appendLeaves(ctx, trx, digests)
      await saveLogged(
        trx,
        leaves.map((leaf, at) => ({ id: signed[at]?.id ?? 0, ...leaf })),
      )
      logged += signed.length
    })
  }
}
