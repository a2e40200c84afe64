import type { Db } from '../../store/schema.js'

export type PresentMentor = Readonly<{
  personId: number
  publicId: string
  givenName: string
  familyName: string
}>

/** Who led a session, in the order in which they were named. */
export function mentorsOfSession(db: Db, sessionId: number): Promise<PresentMentor[]> {
  return db
    .selectFrom('session_mentors as led')
    .innerJoin('persons', 'persons.id', 'led.person_id')
    .select([
      'persons.id as personId',
      'persons.public_id as publicId',
      'persons.given_name as givenName',
      'persons.family_name as familyName',
    ])
    .where('led.session_id', '=', sessionId)
    .orderBy('led.id')
    .execute()
}

/** Somebody who was at a session. */
export type Present = Readonly<{
  id: number
  publicId: string
  /** Of today. */
  schoolId: number
  givenName: string
  familyName: string
  contestedAt: string | null
}>

/** Who was at a session, by name. */
export function listPresent(db: Db, sessionId: number): Promise<Present[]> {
  return db
    .selectFrom('session_students as presence')
    .innerJoin('students', 'students.id', 'presence.student_id')
    .select([
      'students.id',
      'students.public_id as publicId',
      'students.school_id as schoolId',
      'students.given_name as givenName',
      'students.family_name as familyName',
      'presence.contested_at as contestedAt',
    ])
    .where('presence.session_id', '=', sessionId)
    .orderBy('students.family_name')
    .orderBy('students.given_name')
    .execute()
}

/** The schools of whoever was at a session, as their schoolings of its day tell. */
export async function schoolsAtSession(db: Db, sessionId: number): Promise<number[]> {
  const rows = await db
    .selectFrom('session_students as presence')
    .innerJoin('mentoring_sessions as fact', 'fact.id', 'presence.session_id')
    .innerJoin('schoolings', 'schoolings.student_id', 'presence.student_id')
    .select('schoolings.school_id')
    .distinct()
    .where('presence.session_id', '=', sessionId)
    .whereRef('schoolings.from_day', '<=', 'fact.day')
    .where((or) =>
      or.or([
        or('schoolings.until_day', 'is', null),
        or('schoolings.until_day', '>=', or.ref('fact.day')),
      ]),
    )
    .execute()
  return rows.map(({ school_id }) => school_id)
}

/** The school of each of some students on a day, as their schooling tells it. */
export async function schoolOfEach(
  db: Db,
  studentIds: readonly number[],
  day: string,
): Promise<Map<number, number>> {
  if (studentIds.length === 0) return new Map()
  const rows = await db
    .selectFrom('schoolings')
    .select(['student_id', 'school_id'])
    .where('student_id', 'in', [...studentIds])
    .where('from_day', '<=', day)
    .where((or) => or.or([or('until_day', 'is', null), or('until_day', '>=', day)]))
    .orderBy('from_day')
    .execute()
  return new Map(rows.map(({ student_id, school_id }) => [student_id, school_id]))
}
