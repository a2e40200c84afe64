import type { Context } from '../context.js'
import { whileItSigns } from '../people/keys.js'
import { saveSigned } from './store/badge-life.js'
import { getBadge } from './store/badges.js'

/**
 * Keeps a signed badge that our verifier has found valid, once: one of an earlier run counts, also when its
 * key has been retired since.
 *
 * @throws {KeyChanged} when its key does not sign any more: it is signed again
 */
export async function keepSigned(ctx: Context, badgeId: number, document: string): Promise<void> {
  if ((await getBadge(ctx.db, badgeId)).badge_signed !== null) return
  await whileItSigns(ctx, document, (trx) => saveSigned(trx, badgeId, document, ctx.now()))
}
