import type { Actor, Context } from '../context.js'
import { DomainError } from '../errors.js'
import { authorize } from '../people/authorize.js'
import { appendAudit } from '../store/audit.js'
import {
  countOpenJobs,
  findJobKind,
  listTroubledJobs,
  retryJobNow,
  type KindCount,
} from '../store/jobs-seen.js'
import type { Words } from '../words.js'
import { wordsOfFailure } from './job-words.js'

/** So many are shown; the counts tell of all. */
const SHOWN = 100

export type JobLine = Readonly<{
  id: string
  kind: string
  attempts: number
  /** When it is tried next; of one that was given up, when it last was due. */
  runAt: string
  givenUpAt: string | null
  why: Words
}>

export type JobsView = Readonly<{ kinds: readonly KindCount[]; troubled: readonly JobLine[] }>

/** What waits and what failed: ids, kinds and our words; never what a job is about. @throws {DomainError} */
export async function seeJobs(ctx: Context, actor: Actor): Promise<JobsView> {
  authorize(actor, 'see-audit', {})
  const rows = await listTroubledJobs(ctx.db, SHOWN)
  const troubled = rows.map((job) => ({
    ...{ id: job.public_id, kind: job.kind, attempts: job.attempts },
    ...{ runAt: job.run_at, givenUpAt: job.given_up_at, why: wordsOfFailure(job.last_error ?? '') },
  }))
  return { kinds: await countOpenJobs(ctx.db), troubled }
}

/**
 * Has a job that failed tried again now. One that is in hand, done or due already is left alone, and nothing is told.
 *
 * @returns whether anything was changed
 * @throws {DomainError} forbidden or not-found
 */
export async function retryJob(ctx: Context, actor: Actor, id: string): Promise<boolean> {
  authorize(actor, 'manage-service', {})
  const kind = await findJobKind(ctx.db, id)
  if (kind === undefined) throw noJob(id)
  const at = ctx.now()
  const line = { at, actor: actor.publicId, action: 'job.retried', subject: id, details: { kind } }
  const retried = ctx.db.transaction().execute(async (trx) => {
    // The audit first: acts that order a job again hold its head before the job.
    await appendAudit(trx, line)
    if (!(await retryJobNow(trx, id, at))) throw new NothingToRetry()
    return true
  })
  return retried.catch((error: unknown) => {
    if (error instanceof NothingToRetry) return false
    throw error
  })
}

/** Takes the line of the audit back. */
class NothingToRetry extends Error {
  override readonly name = 'NothingToRetry'
}

function noJob(id: string): DomainError {
  return new DomainError('not-found', {
    fr: `Il n’y a pas de tâche « ${id} ». Elle est peut-être finie et oubliée : rechargez la liste.`,
    en: `There is no job “${id}”. It may be done and forgotten: load the list again.`,
  })
}
