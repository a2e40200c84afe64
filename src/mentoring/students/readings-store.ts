import type { Db, NewRow } from '../../store/schema.js'

export type Reading = Readonly<{
  day: string
  role: string | null
  organisationName: string | null
  kind: string
}>

/** Rows of one statement: SQLite takes some thirty thousand values at the most. */
const AT_ONCE = 500

/** Keeps who read whom; what was kept of the same day is kept once. */
export async function insertReadings(
  db: Db,
  rows: readonly NewRow<'record_readings'>[],
): Promise<void> {
  for (let from = 0; from < rows.length; from += AT_ONCE) {
    await db
      .insertInto('record_readings')
      .values(rows.slice(from, from + AT_ONCE))
      .onConflict((conflict) =>
        conflict.columns(['student_id', 'day', 'reader', 'kind']).doNothing(),
      )
      .execute()
  }
}

/** Whether it is kept: then a page that is read again writes nothing, and waits for no other writer. */
export async function isKept(
  db: Db,
  { student_id, day, reader, kind }: NewRow<'record_readings'>,
): Promise<boolean> {
  const found = await db
    .selectFrom('record_readings')
    .select('id')
    .where('student_id', '=', student_id)
    .where('day', '=', day)
    .where('reader', '=', reader)
    .where('kind', '=', kind)
    .executeTakeFirst()
  return found !== undefined
}

/** Who read a student's record, the latest day first: functions and organisations, no persons. */
export function listReadings(db: Db, studentId: number): Promise<Reading[]> {
  return db
    .selectFrom('record_readings')
    .leftJoin('organisations', 'organisations.id', 'record_readings.organisation_id')
    .select(['day', 'role', 'organisations.name as organisationName', 'record_readings.kind'])
    .distinct()
    .where('student_id', '=', studentId)
    .orderBy('day', 'desc')
    .orderBy('role')
    .orderBy('organisations.name')
    .orderBy('record_readings.kind')
    .execute()
}
