import type { Db, NewRow, Row } from '../../store/schema.js'
import { isLevel } from '../levels.js'
import type { Schooling } from '../schemes/ptech.js'

export type Enrolment = Readonly<{
  cohortId: number
  classId: number
  schoolId: number
  fromDay: string
  untilDay: string | null
}>

export function findStudent(db: Db, publicId: string): Promise<Row<'students'> | undefined> {
  return db.selectFrom('students').selectAll().where('public_id', '=', publicId).executeTakeFirst()
}

export function getStudent(db: Db, id: number): Promise<Row<'students'>> {
  return db.selectFrom('students').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
}

/** The record of the person who has this account. */
export function findStudentOf(db: Db, personId: number): Promise<Row<'students'> | undefined> {
  return db.selectFrom('students').selectAll().where('person_id', '=', personId).executeTakeFirst()
}

/** Every cohort that a student is or was in, the first one first. */
export function enrolmentsOf(db: Db, studentId: number): Promise<Enrolment[]> {
  return db
    .selectFrom('enrolments')
    .innerJoin('cohorts', 'cohorts.id', 'enrolments.cohort_id')
    .innerJoin('ptech_classes', 'ptech_classes.id', 'cohorts.class_id')
    .select([
      'enrolments.cohort_id as cohortId',
      'cohorts.class_id as classId',
      'ptech_classes.school_id as schoolId',
      'enrolments.from_day as fromDay',
      'enrolments.until_day as untilDay',
    ])
    .where('enrolments.student_id', '=', studentId)
    .orderBy('enrolments.from_day')
    .execute()
}

export async function insertEnrolment(db: Db, row: NewRow<'enrolments'>): Promise<void> {
  await db.insertInto('enrolments').values(row).execute()
}

/** The students of a cohort on a day, by name. */
export function listMembers(db: Db, cohortId: number, day: string): Promise<Row<'students'>[]> {
  return db
    .selectFrom('students')
    .innerJoin('enrolments', 'enrolments.student_id', 'students.id')
    .selectAll('students')
    .where('enrolments.cohort_id', '=', cohortId)
    .where('enrolments.from_day', '<=', day)
    .where((or) =>
      or.or([or('enrolments.until_day', 'is', null), or('enrolments.until_day', '>=', day)]),
    )
    .orderBy('students.family_name')
    .orderBy('students.given_name')
    .orderBy('students.id')
    .execute()
}

export async function schoolingsOf(db: Db, studentId: number): Promise<Schooling[]> {
  const rows = await db
    .selectFrom('schoolings')
    .select(['level', 'from_day', 'until_day'])
    .where('student_id', '=', studentId)
    .orderBy('from_day')
    .execute()
  return rows.flatMap(({ level, from_day, until_day }) =>
    isLevel(level) ? [{ level, fromDay: from_day, untilDay: until_day }] : [],
  )
}
