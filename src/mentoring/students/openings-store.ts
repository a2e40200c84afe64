import type { Db, NewRow } from '../../store/schema.js'

export type Opening = Readonly<{ openedAt: string; untilAt: string; reasonSealed: string }>

export async function insertOpening(db: Db, row: NewRow<'record_openings'>): Promise<void> {
  await db.insertInto('record_openings').values(row).execute()
}

/** @returns until when a person may read the record of a student, if they may at this instant */
export async function openUntil(
  db: Db,
  { studentId, personId, at }: Readonly<{ studentId: number; personId: number; at: string }>,
): Promise<string | undefined> {
  const row = await db
    .selectFrom('record_openings')
    .select('until_at')
    .where('student_id', '=', studentId)
    .where('person_id', '=', personId)
    .where('opened_at', '<=', at)
    .where('until_at', '>', at)
    .executeTakeFirst()
  return row?.until_at
}

/** Every time that the platform opened a student's record, the latest first. */
export function listOpenings(db: Db, studentId: number): Promise<Opening[]> {
  return db
    .selectFrom('record_openings')
    .select(['opened_at as openedAt', 'until_at as untilAt', 'reason_sealed as reasonSealed'])
    .where('student_id', '=', studentId)
    .orderBy('id', 'desc')
    .execute()
}
