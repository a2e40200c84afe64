import type { Db, NewRow, Row } from '../../store/schema.js'

export type ObjectionRow = Row<'objections'>
/** With whom it is about, for the staff of their school: of the present one, for who changes school takes the objection along. */
export type FoundObjection = ObjectionRow &
  Readonly<{
    studentPublicId: string
    givenName: string
    familyName: string
    presentSchoolId: number
  }>

/** Those shown of a school: the open ones are few, the answered go back for years. */
const SHOWN = 200

export async function insertObjection(db: Db, row: NewRow<'objections'>): Promise<void> {
  await db.insertInto('objections').values(row).execute()
}

export function listObjectionsOf(db: Db, studentId: number): Promise<ObjectionRow[]> {
  return db
    .selectFrom('objections')
    .selectAll()
    .where('student_id', '=', studentId)
    .orderBy('id', 'desc')
    .execute()
}

/** Of some schools, the newest first. */
export function listObjections(db: Db, schoolIds: readonly number[]): Promise<FoundObjection[]> {
  return withStudents(db)
    .where('students.school_id', 'in', [-1, ...schoolIds])
    .orderBy('objections.id', 'desc')
    .limit(SHOWN)
    .execute()
}

export function findObjection(db: Db, publicId: string): Promise<FoundObjection | undefined> {
  return withStudents(db).where('objections.public_id', '=', publicId).executeTakeFirst()
}

export async function countOpenObjections(db: Db, schoolIds: readonly number[]): Promise<number> {
  const { count } = await db
    .selectFrom('objections')
    .innerJoin('students', 'students.id', 'objections.student_id')
    .select((of) => of.fn.countAll<number | string>().as('count'))
    .where('students.school_id', 'in', [-1, ...schoolIds])
    .where('answered_at', 'is', null)
    .executeTakeFirstOrThrow()
  // PostgreSQL tells a count as text.
  return Number(count)
}

/** @returns false if it was answered before: nothing is then changed */
export async function saveObjectionAnswer(
  db: Db,
  id: number,
  answer: Readonly<{ at: string; byId: number | null; outcome: string; sealed: string }>,
): Promise<boolean> {
  const result = await db
    .updateTable('objections')
    .set({
      answered_at: answer.at,
      answered_by_id: answer.byId,
      outcome: answer.outcome,
      answer_sealed: answer.sealed,
    })
    .where('id', '=', id)
    .where('answered_at', 'is', null)
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

function withStudents(db: Db) {
  return db
    .selectFrom('objections')
    .innerJoin('students', 'students.id', 'objections.student_id')
    .selectAll('objections')
    .select([
      'students.public_id as studentPublicId',
      'students.given_name as givenName',
      'students.family_name as familyName',
      'students.school_id as presentSchoolId',
    ])
}
