import type { Db, NewRow, Row } from '../../store/schema.js'
import type { insertSession } from './store.js'

/** Holds a session until the transaction ends, before the audit: who comes second reads what the first has written. */
export async function lockSession(db: Db, id: number): Promise<void> {
  await db
    .updateTable('mentoring_sessions')
    .set((of) => ({ topic: of.ref('topic') }))
    .where('id', '=', id)
    .execute()
}

/** @returns false if it was confirmed or corrected first; nothing is then changed */
export async function deleteSession(
  db: Db,
  { id, public_id }: Pick<Row<'mentoring_sessions'>, 'id' | 'public_id'>,
): Promise<boolean> {
  const free = await db
    .updateTable('mentoring_sessions')
    .set((of) => ({ topic: of.ref('topic') }))
    .where('id', '=', id)
    .where('confirmed_at', 'is', null)
    .where('version', '=', 1)
    .executeTakeFirst()
  if (free.numUpdatedRows !== 1n) return false
  await db.deleteFrom('answer_links').where('session_id', '=', id).execute()
  await db.deleteFrom('session_mentors').where('session_id', '=', id).execute()
  await db.deleteFrom('session_students').where('session_id', '=', id).execute()
  await db
    .deleteFrom('past_contests')
    .where('kind', '=', 'session')
    .where('fact_id', '=', id)
    .execute()
  await db
    .deleteFrom('kept_warnings')
    .where('subject_kind', '=', 'session')
    .where('subject_id', '=', public_id)
    .execute()
  await db.deleteFrom('mentoring_sessions').where('id', '=', id).execute()
  return true
}

/**
 * Writes the next version of a session. Nobody has confirmed or disputed it yet; whether a student still contests it,
 * the act decides.
 *
 * @returns false if `session.version` is not the last one; nothing is then changed
 */
export async function reviseSession(
  db: Db,
  session: Pick<Row<'mentoring_sessions'>, 'id' | 'version'>,
  row: Omit<NewRow<'mentoring_sessions'>, 'public_id'>,
  people: Parameters<typeof insertSession>[2],
): Promise<boolean> {
  const { id, version } = session
  const nobody = { confirmed_by_id: null, confirmed_function: null, confirmed_at: null }
  const undisputed = { disputed_by_id: null, disputed_at: null, dispute_reason: null }
  const result = await db
    .updateTable('mentoring_sessions')
    .set({ ...row, ...nobody, ...undisputed, version: version + 1 })
    .where('id', '=', id)
    .where('version', '=', version)
    .executeTakeFirst()
  if (result.numUpdatedRows !== 1n) return false
  await db.deleteFrom('session_mentors').where('session_id', '=', id).execute()
  await db
    .insertInto('session_mentors')
    .values(people.mentorIds.map((person_id) => ({ session_id: id, person_id })))
    .execute()
  await db
    .deleteFrom('session_students')
    .where('session_id', '=', id)
    .where('student_id', 'not in', [...people.studentIds])
    .execute()
  await db
    .insertInto('session_students')
    .values(people.studentIds.map((student_id) => ({ session_id: id, student_id })))
    .onConflict((conflict) => conflict.columns(['session_id', 'student_id']).doNothing())
    .execute()
  return true
}
