import type { Context } from '../../context.js'
import type { Row } from '../../store/schema.js'
import { dayInWords } from '../days.js'
import { listBefore } from '../corrections/store.js'
import { listStudents } from './store.js'

/** What somebody may still write as it was before it was corrected. */
const SPELT: readonly string[] = ['givenName', 'familyName', 'birthDate']

/** What must never stand in a badge: the student's names and birth date, in the spellings that people use. */
export async function personalDataOf(ctx: Context, studentId: number): Promise<string[]> {
  return (await personalDataOfAll(ctx, [studentId])).get(studentId) ?? []
}

/** The same of many students, by student. */
export async function personalDataOfAll(
  ctx: Context,
  studentIds: readonly number[],
): Promise<ReadonlyMap<number, string[]>> {
  const students = await listStudents(ctx.db, studentIds)
  const before = Map.groupBy(
    (await listBefore(ctx.db, studentIds)).filter(({ field }) => SPELT.includes(field)),
    ({ student_id }) => student_id,
  )
  return new Map(
    students.map((student) => {
      const former = (before.get(student.id) ?? []).flatMap(({ field, before_sealed }) => {
        const value = ctx.vault.open(before_sealed)
        return field === 'birthDate' ? datesOf(value) : value
      })
      return [student.id, [...spellingsOf(ctx, student), ...former]]
    }),
  )
}

function spellingsOf(
  ctx: Context,
  student: Pick<Row<'students'>, 'given_name' | 'family_name' | 'birth_date_sealed'>,
): string[] {
  const born = datesOf(ctx.vault.open(student.birth_date_sealed))
  return [student.given_name, student.family_name, ...born]
}

/** A day as people write it, in figures and in words. Which signs stand between its parts makes no difference to who looks for it. */
function datesOf(born: string): string[] {
  const [year = '', month = '', day = ''] = born.split('-')
  const said = Object.values(dayInWords(born))
  return [
    born,
    `${day}/${month}/${year}`,
    `${Number(day)}/${Number(month)}/${year}`,
    `${day}${month}${year}`,
    ...said,
    // “04 mars 2008”, and “4 mars 2008” of the first of a month, which is said “1er”.
    ...said.flatMap((one) => {
      const named = one.replace(/^\S+ /, '')
      return [`${day} ${named}`, `${Number(day)} ${named}`]
    }),
  ]
}
