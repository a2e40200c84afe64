import type { Context } from '../../context.js'
import { getStudent } from './store.js'

/** What must never stand in a badge: the student's names and birth date, in the spellings that people use. */
export async function personalDataOf(ctx: Context, studentId: number): Promise<string[]> {
  const student = await getStudent(ctx.db, studentId)
  const born = ctx.vault.open(student.birth_date_sealed)
  const [year = '', month = '', day = ''] = born.split('-')
  return [student.given_name, student.family_name, born, `${day}/${month}/${year}`]
}
