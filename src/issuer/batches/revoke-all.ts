import type { Actor, Context } from '../../context.js'
import { startBatch } from './start-batch.js'
import { batchFor } from './steer-batch.js'
import { listRows } from './store.js'

/**
 * Revokes the badges that a batch has issued, by a batch of its own.
 *
 * @returns the public id of the new batch
 * @throws {DomainError} as startBatch
 */
export async function revokeAll(
  ctx: Context,
  actor: Actor,
  input: Readonly<{ id: string; reason: string; key: string }>,
): Promise<string> {
  const batch = await batchFor(ctx, actor, input.id)
  const issued = await listRows(ctx.db, batch.id, { outcome: 'done' })
  const rows = issued.flatMap(({ badge_public_id: badgeId }) =>
    badgeId === null ? [] : { badgeId },
  )
  return startBatch(ctx, actor, { act: 'revoke', rows, reason: input.reason, key: input.key })
}
