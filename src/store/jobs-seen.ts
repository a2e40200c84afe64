import type { Db, Row } from './schema.js'

/** A job that has failed at least once and is not done: never its payload. */
export type TroubledJob = Pick<
  Row<'jobs'>,
  'public_id' | 'kind' | 'run_at' | 'attempts' | 'given_up_at' | 'last_error'
>

/** Those given up first, then those that are tried again, the longest waiting first. */
export function listTroubledJobs(db: Db, limit: number): Promise<TroubledJob[]> {
  return db
    .selectFrom('jobs')
    .select(['public_id', 'kind', 'run_at', 'attempts', 'given_up_at', 'last_error'])
    .where('finished_at', 'is', null)
    .where((or) => or.or([or('given_up_at', 'is not', null), or('last_error', 'is not', null)]))
    .orderBy((of) => of.case().when('given_up_at', 'is', null).then(1).else(0).end())
    .orderBy('run_at')
    .orderBy('id')
    .limit(limit)
    .execute()
}

export type KindCount = Readonly<{
  kind: string
  /** To be run now or later. */
  waiting: number
  /** Of them: have failed and are tried again. */
  failed: number
  givenUp: number
  /** The earliest instant at which one of those that wait is due. */
  oldest: string | null
}>

/** What is not done, by kind. */
export async function countOpenJobs(db: Db): Promise<KindCount[]> {
  const rows = await db
    .selectFrom('jobs')
    .select((of) => [
      'kind',
      of.fn.countAll().filterWhere('given_up_at', 'is', null).as('waiting'),
      of.fn.count('last_error').filterWhere('given_up_at', 'is', null).as('failed'),
      of.fn.count('given_up_at').as('givenUp'),
      of.fn.min('run_at').filterWhere('given_up_at', 'is', null).as('oldest'),
    ])
    .where('finished_at', 'is', null)
    .groupBy('kind')
    .orderBy('kind')
    .execute()
  // PostgreSQL tells a count as text.
  return rows.map(({ kind, waiting, failed, givenUp, oldest }) => ({
    ...{ kind, oldest: oldest ?? null },
    ...{ waiting: Number(waiting), failed: Number(failed), givenUp: Number(givenUp) },
  }))
}

/**
 * Makes a job that failed due now, with all its tries. One that is in hand, that waits for its first try or that is done
 * is left as it is.
 *
 * @returns false when nothing was changed
 */
export async function retryJobNow(db: Db, publicId: string, now: Date): Promise<boolean> {
  const at = now.toISOString()
  const changed = await db
    .updateTable('jobs')
    .set({ run_at: at, attempts: 0, given_up_at: null, leased_until: null, last_error: null })
    .where('public_id', '=', publicId)
    .where('finished_at', 'is', null)
    .where('last_error', 'is not', null)
    .where((or) => or.or([or('leased_until', 'is', null), or('leased_until', '<=', at)]))
    .returning('id')
    .executeTakeFirst()
  return changed !== undefined
}

/** What kind of job this is; undefined: there is none. */
export async function findJobKind(db: Db, publicId: string): Promise<string | undefined> {
  const found = await db
    .selectFrom('jobs')
    .select('kind')
    .where('public_id', '=', publicId)
    .executeTakeFirst()
  return found?.kind
}
