import type { Db, NewRow, Row } from '../../store/schema.js'
import type { Purpose } from './purposes.data.js'

export type ConsentRecord = Row<'consent_records'>

export async function insertRecord(db: Db, row: NewRow<'consent_records'>): Promise<void> {
  await db.insertInto('consent_records').values(row).execute()
}

/** All that was said of a student, the oldest first. */
export function listRecords(db: Db, studentId: number): Promise<ConsentRecord[]> {
  return db
    .selectFrom('consent_records')
    .selectAll()
    .where('student_id', '=', studentId)
    .orderBy('id')
    .execute()
}

/**
 * What counts for a purpose, the oldest first: what was said of every badge, and of this one.
 *
 * @param badgeId null: of every badge alone
 */
export function listRecordsFor(
  db: Db,
  of: Readonly<{ studentId: number; purpose: Purpose; badgeId: number | null }>,
): Promise<ConsentRecord[]> {
  const { studentId, purpose, badgeId } = of
  return db
    .selectFrom('consent_records')
    .selectAll()
    .where('student_id', '=', studentId)
    .where('purpose', '=', purpose)
    .where((or) => or.or([or('badge_id', 'is', null), or('badge_id', '=', badgeId ?? -1)]))
    .orderBy('id')
    .execute()
}

/** For an erasure: while `take` runs, in the same transaction, the records of a student may be taken out. */
export async function letRecordsGo(
  trx: Db,
  studentId: number,
  take: () => Promise<void>,
): Promise<void> {
  await trx.insertInto('consents_let_go').values({ student_id: studentId }).execute()
  await take()
  await trx.deleteFrom('consents_let_go').where('student_id', '=', studentId).execute()
}
