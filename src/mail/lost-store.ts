import { sql } from 'kysely'
import type { Db } from '../store/schema.js'
import type { GivenUpWhy } from './store.js'

/**
 * Of some matters, those whose latest mail will never arrive, and why; not what a server said of it.
 *
 * @param matters what the key of a mail begins with, up to a space or its end
 */
export async function listLost(
  db: Db,
  matters: readonly string[],
): Promise<ReadonlyMap<string, GivenUpWhy>> {
  const latest = new Map<string, string | null>()
  for (const length of new Set(matters.map((matter) => matter.length))) {
    const begun = sql<string>`substr(key, 1, ${sql.lit(length)})`
    const rows = await db
      .selectFrom('outbox_mails')
      .select([begun.as('matter'), 'given_up_why as why'])
      .where(
        begun,
        'in',
        matters.filter((matter) => matter.length === length),
      )
      .orderBy('id')
      .execute()
    for (const { matter, why } of rows) latest.set(matter, why)
  }
  const lost = [...latest].flatMap(([matter, why]) => (isWhy(why) ? [[matter, why] as const] : []))
  return new Map(lost)
}

function isWhy(why: string | null): why is GivenUpWhy {
  return why === 'refused' || why === 'no-address' || why === 'too-old'
}
