import type { Db, NewRow, Row } from '../../store/schema.js'

export type LeaverLetter = Row<'leaver_letters'>

/** Says that a student took their portfolio, again or for the first time. */
export async function savePortfolio(db: Db, studentId: number, taken_at: string): Promise<void> {
  await db
    .insertInto('portfolios')
    .values({ student_id: studentId, taken_at })
    .onConflict((conflict) => conflict.column('student_id').doUpdateSet({ taken_at }))
    .execute()
}

/** When some students took their portfolio the last time, by row. */
export async function listPortfolios(
  db: Db,
  studentIds: readonly number[],
): Promise<ReadonlyMap<number, string>> {
  const rows = await db
    .selectFrom('portfolios')
    .select(['student_id', 'taken_at'])
    .where('student_id', 'in', [-1, ...studentIds])
    .execute()
  return new Map(rows.map(({ student_id, taken_at }) => [student_id, taken_at]))
}

/** The students of some schools of whom something is held. */
export function listStudentsOfSchools(
  db: Db,
  schoolIds: readonly number[],
): Promise<Row<'students'>[]> {
  return db
    .selectFrom('students')
    .selectAll()
    .where('school_id', 'in', [-1, ...schoolIds])
    .where('erased_at', 'is', null)
    .orderBy('id')
    .execute()
}

/** @returns false if the school has written that day: nothing is then changed */
export async function insertLetter(db: Db, row: NewRow<'leaver_letters'>): Promise<boolean> {
  const inserted = await db
    .insertInto('leaver_letters')
    .values(row)
    .onConflict((conflict) => conflict.columns(['school_id', 'day']).doNothing())
    .returning('id')
    .executeTakeFirst()
  return inserted !== undefined
}

export function findLetter(db: Db, publicId: string): Promise<LeaverLetter | undefined> {
  return db
    .selectFrom('leaver_letters')
    .selectAll()
    .where('public_id', '=', publicId)
    .executeTakeFirst()
}

/** The last day on which a school wrote. */
export async function lastLetterDay(db: Db, schoolId: number): Promise<string | undefined> {
  const row = await db
    .selectFrom('leaver_letters')
    .select('day')
    .where('school_id', '=', schoolId)
    .orderBy('day', 'desc')
    .executeTakeFirst()
  return row?.day
}
