import type { NotNull } from 'kysely'
import type { Db, NewRow, Row } from '../../store/schema.js'
import { schoolsOf } from '../cohorts/store.js'
import { mentorsOfSession } from './presence-store.js'

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

/** A session, who runs its cohort, and the schools that the cohort had on its day. */
export type FoundSession = Row<'mentoring_sessions'> &
  Readonly<{ ownerId: number; schoolIds: readonly number[] }>

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
    .select('cohorts.owner_id as ownerId')
    .$narrowType<{ ownerId: NotNull }>()
}

async function withSchools(
  db: Db,
  row: Omit<FoundSession, 'schoolIds'> | undefined,
): Promise<FoundSession | undefined> {
  return row && { ...row, schoolIds: await schoolsOf(db, row.cohort_id, row.day) }
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

export function listPlacements(db: Db, studentId: number): Promise<Row<'placements'>[]> {
  return db
    .selectFrom('placements')
    .selectAll()
    .where('student_id', '=', studentId)
    .orderBy('from_day')
    .execute()
}

/** @returns false if somebody confirmed it first, or a mentor disputes it; nothing is then changed */
export async function saveSessionConfirmation(
  db: Db,
  id: number,
  { by, role, at }: Confirmation,
): Promise<boolean> {
  const result = await db
    .updateTable('mentoring_sessions')
    .set({ confirmed_by_id: by, confirmed_function: role, confirmed_at: at })
    .where('id', '=', id)
    .where('confirmed_at', 'is', null)
    .where('disputed_at', 'is', null)
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

/** @returns false if it was confirmed or disputed before; nothing is then changed */
export async function saveDispute(
  db: Db,
  id: number,
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
    .where('confirmed_at', 'is', null)
    .where('disputed_at', 'is', null)
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

/** @returns false if somebody confirmed it first; nothing is then changed */
export async function saveConfirmation(
  db: Db,
  table: 'mentoring_sessions' | 'placements',
  id: number,
  { by, role, at }: Confirmation,
): Promise<boolean> {
  const result = await db
    .updateTable(table)
    .set({ confirmed_by_id: by, confirmed_function: role, confirmed_at: at })
    .where('id', '=', id)
    .where('confirmed_at', 'is', null)
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

/** @returns false if the student was not at the session, or has contested it already */
export async function saveSessionContest(
  db: Db,
  of: Readonly<{ sessionId: number; studentId: number }>,
  contest: Readonly<{ at: string; reason: string }>,
): Promise<boolean> {
  const result = await db
    .updateTable('session_students')
    .set({ contested_at: contest.at, contest_reason: contest.reason })
    .where('session_id', '=', of.sessionId)
    .where('student_id', '=', of.studentId)
    .where('contested_at', 'is', null)
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

/** @returns false if it is not this student's, or was contested already */
export async function savePlacementContest(
  db: Db,
  of: Readonly<{ placementId: number; studentId: number }>,
  contest: Readonly<{ at: string; reason: string }>,
): Promise<boolean> {
  const result = await db
    .updateTable('placements')
    .set({ contested_at: contest.at, contest_reason: contest.reason })
    .where('id', '=', of.placementId)
    .where('student_id', '=', of.studentId)
    .where('contested_at', 'is', null)
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

export type LastSession = Readonly<{
  kind: string
  minutes: number
  topic: string
  place: string
  schoolAdultPresent: boolean
  mentorIds: readonly string[]
  companyId: string
}>

/** The session of a cohort that took place last, with its mentors. */
export async function findLastSession(db: Db, cohortId: number): Promise<LastSession | undefined> {
  const last = await saidOfSessions(db)
    .where('fact.cohort_id', '=', cohortId)
    .orderBy('fact.day', 'desc')
    .orderBy('fact.id', 'desc')
    .executeTakeFirst()
  return last && withMentors(db, last)
}

/** What was said of a session, to be corrected. */
export async function getSaidOf(db: Db, sessionId: number): Promise<LastSession> {
  const said = await saidOfSessions(db).where('fact.id', '=', sessionId).executeTakeFirstOrThrow()
  return withMentors(db, said)
}

function saidOfSessions(db: Db) {
  return db
    .selectFrom('mentoring_sessions as fact')
    .innerJoin('organisations', 'organisations.id', 'fact.company_id')
    .select(['fact.id', 'fact.kind', 'fact.minutes', 'fact.topic', 'fact.place'])
    .select(['fact.accompanied_by', 'organisations.public_id as companyId'])
}

type SaidRow = NonNullable<
  Awaited<ReturnType<ReturnType<typeof saidOfSessions>['executeTakeFirst']>>
>

async function withMentors(
  db: Db,
  { id, accompanied_by, ...session }: SaidRow,
): Promise<LastSession> {
  const mentorIds = (await mentorsOfSession(db, id)).map(({ publicId }) => publicId)
  return { ...session, schoolAdultPresent: accompanied_by !== null, mentorIds }
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
    .deleteFrom('kept_warnings')
    .where('subject_kind', '=', 'session')
    .where('subject_id', '=', public_id)
    .execute()
  await db.deleteFrom('mentoring_sessions').where('id', '=', id).execute()
  return true
}

export type PersonAt = Readonly<{ publicId: string; name: string }>

/** Whose mentors a session had, who they were, and which students were there. */
export async function peopleOfSession(
  db: Db,
  id: number,
): Promise<
  Readonly<{
    organisation: string
    mentors: PersonAt[]
    students: (PersonAt & { contested: boolean })[]
  }>
> {
  const { name: organisation } = await db
    .selectFrom('mentoring_sessions as fact')
    .innerJoin('organisations', 'organisations.id', 'fact.company_id')
    .select('organisations.name')
    .where('fact.id', '=', id)
    .executeTakeFirstOrThrow()
  const mentors = await db
    .selectFrom('session_mentors as mentor')
    .innerJoin('persons', 'persons.id', 'mentor.person_id')
    .select(['persons.public_id', 'persons.given_name', 'persons.family_name'])
    .where('mentor.session_id', '=', id)
    .orderBy('mentor.id')
    .execute()
  const students = await db
    .selectFrom('session_students as presence')
    .innerJoin('students', 'students.id', 'presence.student_id')
    .select(['students.public_id', 'students.given_name', 'students.family_name'])
    .select('presence.contested_at')
    .where('presence.session_id', '=', id)
    .orderBy('students.family_name')
    .orderBy('students.given_name')
    .execute()
  return {
    organisation,
    mentors: mentors.map(toPersonAt),
    students: students.map((row) => ({ ...toPersonAt(row), contested: row.contested_at !== null })),
  }
}

function toPersonAt(row: { public_id: string; given_name: string; family_name: string }): PersonAt {
  return { publicId: row.public_id, name: `${row.given_name} ${row.family_name}` }
}

/**
 * Writes the next version of a session. Nobody has confirmed or disputed it yet; a student who contested it has
 * still done so.
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
