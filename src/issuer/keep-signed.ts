import type { Context } from '../context.js'
import { digestOf } from '../credential/digest.js'
import { whileItSigns } from '../people/keys.js'
import type { Db } from '../store/schema.js'
import { appendLeaf } from '../transparency/append-leaf.js'
import { saveLogged, saveSigned } from './store/badge-life.js'
import { getBadge, listUnlogged } from './store/badges.js'

/**
 * Keeps a signed badge that our verifier has found valid, and logs it, in one commit, once: one of an earlier
 * run counts, also when its key has been retired since.
 *
 * @throws {KeyChanged} when its key does not sign any more: it is signed again
 */
export async function keepSigned(ctx: Context, badgeId: number, document: string): Promise<void> {
  if ((await getBadge(ctx.db, badgeId)).badge_signed !== null) return
  await whileItSigns(ctx, document, async (trx) => {
    if (await saveSigned(trx, badgeId, document, ctx.now()))
      await logBadge(ctx, trx, badgeId, document)
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
