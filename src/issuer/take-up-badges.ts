import type { Context } from '../context.js'
import { renew, type NewJob } from '../store/jobs.js'
import { listUnfinished } from './store/badges.js'

export const ISSUE_JOB = 'issue-badge'

/** The job that signs a badge. One a reservation: after a void one, the next approval orders a badge again. */
export function issueJob(
  ctx: Pick<Context, 'newId'>,
  order: Readonly<{ badgeId: string; dossierId: number; runAt: Date }>,
): NewJob {
  const { badgeId, dossierId, runAt } = order
  return { id: ctx.newId(), kind: ISSUE_JOB, key: badgeId, payload: { dossierId }, runAt }
}

/**
 * At the start: every badge that is neither released nor void is ordered again, before all other jobs, also
 * one whose job was given up or whose worker has died. Each is then finished with the same bytes, or voided.
 *
 * @returns how many
 */
export async function takeUpBadges(ctx: Context): Promise<number> {
  const unfinished = await listUnfinished(ctx.db)
  for (const { public_id: badgeId, dossier_id: dossierId, reserved_at } of unfinished) {
    // Due since it was reserved: what waits longest comes first.
    await renew(ctx.db, issueJob(ctx, { badgeId, dossierId, runAt: new Date(reserved_at) }))
  }
  if (unfinished.length > 0) ctx.log.info({ event: 'badges-taken-up', badges: unfinished.length })
  return unfinished.length
}
