import { createHash } from 'node:crypto'
import { MANY, packMany, textOfMany, type Details, type Told } from './audit-of-many.js'
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
  details?: Details
}>

/**
 * Appends a line to the audit. Call it with the transaction of what it tells: both are then
 * committed, or neither is. Writers wait for each other on the head row, so the chain has no fork.
 */
export function appendAudit(db: Db, entry: AuditEntry): Promise<void> {
  return append(db, entry)
}

/**
 * The same for what one transaction does to many subjects: one line for all, or that of one alone.
 *
 * @param told whom it was done to, each with details of the same names
 */
export async function appendOfMany(
  db: Db,
  { at, actor, action }: Pick<AuditEntry, 'at' | 'actor' | 'action'>,
  told: readonly Told[],
): Promise<void> {
  const [first] = told
  if (!first) return
  if (told.length === 1) return appendAudit(db, { at, actor, action, ...first })
  const { text, packed } = packMany(told)
  const details = { subjects: told.length }
  await append(db, { at, actor, action, subject: MANY, details }, { text, packed })
}

async function append(
  db: Db,
  { at, actor, action, subject, details }: AuditEntry,
  many?: Readonly<{ text: string; packed: Uint8Array }>,
): Promise<void> {
  const head = await db
    .updateTable('audit_head')
    .set((of) => ({ last_id: of('last_id', '+', 1) }))
    .where('id', '=', 1)
    .returning(['hash', 'latest_at'])
    .executeTakeFirstOrThrow()
  const instant = at.toISOString()
  const line = { at: instant, actor, action, subject, details: JSON.stringify(details ?? {}) }
  const hash = hashOf(head.hash, line, many?.text)
  const packed = many?.packed ?? null
  await db
    .insertInto('audit')
    .values({ ...line, hash, packed })
    .execute()
  const { latest_at: latest } = head
  const latest_at = latest === null || instant > latest ? instant : latest
  await db.updateTable('audit_head').set({ hash, latest_at }).where('id', '=', 1).execute()
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
      const many = line.packed === null ? undefined : textOfMany(line.packed)
      if (hashOf(previous, line, many) !== line.hash)
        return broken(entries, line.id, 'was changed after it was written, or is not the next one')
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

/** A line of many takes some 30 kB. */
const PAGE = 500

function readAfter(db: Db, id: number): Promise<Row<'audit'>[]> {
  return db.selectFrom('audit').selectAll().where('id', '>', id).orderBy('id').limit(PAGE).execute()
}

function broken(entries: number, brokenAt: number, reason: string): AuditVerdict {
  return { sound: false, entries, brokenAt, reason }
}

type Line = Pick<Row<'audit'>, 'at' | 'actor' | 'action' | 'subject' | 'details'>

/** @param many what a line of many tells of each */
function hashOf(previous: string, line: Line, many?: string): string {
  const fields = [previous, line.at, line.actor, line.action, line.subject, line.details]
  if (many !== undefined) fields.push(many)
  return createHash('sha256').update(JSON.stringify(fields)).digest('hex')
}
