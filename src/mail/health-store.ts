import type { Db } from '../store/schema.js'

export type MailWait = Readonly<{
  /** When the oldest that waits was written. */
  oldest: string | null
  /** Given up, by why. */
  givenUp: readonly Readonly<{ why: string; count: number; latest: string }>[]
}>

/** Since when mail waits, and what was given up for which reason; not to whom it was. */
export async function readMailWait(db: Db): Promise<MailWait> {
  const { oldest } = await db
    .selectFrom('outbox_mails')
    .select((of) => of.fn.min('created_at').as('oldest'))
    .where('sent_at', 'is', null)
    .where('given_up_at', 'is', null)
    .executeTakeFirstOrThrow()
  const rows = await db
    .selectFrom('outbox_mails')
    .select((of) => [
      'given_up_why',
      of.fn.countAll().as('count'),
      of.fn.max('given_up_at').as('latest'),
    ])
    .where('given_up_at', 'is not', null)
    .groupBy('given_up_why')
    .orderBy('given_up_why')
    .execute()
  const givenUp = rows.map(({ given_up_why: why, count, latest }) => ({
    ...{ why: why ?? '', count: Number(count), latest: latest ?? '' },
  }))
  return { oldest: oldest ?? null, givenUp }
}
