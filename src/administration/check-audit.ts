import type { Actor, Context } from '../context.js'
import { today } from '../people/days.js'
import { authorize } from '../people/authorize.js'
import { appendAudit, validateAudit } from '../store/audit.js'
import { enqueue, forgetFinished, renew } from '../store/jobs.js'
import { saveChainCheck } from './store.js'

export const AUDIT_JOB = 'check-audit'
const DAY_MS = 24 * 3_600_000
const KEEP_MS = 7 * DAY_MS

/** Orders the validation of today's audit, once a day for all processes; each orders the next. */
export async function startAuditChecks(ctx: Context, runAt = ctx.now()): Promise<void> {
  const key = today({ ...ctx, now: () => runAt })
  await enqueue(ctx.db, { id: ctx.newId(), kind: AUDIT_JOB, key, payload: {}, runAt })
}

/** The job: validates the chain and keeps what it found; a chain that is broken is told in the log too. */
export async function checkAuditOnSchedule(ctx: Context): Promise<void> {
  const verdict = await validateAudit(ctx.db)
  const now = ctx.now()
  if (!verdict.sound) ctx.log.error({ event: 'audit-broken', at: verdict.brokenAt })
  await saveChainCheck(ctx.db, {
    checked_at: now.toISOString(),
    entries: verdict.entries,
    head: verdict.sound ? verdict.head : null,
    broken_at: verdict.sound ? null : verdict.brokenAt,
  })
  await forgetFinished(ctx.db, AUDIT_JOB, new Date(now.getTime() - KEEP_MS))
  await startAuditChecks(ctx, new Date(now.getTime() + DAY_MS))
}

/** Has the chain validated now, by the same job. @throws {DomainError} forbidden or not-found */
export async function orderAuditCheck(ctx: Context, actor: Actor): Promise<void> {
  authorize(actor, 'manage-service', {})
  const at = ctx.now()
  const job = { id: ctx.newId(), kind: AUDIT_JOB, key: 'ordered', payload: {}, runAt: at }
  await ctx.db.transaction().execute(async (trx) => {
    const line = { at, actor: actor.publicId, action: 'audit.check-ordered', subject: 'audit' }
    await appendAudit(trx, line)
    await renew(trx, job)
  })
}
