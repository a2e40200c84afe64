import type { Context } from '../context.js'
import { digestOf } from '../credential/digest.js'
import { whileTheySign } from '../people/keys.js'
import type { Db } from '../store/schema.js'
import { appendLeaf } from '../transparency/append-leaf.js'
import { saveLogged, saveSigned } from './store/badge-life.js'
import { getBadge, listUnlogged, type Badge } from './store/badges.js'

/**
 * Keeps signed badges that our verifier has found valid, and logs them, in one commit, each once.
 *
 * @returns those whose key does not sign any more: nothing of them was kept, they are signed again
 */
export function keepSigned<One extends Readonly<{ badge: Badge; document: string }>>(
  ctx: Context,
  signed: readonly One[],
): Promise<One[]> {
  return whileTheySign(ctx, signed, async (trx, { badge, document }) => {
    if (await saveSigned(trx, badge.id, document, ctx.now()))
      await logBadge(ctx, trx, badge.id, document)
  })
}

/** At the start: logs what was signed before there was a log. It counts from now. @returns how many */
export async function logEarlierBadges(ctx: Context): Promise<number> {
  let logged = 0
  for (;;) {
    const badges = await listUnlogged(ctx.db, 100)
    if (badges.length === 0) return logged
    await ctx.db.transaction().execute(async (trx) => {
      for (const { id } of badges) {
        const badge = await getBadge(trx, id)
        const document = badge.badge_document ?? badge.badge_signed
        if (badge.log_position !== null || document === null) continue
        await logBadge(ctx, trx, id, document)
        logged += 1
      }
    })
  }
}

async function logBadge(ctx: Context, trx: Db, id: number, document: string): Promise<void> {
  await saveLogged(trx, id, await appendLeaf(ctx, trx, digestOf(JSON.parse(document))))
}
