import type { Context } from '../../context.js'
import { enqueue } from '../../store/jobs.js'
import type { Db } from '../../store/schema.js'
import { listUnfinishedBatches, type Batch } from './store.js'

export const BATCH_JOB = 'run-batch'

/**
 * Orders work on a batch, with the transaction that makes it necessary. Each order is a job of its own: one
 * that comes while another is about to end is not lost, and one too many finds nothing to do.
 */
export function orderBatch(
  db: Db,
  ctx: Context,
  batch: Pick<Batch, 'id' | 'public_id'>,
): Promise<void> {
  const id = ctx.newId()
  return enqueue(db, {
    id,
    kind: BATCH_JOB,
    key: `${batch.public_id} ${id}`,
    payload: { batchId: batch.id },
    runAt: ctx.now(),
  })
}

/** At the start: work on each batch that has not ended goes on, also where its job was given up. @returns how many */
export async function takeUpBatches(ctx: Context): Promise<number> {
  const unfinished = await listUnfinishedBatches(ctx.db)
  for (const batch of unfinished) await orderBatch(ctx.db, ctx, batch)
  return unfinished.length
}
