import { createHash } from 'node:crypto'
import type { Db, Row } from './schema.js'

export type AuditEntry = Readonly<{
  at: Date
  /** Public id of a person, of a token, or the name of a process of ours. */
  actor: string
  /** What was done: 'dossier.endorsed' */
  action: string
  /** Public id of what it was done to. */
  subject: string
  /** Ids, codes and digests; never a name, never content. */
  details?: Readonly<Record<string, string | number | null>>
}>

/**
 * Appends a line to the audit. Call it with the transaction of what it tells: both are then
 * committed, or neither is. Writers wait for each other on the head row, so the chain has no fork.
 */
export function appendAudit(db: Db, entry: AuditEntry): Promise<void> {
  return appendAll(db, [entry])
}

/** The same for several lines that one transaction has to tell. */
export async function appendAll(db: Db, entries: readonly AuditEntry[]): Promise<void> {
  if (entries.length === 0) return
  const head = await db
    .updateTable('audit_head')
    .set((of) => ({ last_id: of('last_id', '+', entries.length) }))
    .where('id', '=', 1)
    .returning(['hash', 'latest_at'])
    .executeTakeFirstOrThrow()
  let { hash, latest_at } = head
  const lines = entries.map(({ at, actor, action, subject, details }) => {
    const line = {
      at: at.toISOString(),
      actor,
      action,
      subject,
      details: JSON.stringify(details ?? {}),
      prev_hash: hash,
    }
    hash = hashOf(line)
    if (latest_at === null || line.at > latest_at) latest_at = line.at
    return { ...line, hash }
  })
  for (let from = 0; from < lines.length; from += PAGE)
    await db
      .insertInto('audit')
      .values(lines.slice(from, from + PAGE))
      .execute()
  await db.updateTable('audit_head').set({ hash, latest_at }).where('id', '=', 1).execute()
}

/** The details of the last line that tells of an action on a subject. */
export async function findAuditDetails(
  db: Db,
  action: string,
  subject: string,
): Promise<AuditEntry['details'] | undefined> {
  const line = await db
    .selectFrom('audit')
    .select('details')
    .where('subject', '=', subject)
    .where('action', '=', action)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  return line && (JSON.parse(line.details) as AuditEntry['details'])
}

export type AuditVerdict =
  | Readonly<{ sound: true; entries: number; head: string }>
  | Readonly<{ sound: false; entries: number; brokenAt: number; reason: string }>

/** Recomputes the whole chain, from the first entry to the head, `PAGE` entries at a time. */
export async function validateAudit(db: Db): Promise<AuditVerdict> {
  let previous = '0'.repeat(64)
  let entries = 0
  let after = 0
  for (;;) {
    const lines = await readAfter(db, after)
    if (lines.length === 0) break
    for (const line of lines) {
      if (line.prev_hash !== previous)
        return broken(entries, line.id, 'does not follow the entry before it')
      if (hashOf(line) !== line.hash)
        return broken(entries, line.id, 'was changed after it was written')
      previous = line.hash
      after = line.id
      entries += 1
    }
  }
  const head = await db
    .selectFrom('audit_head')
    .selectAll()
    .where('id', '=', 1)
    .executeTakeFirstOrThrow()
  if (head.hash !== previous || head.last_id !== entries) {
    return broken(
      entries,
      after,
      'is not the last that was written: entries are missing at the end',
    )
  }
  return { sound: true, entries, head: previous }
}

const PAGE = 1_000

function readAfter(db: Db, id: number): Promise<Row<'audit'>[]> {
  return db.selectFrom('audit').selectAll().where('id', '>', id).orderBy('id').limit(PAGE).execute()
}

function broken(entries: number, brokenAt: number, reason: string): AuditVerdict {
  return { sound: false, entries, brokenAt, reason }
}

type Line = Pick<Row<'audit'>, 'at' | 'actor' | 'action' | 'subject' | 'details' | 'prev_hash'>

function hashOf(line: Line): string {
  const fields = [line.prev_hash, line.at, line.actor, line.action, line.subject, line.details]
  return createHash('sha256').update(JSON.stringify(fields)).digest('hex')
}
