import type { Context } from '../../context.js'
import type { Row } from '../../store/schema.js'
import { getStudent, listStudents } from './store.js'

/** What must never stand in a badge: the student's names and birth date, in the spellings that people use. */
export async function personalDataOf(ctx: Context, studentId: number): Promise<string[]> {
  return spellingsOf(ctx, await getStudent(ctx.db, studentId))
}

/** The same of many students, by student. */
export async function personalDataOfAll(
  ctx: Context,
  studentIds: readonly number[],
): Promise<ReadonlyMap<number, string[]>> {
  const students = await listStudents(ctx.db, studentIds)
  return new Map(students.map((student) => [student.id, spellingsOf(ctx, student)]))
}

function spellingsOf(
  ctx: Context,
  student: Pick<Row<'students'>, 'given_name' | 'family_name' | 'birth_date_sealed'>,
): string[] {
  const born = ctx.vault.open(student.birth_date_sealed)
  const [year = '', month = '', day = ''] = born.split('-')
  return [student.given_name, student.family_name, born, `${day}/${month}/${year}`]
}
