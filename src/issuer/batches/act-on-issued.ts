import type { Actor, Context } from '../../context.js'
import type { BadgeAct } from './acts.data.js'
import { startBatch } from './start-batch.js'
import { batchFor } from './steer-batch.js'
import { listRows } from './store.js'

/**
 * Revokes, holds, restores or replaces the badges that a batch has issued, by a batch of its own.
 *
 * @returns the public id of the new batch
 * @throws {DomainError} as startBatch
 */
export async function actOnIssued(
  ctx: Context,
  actor: Actor,
  input: Readonly<{ id: string; act: BadgeAct; reason: string; comment: string; key: string }>,
): Promise<string> {
  const { id, ...said } = input
  const batch = await batchFor(ctx, actor, id)
  const issued = await listRows(ctx.db, batch.id, { outcome: 'done' })
  const rows = issued.flatMap(({ badge_public_id: badgeId }) =>
    badgeId === null ? [] : { badgeId },
  )
  return startBatch(ctx, actor, { ...said, rows })
}
