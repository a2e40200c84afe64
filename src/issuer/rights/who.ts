import type { Context } from '../../context.js'
import { listRecordsOf } from '../../mentoring/students/store.js'
import { findPerson, listAssignments } from '../../people/store.js'
import { today } from '../../people/days.js'
import type { Db, Row } from '../../store/schema.js'
import type { Of } from './tables.data.js'

/** No row has it. */
const NOBODY = -1

/** Whose rows are those of a student, their account included where nothing else needs it. */
export async function whoIs(ctx: Context, db: Db, student: Row<'students'>): Promise<Of<number>> {
  const person = student.person_id === null ? undefined : await findPerson(db, student.person_id)
  if (!person) return { studentId: student.id, personId: NOBODY, accountId: NOBODY, emailHash: '' }
  const records = await listRecordsOf(db, person.id)
  const roles = await listAssignments(db, person.id, today(ctx))
  const isStudentOnly =
    records.every(({ id }) => id === student.id) && roles.every(({ role }) => role === 'student')
  return {
    studentId: student.id,
    personId: person.id,
    accountId: isStudentOnly ? person.id : NOBODY,
    emailHash: person.email === null ? '' : ctx.vault.fingerprint(person.email),
  }
}
