import type { NotNull } from 'kysely'
import type { Db, NewRow, Row } from '../../store/schema.js'
import type { Period } from '../days.js'
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

/** A student's time in a group of whatever scheme. */
export type GroupEnrolment = Period &
  Readonly<{
    cohortId: number
    cohortPublicId: string
    scheme: string
    /** What people call the group, and who runs it. */
    title: string
    ownerId: number
    ownerName: string
    entryYear: number | null
    exitReason: string | null
    volunteeredOn: string | null
  }>

export type StudentSchooling = Schooling & Readonly<{ studentId: number; division: string }>

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

/** Every group of any scheme that a student is or was in, the first one first. */
export async function groupEnrolmentsOf(db: Db, studentId: number): Promise<GroupEnrolment[]> {
  const rows = await db
    .selectFrom('enrolments')
    .innerJoin('cohorts', 'cohorts.id', 'enrolments.cohort_id')
    .innerJoin('organisations as owner', 'owner.id', 'cohorts.owner_id')
    .leftJoin('ptech_classes', 'ptech_classes.id', 'cohorts.class_id')
    .select([
      'cohorts.id as cohortId',
      'cohorts.public_id as cohortPublicId',
      'cohorts.scheme',
      'cohorts.name',
      'cohorts.entry_year as entryYear',
      'ptech_classes.name as className',
      'owner.id as ownerId',
      'owner.name as ownerName',
      'enrolments.from_day as fromDay',
      'enrolments.until_day as untilDay',
      'enrolments.exit_reason as exitReason',
      'enrolments.volunteered_on as volunteeredOn',
    ])
    .where('enrolments.student_id', '=', studentId)
    .orderBy('enrolments.from_day')
    .orderBy('enrolments.id')
    .execute()
  return rows.map(({ name, className, ...one }) => ({ ...one, title: name ?? className ?? '' }))
}

/** Holds the student until the transaction ends: who comes second reads what the first has written. */
export async function lockStudent(db: Db, id: number): Promise<void> {
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

/**
 * The students who are at some schools on a day and may enter a group then: those who are not in it, then or
 * later, nor in another of its scheme where one excludes the other. By name.
 */
export async function listEnrollable(
  db: Db,
  schoolIds: readonly number[],
  day: string,
  group: Readonly<{ cohortId: number; exclusiveScheme: string | undefined }>,
): Promise<Row<'students'>[]> {
  if (schoolIds.length === 0) return []
  const { cohortId, exclusiveScheme } = group
  const rows = await db
    .selectFrom('students')
    .selectAll()
    .where('school_id', 'in', [...schoolIds])
    .where('id', 'in', (of) =>
      of
        .selectFrom('schoolings')
        .select('student_id')
        .where('school_id', 'in', [...schoolIds])
        .where('from_day', '<=', day)
        .where((or) => or.or([or('until_day', 'is', null), or('until_day', '>=', day)])),
    )
    .where('id', 'not in', (of) =>
      of
        .selectFrom('enrolments')
        .innerJoin('cohorts', 'cohorts.id', 'enrolments.cohort_id')
        .select('enrolments.student_id')
        .where((or) => or.or([or('until_day', 'is', null), or('until_day', '>=', day)]))
        .where((or) =>
          or.or([
            or('cohorts.id', '=', cohortId),
            ...(exclusiveScheme === undefined ? [] : [or('cohorts.scheme', '=', exclusiveScheme)]),
          ]),
        ),
    )
    .orderBy('id')
    .execute()
  return rows.toSorted(byName)
}

export async function insertEnrolment(db: Db, row: NewRow<'enrolments'>): Promise<void> {
  await db.insertInto('enrolments').values(row).execute()
}

/** Ends all that is open of a cohort, or of the students of one school in it; what starts later never does. */
export async function endEnrolments(
  db: Db,
  of: Readonly<{ cohortId: number; schoolId: number | undefined }>,
  end: Readonly<{ lastDay: string; reason: string }>,
): Promise<void> {
  const { cohortId, schoolId } = of
  const open = db
    .selectFrom('enrolments')
    .innerJoin('students', 'students.id', 'enrolments.student_id')
    .select('enrolments.id')
    .where('enrolments.cohort_id', '=', cohortId)
    .where('enrolments.until_day', 'is', null)
    .$if(schoolId !== undefined, (query) => query.where('students.school_id', '=', schoolId ?? 0))
  const ids = (await open.execute()).map(({ id }) => id)
  if (ids.length === 0) return
  await db
    .deleteFrom('enrolments')
    .where('id', 'in', ids)
    .where('from_day', '>', end.lastDay)
    .execute()
  await db
    .updateTable('enrolments')
    .set({ until_day: end.lastDay, exit_reason: end.reason })
    .where('id', 'in', ids)
    .execute()
}

/** How many students are in a cohort on a day or will be later. */
export async function countFrom(db: Db, cohortId: number, day: string): Promise<number> {
  const stays = await listStays(db, cohortId)
  const from = stays.filter(({ untilDay }) => untilDay === null || untilDay >= day)
  return new Set(from.map(({ studentId }) => studentId)).size
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

/** As a class list has it, whatever the database makes of É. */
function byName(one: Row<'students'>, other: Row<'students'>): number {
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
