import type { Db, NewRow, Row } from '../../store/schema.js'

export type RequestRow = Row<'correction_requests'>
/** With whom it is about, for the staff of their school. */
export type FoundRequest = RequestRow &
  Readonly<{ studentPublicId: string; givenName: string; familyName: string }>
/** With whoever made it, while they have an account. */
export type ChangeRow = Row<'identity_changes'> &
  Readonly<{ byGivenName: string | null; byFamilyName: string | null }>

/** Those shown of a school: the open ones are few, the answered go back for years. */
const SHOWN = 200

export async function insertCorrectionRequest(
  db: Db,
  row: NewRow<'correction_requests'>,
): Promise<void> {
  await db.insertInto('correction_requests').values(row).execute()
}

/** The newest first. */
export function listCorrectionRequestsOf(db: Db, studentId: number): Promise<RequestRow[]> {
  return db
    .selectFrom('correction_requests')
    .selectAll()
    .where('student_id', '=', studentId)
    .orderBy('id', 'desc')
    .execute()
}

/** Of some schools, the newest first. */
export function listCorrectionRequests(
  db: Db,
  schoolIds: readonly number[],
): Promise<FoundRequest[]> {
  return (
    db
      .selectFrom('correction_requests as asked')
      .innerJoin('students', 'students.id', 'asked.student_id')
      .selectAll('asked')
      .select('students.public_id as studentPublicId')
      .select(['students.given_name as givenName', 'students.family_name as familyName'])
      // Who changes school takes the request along.
      .where('students.school_id', 'in', [-1, ...schoolIds])
      .orderBy('asked.id', 'desc')
      .limit(SHOWN)
      .execute()
  )
}

export async function countOpenRequests(db: Db, schoolIds: readonly number[]): Promise<number> {
  const { count } = await db
    .selectFrom('correction_requests')
    .innerJoin('students', 'students.id', 'correction_requests.student_id')
    .select((of) => of.fn.countAll<number | string>().as('count'))
    .where('students.school_id', 'in', [-1, ...schoolIds])
    .where('answered_at', 'is', null)
    .executeTakeFirstOrThrow()
  // PostgreSQL tells a count as text.
  return Number(count)
}

type Answer = Readonly<{ at: string; byId: number | null; outcome: string; sealed: string }>

/** @returns the row that was answered; undefined if this student has no such request that waits */
export async function saveRequestAnswer(
  db: Db,
  of: Readonly<{ studentId: number; publicId: string }>,
  answer: Answer,
): Promise<{ id: number } | undefined> {
  return db
    .updateTable('correction_requests')
    .set({ answered_at: answer.at, answered_by_id: answer.byId })
    .set({ outcome: answer.outcome, answer_sealed: answer.sealed })
    .where('student_id', '=', of.studentId)
    .where('public_id', '=', of.publicId)
    .where('answered_at', 'is', null)
    .returning('id')
    .executeTakeFirst()
}

export async function insertIdentityChanges(
  db: Db,
  rows: readonly NewRow<'identity_changes'>[],
): Promise<void> {
  await db
    .insertInto('identity_changes')
    .values([...rows])
    .execute()
}

/** The newest first. */
export function listIdentityChanges(db: Db, studentId: number): Promise<ChangeRow[]> {
  return db
    .selectFrom('identity_changes as change')
    .leftJoin('persons', 'persons.id', 'change.changed_by_id')
    .selectAll('change')
    .select(['persons.given_name as byGivenName', 'persons.family_name as byFamilyName'])
    .where('change.student_id', '=', studentId)
    .orderBy('change.id', 'desc')
    .execute()
}

type Before = Pick<Row<'identity_changes'>, 'student_id' | 'field' | 'before_sealed'>

/** What fields of some students were before, in no order. */
export function listBefore(db: Db, studentIds: readonly number[]): Promise<Before[]> {
  return db
    .selectFrom('identity_changes')
    .select(['student_id', 'field', 'before_sealed'])
    .where('student_id', 'in', [-1, ...studentIds])
    .execute()
}

/** Numbers that were corrected, of all schools: a list that has one again is of a student who is known by another. */
export function listFormerNumbers(db: Db): Promise<Before[]> {
  return db
    .selectFrom('identity_changes')
    .select(['student_id', 'field', 'before_sealed'])
    .where('field', '=', 'ine')
    .execute()
}

export type IdentityValues = Partial<
  Pick<
    Row<'students'>,
    'given_name' | 'family_name' | 'birth_date_sealed' | 'sex' | 'ine_fingerprint'
  >
>
