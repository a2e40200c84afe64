import type { Db, Row } from '../../store/schema.js'
import type { Period } from '../days.js'
import { byName, listStays } from '../students/store.js'

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

/** A student's time in a group, with no more of the student than who runs it needs. */
export type GroupStay = Period &
  Readonly<{
    studentId: number
    publicId: string
    givenName: string
    familyName: string
    schoolId: number
    schoolName: string
    volunteeredOn: string | null
  }>

/** Every time that the students of a group spent in it, by name. */
export async function listGroupStays(db: Db, cohortId: number): Promise<GroupStay[]> {
  const rows = await db
    .selectFrom('enrolments')
    .innerJoin('students', 'students.id', 'enrolments.student_id')
    .innerJoin('organisations as school', 'school.id', 'students.school_id')
    .select([
      'students.id as studentId',
      'students.public_id as publicId',
      'students.given_name',
      'students.family_name',
      'students.school_id as schoolId',
      'school.name as schoolName',
      'enrolments.from_day as fromDay',
      'enrolments.until_day as untilDay',
      'enrolments.volunteered_on as volunteeredOn',
    ])
    .where('enrolments.cohort_id', '=', cohortId)
    .orderBy('enrolments.id')
    .execute()
  return rows
    .toSorted(byName)
    .map(({ given_name: givenName, family_name: familyName, ...stay }) => {
      return { ...stay, givenName, familyName }
    })
}

/** How many students some cohorts have on a day; those without any are left out. */
export async function countMembers(
  db: Db,
  cohortIds: readonly number[],
  day: string,
): Promise<Map<number, number>> {
  if (cohortIds.length === 0) return new Map()
  const rows = await db
    .selectFrom('enrolments')
    .select(({ fn }) => ['cohort_id', fn.count('student_id').distinct().as('count')])
    .where('cohort_id', 'in', [...cohortIds])
    .where('from_day', '<=', day)
    .where((or) => or.or([or('until_day', 'is', null), or('until_day', '>=', day)]))
    .groupBy('cohort_id')
    .execute()
  return new Map(rows.map(({ cohort_id, count }) => [cohort_id, Number(count)]))
}

export type SchoolStudent = Readonly<{ publicId: string; name: string; division: string }>

/** The students who are at some schools on a day, by name. */
export async function listStudentsAt(
  db: Db,
  schoolIds: readonly number[],
  day: string,
): Promise<SchoolStudent[]> {
  if (schoolIds.length === 0) return []
  const rows = await db
    .selectFrom('students')
    .innerJoin('schoolings', 'schoolings.student_id', 'students.id')
    .select(['students.public_id', 'given_name', 'family_name', 'schoolings.division'])
    .whereRef('schoolings.school_id', '=', 'students.school_id')
    .where('students.school_id', 'in', [...schoolIds])
    .where('from_day', '<=', day)
    .where((or) => or.or([or('until_day', 'is', null), or('until_day', '>=', day)]))
    .orderBy('students.id')
    .execute()
  return rows.toSorted(byName).map(({ public_id, given_name, family_name, division }) => ({
    publicId: public_id,
    name: `${given_name} ${family_name}`,
    division,
  }))
}

/** How many students are in a cohort on a day or will be later. */
export async function countFrom(db: Db, cohortId: number, day: string): Promise<number> {
  const stays = await listStays(db, cohortId)
  const from = stays.filter(({ untilDay }) => untilDay === null || untilDay >= day)
  return new Set(from.map(({ studentId }) => studentId)).size
}
