import { sql } from 'kysely'
import { hasRowLocks } from './row-locks.js'
import type { Db, NewRow, Row } from './schema.js'

export type Job = Pick<Row<'jobs'>, 'id' | 'public_id' | 'kind' | 'payload' | 'attempts'>

const LEASE_SECONDS = 60

export type NewJob = Readonly<{
  id: string
  kind: string
  key: string
  payload: Record<string, unknown>
  runAt: Date
}>

/**
 * Adds a job to the queue, once for each (kind, key). Call it with the transaction that makes the
 * job necessary: both are then committed, or neither is.
 */
export async function enqueue(db: Db, job: NewJob): Promise<void> {
  await db
    .insertInto('jobs')
    .values(toRow(job))
    .onConflict((conflict) => conflict.columns(['kind', 'key']).doNothing())
    .execute()
}

/**
 * Orders a job whatever became of it: given up, finished too early, or in the hands of a worker that died.
 * One that is still alive may have it too: what a job does is idempotent.
 */
export async function renew(db: Db, job: NewJob): Promise<void> {
  const again = {
    run_at: job.runAt.toISOString(),
    attempts: 0,
    leased_until: null,
    finished_at: null,
    given_up_at: null,
  }
  await db
    .insertInto('jobs')
    .values(toRow(job))
    .onConflict((conflict) => conflict.columns(['kind', 'key']).doUpdateSet(again))
    .execute()
}

function toRow(job: NewJob): NewRow<'jobs'> {
  return {
    public_id: job.id,
    kind: job.kind,
    key: job.key,
    payload: JSON.stringify(job.payload),
    run_at: job.runAt.toISOString(),
    attempts: 0,
  }
}

/**
 * Takes the oldest job that is due and hides it from other workers for a minute, so that the job
 * of a worker that died is taken again: what a job does must be idempotent.
 */
export async function claim(db: Db, now: Date): Promise<Job | undefined> {
  const at = now.toISOString()
  const due = db
    .selectFrom('jobs')
    .select('id')
    .where('finished_at', 'is', null)
    .where('given_up_at', 'is', null)
    .where('run_at', '<=', at)
    .where((or) => or.or([or('leased_until', 'is', null), or('leased_until', '<=', at)]))
    .orderBy('run_at')
    .orderBy('id')
    .limit(1)
    // Workers skip each other's rows.
    .$if(hasRowLocks(db), (query) => query.forUpdate().skipLocked())

  return db
    .updateTable('jobs')
    .set({
      leased_until: new Date(now.getTime() + LEASE_SECONDS * 1000).toISOString(),
      attempts: sql`attempts + 1`,
    })
    .where('id', '=', due)
    .returning(['id', 'public_id', 'kind', 'payload', 'attempts'])
    .executeTakeFirst()
}

export async function finishJob(db: Db, id: number, now: Date): Promise<void> {
  await db
    .updateTable('jobs')
    .set({ finished_at: now.toISOString(), leased_until: null, last_error: null })
    .where('id', '=', id)
    .execute()
}

/** Records why a job failed and makes it due again at `runAt`. */
export async function postponeJob(db: Db, id: number, error: string, runAt: Date): Promise<void> {
  await db
    .updateTable('jobs')
    .set({ last_error: error, leased_until: null, run_at: runAt.toISOString() })
    .where('id', '=', id)
    .execute()
}

/** Stops trying: somebody must look at it. */
export async function giveUpJob(db: Db, id: number, error: string, now: Date): Promise<void> {
  await db
    .updateTable('jobs')
    .set({ last_error: error, leased_until: null, given_up_at: now.toISOString() })
    .where('id', '=', id)
    .execute()
}

/** Deletes what is over of a kind that comes again and again. */
export async function forgetFinished(db: Db, kind: string, before: Date): Promise<void> {
  await db
    .deleteFrom('jobs')
    .where('kind', '=', kind)
    .where('finished_at', '<', before.toISOString())
    .execute()
}

/** How many wait, and how many were given up. */
export async function countJobs(db: Db): Promise<{ waiting: number; givenUp: number }> {
  const row = await db
    .selectFrom('jobs')
    .select((of) => [
      of.fn.countAll().filterWhere('given_up_at', 'is', null).as('waiting'),
      of.fn.countAll().filterWhere('given_up_at', 'is not', null).as('given_up'),
    ])
    .where('finished_at', 'is', null)
    .executeTakeFirstOrThrow()
  return { waiting: Number(row.waiting), givenUp: Number(row.given_up) }
}
