import { moveStudents } from '../../src/mentoring/imports/move-students.js'
import { findStudent } from '../../src/mentoring/students/store.js'
import { OPERATOR } from '../../src/people/operator.js'
import type { Organisation } from '../../src/people/store.js'
import type { World } from '../support/world.js'

/** What the class list of another school does to a student whom it has. */
export async function moveTo(world: World, studentId: string, school: Organisation): Promise<void> {
  const row = await findStudent(world.db, studentId)
  if (!row) throw new Error('There is no such student.')
  const known = { id: row.id, publicId: studentId, schoolId: row.school_id }
  await world.db
    .transaction()
    .execute((trx) => moveStudents(world, trx, [known], { school, actor: OPERATOR }))
}
