import { sql } from 'kysely'
import { MANY, unpackMany } from './audit-of-many.js'
import type { Db, Row } from './schema.js'

/** A line; one of many subjects has `MANY` as its subject, or the one that was asked for, with what it tells of that one. */
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
  const found: AuditLine[] = []
  for (let below = top; found.length <= asked.limit;) {
    const rows = await matching(db, filter)
      .where('id', '<', below)
      .where('id', '>', floor)
      .orderBy('id', 'desc')
      .limit(asked.limit + 1)
      .execute()
    found.push(...rows.flatMap((row) => lineOf(row, filter.subject)))
    const last = rows.at(-1)
    if (!last || rows.length <= asked.limit) break
    below = last.id
  }
  const lines = found.slice(0, asked.limit)
  const last = lines.at(-1)
  if (found.length > asked.limit && last) return { lines, before: last.id }
  return { lines, before: floor > 0 ? floor + 1 : undefined }
}

/** A row as it is read; nothing for a line of many that does not tell of the subject that is asked for. */
function lineOf({ packed, ...line }: Matching, subject: string | undefined): AuditLine[] {
  if (packed === null || subject === undefined || subject === MANY) return [line]
  const told = unpackMany(packed).find((one) => one.subject === subject)
  return told ? [{ ...line, subject, details: JSON.stringify(told.details) }] : []
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

/** The details as they are written hold this text, letter by letter: in an id `_` is no pattern. */
function holdsQuoted(text: string) {
  const literal = text.replaceAll(/[\\%_]/g, String.raw`\$&`)
  return sql<boolean>`details like ${`%"${literal}"%`} escape ${'\\'}`
}

type Matching = AuditLine & Pick<Row<'audit'>, 'packed'>

function matching(db: Db, { actor, action, subject, from, until }: AuditFilter) {
  return db
    .selectFrom('audit')
    .select(['id', 'at', 'actor', 'action', 'subject', 'details', 'packed'])
    .$if(actor !== undefined, (query) => query.where('actor', '=', actor ?? ''))
    .$if(action !== undefined, (query) => query.where('action', '=', action ?? ''))
    .$if(from !== undefined, (query) => query.where('at', '>=', from ?? ''))
    .$if(until !== undefined, (query) => query.where('at', '<', until ?? ''))
    .$if(subject !== undefined, (query) =>
      query.where((or) =>
        or.or([
          or('subject', '=', subject ?? ''),
          holdsQuoted(subject ?? ''),
          // Whom a line of many tells of is packed.
          or('packed', 'is not', null),
        ]),
      ),
    )
}
