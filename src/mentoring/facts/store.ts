import type { NotNull } from 'kysely'
import type { Db, NewRow, Row } from '../../store/schema.js'
import { schoolsOf } from '../cohorts/store.js'
import { schoolsAtSession } from './presence-store.js'

export type Confirmation = Readonly<{ by: number; role: string; at: string }>

type SessionSaid = Pick<
  NewRow<'mentoring_sessions'>,
  'cohort_id' | 'company_id' | 'kind' | 'format' | 'day' | 'minutes' | 'topic'
>

/** Whether a session is there already, the same in all that is said of it and in who was there. */
export async function hasSession(
  db: Db,
  { cohort_id, company_id, kind, format, day, minutes, topic }: SessionSaid,
  studentIds: readonly number[],
): Promise<boolean> {
  const present = await db
    .selectFrom('mentoring_sessions as fact')
    .innerJoin('session_students as presence', 'presence.session_id', 'fact.id')
    .select(['fact.id', 'presence.student_id as studentId'])
    .where('fact.cohort_id', '=', cohort_id)
    .where('fact.company_id', '=', company_id)
    .where('fact.kind', '=', kind)
    .where('fact.format', '=', format)
    .where('fact.day', '=', day)
    .where('fact.minutes', '=', minutes)
    .where('fact.topic', '=', topic)
    .execute()
  const wanted = new Set(studentIds)
  return [...Map.groupBy(present, ({ id }) => id).values()].some(
    (ofOne) =>
      ofOne.length === wanted.size && ofOne.every(({ studentId }) => wanted.has(studentId)),
  )
}

/** Adds a session with its mentors and its students. */
export async function insertSession(
  db: Db,
  row: NewRow<'mentoring_sessions'>,
  people: Readonly<{ mentorIds: readonly number[]; studentIds: readonly number[] }>,
): Promise<void> {
  const { id } = await db
    .insertInto('mentoring_sessions')
    .values(row)
    .returning('id')
    .executeTakeFirstOrThrow()
  await db
    .insertInto('session_mentors')
    .values(people.mentorIds.map((person_id) => ({ session_id: id, person_id })))
    .execute()
  await db
    .insertInto('session_students')
    .values(people.studentIds.map((student_id) => ({ session_id: id, student_id })))
    .execute()
}

/**
 * A session, who runs its cohort, and the schools that the cohort had on its day: those of a class are one
 * class, of another group each sees its own students, and only those that had some there are told of it.
 */
export type FoundSession = Row<'mentoring_sessions'> &
  Readonly<{ ownerId: number; classId: number | null; schoolIds: readonly number[] }>

export async function findSession(db: Db, publicId: string): Promise<FoundSession | undefined> {
  return withSchools(
    db,
    await sessions(db).where('mentoring_sessions.public_id', '=', publicId).executeTakeFirst(),
  )
}

export async function findSessionById(db: Db, id: number): Promise<FoundSession | undefined> {
  return withSchools(
    db,
    await sessions(db).where('mentoring_sessions.id', '=', id).executeTakeFirst(),
  )
}

function sessions(db: Db) {
  return db
    .selectFrom('mentoring_sessions')
    .innerJoin('cohorts', 'cohorts.id', 'mentoring_sessions.cohort_id')
    .selectAll('mentoring_sessions')
    .select(['cohorts.owner_id as ownerId', 'cohorts.class_id as classId'])
    .$narrowType<{ ownerId: NotNull }>()
}

async function withSchools(
  db: Db,
  row: Omit<FoundSession, 'schoolIds'> | undefined,
): Promise<FoundSession | undefined> {
  if (!row) return undefined
  const schoolIds = await schoolsOf(db, row.cohort_id, row.day)
  if (row.classId !== null) return { ...row, schoolIds }
  const present = new Set(await schoolsAtSession(db, row.id))
  return { ...row, schoolIds: schoolIds.filter((id) => present.has(id)) }
}

export async function insertPlacement(db: Db, row: NewRow<'placements'>): Promise<void> {
  await db.insertInto('placements').values(row).execute()
}

/** A placement, and the school of its student. */
export function findPlacement(
  db: Db,
  publicId: string,
): Promise<(Row<'placements'> & { schoolId: number }) | undefined> {
  return db
    .selectFrom('placements')
    .innerJoin('students', 'students.id', 'placements.student_id')
    .selectAll('placements')
    .select('students.school_id as schoolId')
    .where('placements.public_id', '=', publicId)
    .executeTakeFirst()
}

/** @returns false if somebody confirmed or corrected it first, or a mentor disputes it; nothing is then changed */
export async function saveSessionConfirmation(
  db: Db,
  { id, version }: Pick<Row<'mentoring_sessions'>, 'id' | 'version'>,
  { by, role, at }: Confirmation,
): Promise<boolean> {
  const result = await db
    .updateTable('mentoring_sessions')
    .set({ confirmed_by_id: by, confirmed_function: role, confirmed_at: at })
    .where('id', '=', id)
    .where('version', '=', version)
    .where('confirmed_at', 'is', null)
    .where('disputed_at', 'is', null)
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

/** @returns false if it was confirmed, disputed or corrected since it was read; nothing is then changed */
export async function saveDispute(
  db: Db,
  { id, version }: Pick<Row<'mentoring_sessions'>, 'id' | 'version'>,
  dispute: Readonly<{ by: number; at: string; reason: string }>,
): Promise<boolean> {
  const result = await db
    .updateTable('mentoring_sessions')
    .set({
      disputed_by_id: dispute.by,
      disputed_at: dispute.at,
      dispute_reason: dispute.reason,
    })
    .where('id', '=', id)
    .where('version', '=', version)
    .where('confirmed_at', 'is', null)
    .where('disputed_at', 'is', null)
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

/** @returns false if somebody confirmed or recorded it anew since it was read; nothing is then changed */
export async function savePlacementConfirmation(
  db: Db,
  { id, version, recorded_by_id }: Pick<Row<'placements'>, 'id' | 'version' | 'recorded_by_id'>,
  { by, role, at }: Confirmation,
): Promise<boolean> {
  const result = await db
    .updateTable('placements')
    .set({ confirmed_by_id: by, confirmed_function: role, confirmed_at: at })
    .where('id', '=', id)
    .where('version', '=', version)
    .where('recorded_by_id', '=', recorded_by_id)
    .where('confirmed_at', 'is', null)
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

/** The id within of a person that is known outside by a public id. */
export async function findPersonId(db: Db, publicId: string): Promise<number | undefined> {
  const row = await db
    .selectFrom('persons')
    .select('id')
    .where('public_id', '=', publicId)
    .executeTakeFirst()
  return row?.id
}
