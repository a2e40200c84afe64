import { sql } from 'kysely'
import type { Db, NewRow, Row } from '../../store/schema.js'
import { updateMany } from '../../store/update-many.js'

export type Batch = Row<'batches'>
export type BatchRow = Row<'batch_rows'>
export const OUTCOMES = ['done', 'refused', 'cancelled'] as const
export type Outcome = (typeof OUTCOMES)[number]

/** SQLite takes 32,766 values in a statement, PostgreSQL 65,535. */
const ROWS_AT_ONCE = 1_000

/** @returns undefined when the same person has made one of this key */
export async function insertBatch(
  db: Db,
  batch: NewRow<'batches'>,
  rows: readonly Omit<NewRow<'batch_rows'>, 'batch_id' | 'number'>[],
): Promise<Batch | undefined> {
  const made = await db
    .insertInto('batches')
    .values(batch)
    .onConflict((conflict) => conflict.columns(['made_by_id', 'key']).doNothing())
    .returningAll()
    .executeTakeFirst()
  if (!made) return undefined
  const numbered = rows.map((row, at) => ({ ...row, batch_id: made.id, number: at + 1 }))
  for (let from = 0; from < numbered.length; from += ROWS_AT_ONCE)
    await db
      .insertInto('batch_rows')
      .values(numbered.slice(from, from + ROWS_AT_ONCE))
      .execute()
  return made
}

export function findBatch(db: Db, publicId: string): Promise<Batch | undefined> {
  return db.selectFrom('batches').selectAll().where('public_id', '=', publicId).executeTakeFirst()
}

export function findBatchOfKey(db: Db, personId: number, key: string): Promise<Batch | undefined> {
  return db
    .selectFrom('batches')
    .selectAll()
    .where('made_by_id', '=', personId)
    .where('key', '=', key)
    .executeTakeFirst()
}

export function getBatch(db: Db, id: number): Promise<Batch> {
  return db.selectFrom('batches').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
}

/** Holds the batch until the transaction ends: two workers never take the same rows. */
export function lockBatch(db: Db, id: number): Promise<Batch> {
  return db
    .updateTable('batches')
    .set((of) => ({ key: of.ref('key') }))
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow()
}

/** Those whose receipt is not written yet, the oldest first. */
export function listUnfinishedBatches(db: Db): Promise<Batch[]> {
  return db
    .selectFrom('batches')
    .selectAll()
    .where('receipt_packed', 'is', null)
    .orderBy('id')
    .execute()
}

/** Of some organisations, newest first. */
export function listBatches(
  db: Db,
  organisationIds: readonly number[],
  { limit, offset }: Readonly<{ limit: number; offset: number }>,
): Promise<Batch[]> {
  return db
    .selectFrom('batches')
    .selectAll()
    .where('organisation_id', 'in', [-1, ...organisationIds])
    .orderBy('id', 'desc')
    .limit(limit)
    .offset(offset)
    .execute()
}

/** Rows that have not begun, in their order. */
export function listRowsToTake(db: Db, batchId: number, limit: number): Promise<BatchRow[]> {
  return db
    .selectFrom('batch_rows')
    .selectAll()
    .where('batch_id', '=', batchId)
    .where('outcome', 'is', null)
    .where('taken_at', 'is', null)
    .orderBy('number')
    .limit(limit)
    .execute()
}

/** Rows whose badge is approved and waits for its signature. */
export function listRowsToIssue(db: Db, batchId: number): Promise<BatchRow[]> {
  return db
    .selectFrom('batch_rows')
    .selectAll()
    .where('batch_id', '=', batchId)
    .where('outcome', 'is', null)
    .where('taken_at', 'is not', null)
    .orderBy('number')
    .execute()
}

/** Keeps what became of rows; those that had ended before stay as they are. */
export async function saveRows(db: Db, rows: readonly BatchRow[]): Promise<void> {
  await updateMany(db, 'batch_rows', {
    columns: {
      ...{ outcome: 'text', refusal: 'text', taken_at: 'text', ended_at: 'text' },
      ...{ dossier_id: 'integer', badge_public_id: 'text' },
    },
    rows: rows.map(({ id, outcome, refusal, taken_at, ended_at, dossier_id, badge_public_id }) => {
      return { id, set: [outcome, refusal, taken_at, ended_at, dossier_id, badge_public_id] }
    }),
    where: sql`batch_rows.outcome is null`,
  })
}

/** Ends the rows that have not begun. */
export async function cancelRows(db: Db, batchId: number, at: string): Promise<void> {
  await db
    .updateTable('batch_rows')
    .set({ outcome: 'cancelled', ended_at: at })
    .where('batch_id', '=', batchId)
    .where('outcome', 'is', null)
    .where('taken_at', 'is', null)
    .execute()
}

export async function saveBatch(
  db: Db,
  id: number,
  changes: Partial<NewRow<'batches'>>,
): Promise<void> {
  await db.updateTable('batches').set(changes).where('id', '=', id).execute()
}

/** How many rows have ended in which way; null: not yet. */
export async function countOutcomes(
  db: Db,
  batchIds: readonly number[],
): Promise<{ batchId: number; outcome: string | null; count: number }[]> {
  const rows = await db
    .selectFrom('batch_rows')
    .select(['batch_id', 'outcome'])
    .select((of) => of.fn.countAll().as('count'))
    .where('batch_id', 'in', [-1, ...batchIds])
    .groupBy(['batch_id', 'outcome'])
    .execute()
  return rows.map(({ batch_id, outcome, count }) => ({
    batchId: batch_id,
    outcome,
    count: Number(count),
  }))
}

export type NamedRow = BatchRow & {
  student_public_id: string
  given_name: string
  family_name: string
  student_person_id: number | null
  school_id: number
  dossier_public_id: string | null
  template_public_id: string
  version: number
}

/** The rows with whom and what they are about, in their order. */
export function listRows(
  db: Db,
  batchId: number,
  part: Readonly<{ outcome?: Outcome | 'open'; limit?: number; offset?: number }> = {},
): Promise<NamedRow[]> {
  let query = db
    .selectFrom('batch_rows')
    .innerJoin('students', 'students.id', 'batch_rows.student_id')
    .innerJoin('template_versions', 'template_versions.id', 'batch_rows.template_version_id')
    .innerJoin('templates', 'templates.id', 'template_versions.template_id')
    .leftJoin('dossiers', 'dossiers.id', 'batch_rows.dossier_id')
    .selectAll('batch_rows')
    .select([
      'students.public_id as student_public_id',
      'students.person_id as student_person_id',
      'students.school_id',
      'students.given_name',
      'students.family_name',
      'dossiers.public_id as dossier_public_id',
      'templates.public_id as template_public_id',
      'template_versions.number as version',
    ])
    .where('batch_rows.batch_id', '=', batchId)
    .orderBy('batch_rows.number')
  if (part.outcome === 'open') query = query.where('batch_rows.outcome', 'is', null)
  else if (part.outcome) query = query.where('batch_rows.outcome', '=', part.outcome)
  if (part.limit !== undefined) query = query.limit(part.limit).offset(part.offset ?? 0)
  return query.execute()
}
