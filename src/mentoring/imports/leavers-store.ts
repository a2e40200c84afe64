import type { NotNull } from 'kysely'
import type { Db } from '../../store/schema.js'
import { batches } from './store.js'

/** An open schooling at a school. */
export type OpenStay = Readonly<{
  studentId: number
  publicId: string
  name: string
  schoolingId: number
  division: string
  fromDay: string
}>

/** Of some students, those who are on a school's books without an end. */
export async function listOpenStays(
  db: Db,
  schoolId: number,
  publicIds: readonly string[],
): Promise<OpenStay[]> {
  const found: OpenStay[] = []
  for (const some of batches(publicIds)) {
    const rows = await db
      .selectFrom('schoolings')
      .innerJoin('students', 'students.id', 'schoolings.student_id')
      .select([
        'students.id as studentId',
        'students.public_id as publicId',
        'students.given_name',
        'students.family_name',
        'schoolings.id as schoolingId',
        'schoolings.division',
        'schoolings.from_day as fromDay',
      ])
      .where('schoolings.school_id', '=', schoolId)
      .where('schoolings.until_day', 'is', null)
      .where('students.public_id', 'in', some)
      .orderBy('schoolings.id')
      .execute()
    found.push(
      ...rows.map(({ given_name, family_name, ...row }) => ({
        ...row,
        name: `${given_name} ${family_name}`,
      })),
    )
  }
  return found
}

/** A time without an end in a group of another scheme than P-TECH. */
export type OpenGroup = Readonly<{
  studentId: number
  cohortId: number
  cohortPublicId: string
  scheme: string
  name: string
  ownerId: number
}>

export async function listOpenGroups(db: Db, studentIds: readonly number[]): Promise<OpenGroup[]> {
  const found: OpenGroup[] = []
  for (const some of batches(studentIds)) {
    const rows = await db
      .selectFrom('enrolments')
      .innerJoin('cohorts', 'cohorts.id', 'enrolments.cohort_id')
      .select([
        'enrolments.student_id as studentId',
        'cohorts.id as cohortId',
        'cohorts.public_id as cohortPublicId',
        'cohorts.scheme',
        'cohorts.name',
        'cohorts.owner_id as ownerId',
      ])
      .where('enrolments.student_id', 'in', some)
      .where('enrolments.until_day', 'is', null)
      .where('cohorts.class_id', 'is', null)
      .orderBy('enrolments.id')
      .$narrowType<{ ownerId: NotNull }>()
      .execute()
    found.push(...rows.map((row) => ({ ...row, name: row.name ?? '' })))
  }
  return found
}
