import type { NotNull } from 'kysely'
import type { Db, NewRow, Row } from '../../store/schema.js'
import { hasRowLocks } from '../../store/row-locks.js'
import { isLevel } from '../levels.js'
import type { Schooling } from '../schemes/scheme.js'

export type Enrolment = Readonly<{
  cohortId: number
  cohortPublicId: string
  entryYear: number
  classId: number
  className: string
  schoolId: number
  fromDay: string
  untilDay: string | null
  exitReason: string | null
}>

export type StudentSchooling = Schooling & Readonly<{ studentId: number; division: string }>

export function findStudent(db: Db, publicId: string): Promise<Row<'students'> | undefined> {
  return db.selectFrom('students').selectAll().where('public_id', '=', publicId).executeTakeFirst()
}

/** Students by their public ids. */
export function listStudentsByIds(
  db: Db,
  publicIds: readonly string[],
): Promise<Row<'students'>[]> {
  return db
    .selectFrom('students')
    .selectAll()
    .where('public_id', 'in', ['', ...publicIds])
    .execute()
}

export function getStudent(db: Db, id: number): Promise<Row<'students'>> {
  return db.selectFrom('students').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
}

export function listStudents(db: Db, ids: readonly number[]): Promise<Row<'students'>[]> {
  return db
    .selectFrom('students')
    .selectAll()
    .where('id', 'in', [-1, ...ids])
    .execute()
}

/** The record of the person who has this account. */
export function findStudentOf(db: Db, personId: number): Promise<Row<'students'> | undefined> {
  return db.selectFrom('students').selectAll().where('person_id', '=', personId).executeTakeFirst()
}

/** Every record of the person who has this account: one a school. Those that were erased are nobody's. */
export function listRecordsOf(db: Db, personId: number): Promise<Row<'students'>[]> {
  return db.selectFrom('students').selectAll().where('person_id', '=', personId).execute()
}

/** Every P-TECH cohort that a student is or was in, the first one first. */
export function enrolmentsOf(db: Db, studentId: number): Promise<Enrolment[]> {
  return db
    .selectFrom('enrolments')
    .innerJoin('cohorts', 'cohorts.id', 'enrolments.cohort_id')
    .innerJoin('ptech_classes', 'ptech_classes.id', 'cohorts.class_id')
    .select([
      'enrolments.cohort_id as cohortId',
      'cohorts.public_id as cohortPublicId',
      'cohorts.entry_year as entryYear',
      'cohorts.class_id as classId',
      'ptech_classes.name as className',
      'ptech_classes.school_id as schoolId',
      'enrolments.from_day as fromDay',
      'enrolments.until_day as untilDay',
      'enrolments.exit_reason as exitReason',
    ])
    .$narrowType<{ classId: NotNull; entryYear: NotNull }>()
    .where('enrolments.student_id', '=', studentId)
    .orderBy('enrolments.from_day')
    .execute()
}

/** Holds the student until the transaction ends: who comes second reads what the first has written. */
export async function lockStudent(db: Db, id: number): Promise<void> {
  if (hasRowLocks(db)) {
    await db.selectFrom('students').select('id').where('id', '=', id).forNoKeyUpdate().execute()
    return
  }
  await db
    .updateTable('students')
    .set((of) => ({ school_id: of.ref('school_id') }))
    .where('id', '=', id)
    .execute()
}

export async function saveAccount(db: Db, id: number, personId: number): Promise<void> {
  await db.updateTable('students').set({ person_id: personId }).where('id', '=', id).execute()
}

/**
 * Ends the enrolment that has no end yet.
 *
 * @returns false if the student has none in this cohort since `lastDay` or before
 */
export async function saveEnrolmentEnd(
  db: Db,
  of: Readonly<{ studentId: number; cohortId: number }>,
  end: Readonly<{ lastDay: string; reason: string }>,
): Promise<boolean> {
  const result = await db
    .updateTable('enrolments')
    .set({ until_day: end.lastDay, exit_reason: end.reason })
    .where('student_id', '=', of.studentId)
    .where('cohort_id', '=', of.cohortId)
    .where('until_day', 'is', null)
    .where('from_day', '<=', end.lastDay)
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

export async function insertEnrolment(db: Db, row: NewRow<'enrolments'>): Promise<void> {
  await db.insertInto('enrolments').values(row).execute()
}

/** Every time that a student of a cohort spent in it. */
export function listStays(
  db: Db,
  cohortId: number,
): Promise<{ studentId: number; fromDay: string; untilDay: string | null }[]> {
  return db
    .selectFrom('enrolments')
    .select(['student_id as studentId', 'from_day as fromDay', 'until_day as untilDay'])
    .where('cohort_id', '=', cohortId)
    .execute()
}

/** The students of a cohort on a day, by name. */
export async function listMembers(
  db: Db,
  cohortId: number,
  day: string,
): Promise<Row<'students'>[]> {
  const rows = await db
    .selectFrom('students')
    .innerJoin('enrolments', 'enrolments.student_id', 'students.id')
    .selectAll('students')
    .where('enrolments.cohort_id', '=', cohortId)
    .where('enrolments.from_day', '<=', day)
    .where((or) =>
      or.or([or('enrolments.until_day', 'is', null), or('enrolments.until_day', '>=', day)]),
    )
    .orderBy('students.id')
    .execute()
  return rows.toSorted(byName)
}

const french = new Intl.Collator('fr')

type Named = Pick<Row<'students'>, 'given_name' | 'family_name'>

/** As a class list has it, whatever the database makes of É. */
export function byName(one: Named, other: Named): number {
  return (
    french.compare(one.family_name, other.family_name) ||
    french.compare(one.given_name, other.given_name)
  )
}

export async function schoolingsOf(db: Db, studentId: number): Promise<Schooling[]> {
  return listSchoolings(db, [studentId])
}

/** The time of some students at each level, each student's first one first. */
export async function listSchoolings(
  db: Db,
  studentIds: readonly number[],
): Promise<StudentSchooling[]> {
  if (studentIds.length === 0) return []
  const rows = await db
    .selectFrom('schoolings')
    .select(['student_id', 'level', 'division', 'from_day', 'until_day'])
    .where('student_id', 'in', [...studentIds])
    .orderBy('from_day')
    .execute()
  return rows.flatMap(({ student_id, level, division, from_day, until_day }) =>
    isLevel(level)
      ? [{ studentId: student_id, level, division, fromDay: from_day, untilDay: until_day }]
      : [],
  )
}

/** Their holder is told that this record is soon forgotten. */
export async function noteRecordTold(db: Db, studentId: number, day: string): Promise<void> {
  await db
    .updateTable('students')
    .set({ forgetting_told_on: day })
    .where('id', '=', studentId)
    .execute()
}

/** Notes that an erasure begins. @returns since when: one that is tried again began when it was tried first */
export async function beginErasure(db: Db, studentId: number, at: Date): Promise<string> {
  const { erasure_began_at: since } = await db
    .updateTable('students')
    .set((of) => ({
      erasure_began_at: of.fn.coalesce('erasure_began_at', of.val(at.toISOString())),
    }))
    .where('id', '=', studentId)
    .returning('erasure_began_at')
    .executeTakeFirstOrThrow()
  return since ?? at.toISOString()
}

/** Notes that somebody could not be erased: until they are, they come last, and the health page counts them. */
export async function noteFailedErasure(db: Db, studentId: number, at: Date): Promise<void> {
  await db
    .updateTable('students')
    .set({ erasure_failed_at: at.toISOString() })
    .where('id', '=', studentId)
    .execute()
}
