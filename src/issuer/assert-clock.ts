import type { Context } from '../context.js'
import { SKEW_MS } from '../credential/instant.js'
import { DomainError } from '../errors.js'
import { latestAuditAt } from '../store/clock.js'

/** How far a node may be from the clock of their store, so that no two nodes are further apart than readers accept. */
const FROM_STORE_MS = SKEW_MS / 2

/**
 * Issuing pauses while the clock of this node can't be right: it is before what was done already, or is not
 * that of the store. What waits is signed once it is right again.
 *
 * @throws {DomainError} clock-off
 */
export async function assertClock(ctx: Context): Promise<void> {
  const { isRight, ...by } = await readClock(ctx)
  if (isRight) return
  ctx.log.error({ event: 'issuing-paused', ...by })
  throw new DomainError('clock-off', {
    fr: 'L’horloge du serveur n’est pas à l’heure : aucun badge n’est délivré avant qu’elle le soit. Rien n’est perdu. Prévenez l’administrateur de la plateforme.',
    en: 'The clock of the server is wrong: no badge is issued until it is right. Nothing is lost. Tell the administrator of the platform.',
  })
}

/** How far the clock of this node is behind what was done already, and from that of the store. */
export async function readClock(
  ctx: Context,
): Promise<Readonly<{ isRight: boolean; behindMs: number; fromStoreMs: number }>> {
  const now = ctx.now().getTime()
  const last = (await latestAuditAt(ctx.db))?.getTime() ?? now
  const store = (await ctx.storeNow?.(ctx.db))?.getTime() ?? now
  const isRight = now >= last - SKEW_MS && Math.abs(now - store) <= FROM_STORE_MS
  return { isRight, behindMs: last - now, fromStoreMs: now - store }
}
