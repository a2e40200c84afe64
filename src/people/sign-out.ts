import type { Actor, Context } from '../context.js'
import { appendAudit } from '../store/audit.js'
import { hashOf } from './secrets.js'
import { endSession } from './session-store.js'

/** Ends the session of a cookie. Signing out twice is no error. */
export async function signOut(ctx: Context, actor: Actor, token: string): Promise<void> {
  const at = ctx.now()
  await ctx.db.transaction().execute(async (trx) => {
    const ended = await endSession(trx, hashOf(token), at.toISOString())
    if (!ended) return
    const { publicId } = actor
    await appendAudit(trx, { at, actor: publicId, action: 'sign-out.done', subject: publicId })
  })
}
