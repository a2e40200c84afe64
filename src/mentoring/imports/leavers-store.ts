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
