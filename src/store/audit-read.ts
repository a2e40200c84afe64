import type { Db, Row } from './schema.js'

export type AuditLine = Pick<Row<'audit'>, 'id' | 'at' | 'actor' | 'action' | 'subject' | 'details'>

export type AuditFilter = Readonly<{
  /** As who acted. */
  actor?: string | undefined
  action?: string | undefined
  /** What was acted on, or is named in the details. */
  subject?: string | undefined
  /** Instants: from this one, before that one. */
  from?: string | undefined
  until?: string | undefined
}>

/**
 * So many lines are looked at for one page, whatever indexes there are: a search for what is rare goes on from
 * where it stopped, and no question keeps the store busy for long.
 */
export const SCAN = 50_000

export type AuditPart = Readonly<{
  lines: readonly AuditLine[]
  /** Where to go on; undefined at the beginning of the audit. */
  before: number | undefined
}>

/** Lines with ids below `before`, the latest first; from the end of the audit unless told. */
export async function readAuditPart(
  db: Db,
  filter: AuditFilter,
  asked: Readonly<{ before?: number | undefined; limit: number }>,
): Promise<AuditPart> {
  const top = asked.before ?? (await endOfAudit(db))
  const floor = Math.max(0, top - 1 - SCAN)
  const found = await matching(db, filter)
    .where('id', '<', top)
    .where('id', '>', floor)
    .orderBy('id', 'desc')
    .limit(asked.limit + 1)
    .execute()
  const lines = found.slice(0, asked.limit)
  const last = lines.at(-1)
  if (found.length > asked.limit && last) return { lines, before: last.id }
  return { lines, before: floor > 0 ? floor + 1 : undefined }
}

async function endOfAudit(db: Db): Promise<number> {
  const last = await db
    .selectFrom('audit')
    .select('id')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  return (last?.id ?? 0) + 1
}

function matching(db: Db, { actor, action, subject, from, until }: AuditFilter) {
  return db
    .selectFrom('audit')
    .select(['id', 'at', 'actor', 'action', 'subject', 'details'])
    .$if(actor !== undefined, (query) => query.where('actor', '=', actor ?? ''))
    .$if(action !== undefined, (query) => query.where('action', '=', action ?? ''))
    .$if(from !== undefined, (query) => query.where('at', '>=', from ?? ''))
    .$if(until !== undefined, (query) => query.where('at', '<', until ?? ''))
    .$if(subject !== undefined, (query) =>
      query.where((or) =>
        or.or([or('subject', '=', subject ?? ''), or('details', 'like', `%"${subject ?? ''}"%`)]),
      ),
    )
}
