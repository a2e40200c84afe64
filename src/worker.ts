import { setTimeout as sleep } from 'node:timers/promises'
import { AUDIT_JOB, checkAuditOnSchedule } from './administration/check-audit.js'
import type { Context } from './context.js'
import { DomainError } from './errors.js'
import { BATCH_JOB } from './issuer/batches/order.js'
import { runBatch } from './issuer/batches/run-batch.js'
import { countBadges } from './issuer/count-badges.js'
import { endorseDefinition } from './issuer/endorse-definition.js'
import { issueBadge } from './issuer/issue-badge.js'
import { LETTER_JOB, sendLeaverLetters } from './issuer/leaving/write-to-leavers.js'
import { closeWithdrawn } from './issuer/close-withdrawn.js'
import { PUBLISH_JOB, publishOnSchedule } from './issuer/publish-lists.js'
import { reviewFact } from './issuer/review-fact.js'
import { ERASE_JOB, eraseOnRequest } from './issuer/rights/erase-student.js'
import { RETENTION_JOB, retentionOnSchedule } from './issuer/rights/retention.js'
import { ISSUE_JOB } from './issuer/take-up-badges.js'
import { END_JOB, endGuardiansOnSchedule } from './mentoring/consents/end-guardians.js'
import { SAID_NO_JOB } from './mentoring/consents/record.js'
import { FACT_CHANGED_JOB } from './mentoring/facts/fact-changes.js'
import { SEND_JOB } from './mail/queue-mail.js'
import { sendMail } from './mail/send-mail.js'
import { DIGEST_JOB, sendDigests } from './mentoring/alerts/send-digests.js'
import { FORGET_JOB, forgetHeldList } from './mentoring/imports/hold.js'
import * as figures from './mentoring/indicators/count-figures.js'
import * as schools from './mentoring/indicators/count-schools.js'
import { RECOVERY_JOB, takeRecovery } from './people/recovery/ask-recovery.js'
import { ACTIVATE_JOB, activateKey } from './people/rotate-key.js'
import { ACTIVATE_SERVICE_JOB, activateServiceKey } from './people/rotate-service-key.js'
import { makeTokenKeys, TOKEN_KEYS_JOB } from './people/token-keys.js'
import { CHECKPOINT_JOB, checkpointOnSchedule } from './transparency/take-checkpoint.js'
import { REFRESH_JOB, refreshOnSchedule } from './verifier/trust/refresh-lists.js'
import { FORGET_ANSWERS_JOB, forgetOnSchedule } from './web/idempotency.js'
import { asService } from './store/scope.js'
import { claim, finishJob, giveUpJob, postponeJob, type Job } from './store/jobs.js'

/** Which kind of job runs which act. Each may run twice: what it does is then done once. */
const ACTS: Record<string, (ctx: Context, payload: unknown) => Promise<void>> = {
  [ACTIVATE_JOB]: activateKey,
  [ACTIVATE_SERVICE_JOB]: activateServiceKey,
  [AUDIT_JOB]: checkAuditOnSchedule,
  [CHECKPOINT_JOB]: checkpointOnSchedule,
  [ERASE_JOB]: eraseOnRequest,
  'endorse-definition': endorseDefinition,
  [ISSUE_JOB]: issueBadge,
  [LETTER_JOB]: sendLeaverLetters,
  [BATCH_JOB]: runBatch,
  [END_JOB]: endGuardiansOnSchedule,
  [SAID_NO_JOB]: closeWithdrawn,
  [FACT_CHANGED_JOB]: reviewFact,
  [FORGET_ANSWERS_JOB]: forgetOnSchedule,
  [FORGET_JOB]: forgetHeldList,
  [SEND_JOB]: sendMail,
  [DIGEST_JOB]: sendDigests,
  [figures.COUNT_JOB]: figures.countOnSchedule,
  [figures.MARK_JOB]: figures.markOnSchedule,
  [schools.SCHOOL_JOB]: schools.countOrdered(countBadges),
  [schools.SCHOOLS_JOB]: schools.countSchoolsOnSchedule(countBadges),
  [RECOVERY_JOB]: takeRecovery,
  [RETENTION_JOB]: retentionOnSchedule,
  [PUBLISH_JOB]: publishOnSchedule,
  [REFRESH_JOB]: refreshOnSchedule,
  [TOKEN_KEYS_JOB]: makeTokenKeys,
}

/** Every kind of job that there is. */
export const JOB_KINDS: readonly string[] = Object.keys(ACTS)

const FIRST_RETRY_SECONDS = 5
const LAST_RETRY_SECONDS = 3_600
/** About a day of tries with the back-off above. */
const MAX_ATTEMPTS = 30
/** While the keys are away, a job is neither given up nor late when they come back. */
const AWAY_RETRY_SECONDS = 60
const IDLE_MS = 500

/** Runs what is due until `signal`; finishes the job in hand before it returns. */
export async function runWorker(ctx: Context, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const busy = await runNextJob(ctx).catch((error: unknown) => {
      ctx.log.error({ err: error, event: 'queue-unreachable' })
      return false
    })
    if (!busy) await sleep(IDLE_MS, undefined, { signal }).catch(() => undefined)
  }
}

/** Runs the job that is due, if any. @returns false when there was nothing to do */
export function runNextJob(ctx: Context): Promise<boolean> {
  return asService('job', () => runDueJob(ctx))
}

async function runDueJob(ctx: Context): Promise<boolean> {
  const job = await claim(ctx.db, ctx.now())
  if (!job) return false
  try {
    await run(ctx, job)
    await finishJob(ctx.db, job.id, ctx.now())
    ctx.log.info({ event: 'job-done', kind: job.kind, job: job.public_id, attempts: job.attempts })
  } catch (error) {
    await recordFailure(ctx, job, error)
  }
  return true
}

async function run(ctx: Context, job: Job): Promise<void> {
  const act = ACTS[job.kind]
  if (!act) throw new Error(`no act for the job kind ${job.kind}`)
  await act(ctx, JSON.parse(job.payload))
}

async function recordFailure(ctx: Context, job: Job, error: unknown): Promise<void> {
  const reason = reasonOf(error)
  ctx.log.error({ err: error, event: 'job-failed', kind: job.kind, job: job.public_id })
  const keysAway = error instanceof DomainError && error.code === 'keys-away'
  if (job.attempts >= MAX_ATTEMPTS && !keysAway) return giveUpJob(ctx.db, job.id, reason, ctx.now())
  const seconds = Math.min(backoffSeconds(job.attempts), keysAway ? AWAY_RETRY_SECONDS : Infinity)
  const retryAt = new Date(ctx.now().getTime() + seconds * 1000)
  await postponeJob(ctx.db, job.id, reason, retryAt)
}

/** A refusal of ours begins with its code, by which a page can say it in words. */
function reasonOf(error: unknown): string {
  if (error instanceof DomainError) return `${error.code}: ${error.message}`
  return error instanceof Error ? error.message : 'unknown'
}

/** 5 s, 10 s, 20 s … at most an hour. */
export function backoffSeconds(attempts: number): number {
  return Math.min(LAST_RETRY_SECONDS, FIRST_RETRY_SECONDS * 2 ** (attempts - 1))
}
