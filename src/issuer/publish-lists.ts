import type { Context } from '../context.js'
import { enqueue, forgetFinished } from '../store/jobs.js'
import { currentStatusList, publishOnceCommitted, REFRESH_MS } from './status.js'
import { listOutdated } from './store/status-lists.js'
import { currentVcList } from './vc-api/status-list.js'

export const PUBLISH_JOB = 'publish-lists'
/** A revocation publishes its list itself; this is for a process that ended in between, and for keys that were away. */
const EVERY_MS = 5 * 60_000
const DAY_MS = 86_400_000

/** Orders a look at all lists for now; it orders the next one. */
export function startPublishing(ctx: Context): Promise<void> {
  return order(ctx, { key: `start ${ctx.newId()}`, runAt: ctx.now() })
}

/**
 * The job: every five minutes, once for all processes. Signs the lists that lack a revocation or are a few hours old, also where
 * nobody reads them, so that what is kept beside the store is whole. One that can't be signed now stops no other.
 */
export async function publishOnSchedule(ctx: Context): Promise<void> {
  const signedBefore = new Date(ctx.now().getTime() - REFRESH_MS)
  const [badges, others] = [
    await listOutdated(ctx.db, 'status_lists', signedBefore),
    await listOutdated(ctx.db, 'vc_status_lists', signedBefore),
  ]
  for (const id of badges) await publishOnceCommitted(ctx, id, currentStatusList)
  for (const id of others) await publishOnceCommitted(ctx, id, currentVcList)
  const now = ctx.now().getTime()
  await forgetFinished(ctx.db, PUBLISH_JOB, new Date(now - DAY_MS))
  const runAt = new Date((Math.floor(now / EVERY_MS) + 1) * EVERY_MS)
  await order(ctx, { key: runAt.toISOString(), runAt })
}

function order(ctx: Context, { key, runAt }: { key: string; runAt: Date }): Promise<void> {
  return enqueue(ctx.db, { id: ctx.newId(), kind: PUBLISH_JOB, key, payload: {}, runAt })
}
