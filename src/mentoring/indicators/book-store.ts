import type { Db } from '../../store/schema.js'
import type { Period } from '../days.js'
import { isLevel } from '../levels.js'
import type { Schooling } from '../schemes/scheme.js'

export type BookStay = Period & Readonly<{ studentId: number; exitReason: string | null }>

export type BookStudent = Readonly<{
  id: number
  sex: string | null
  schoolId: number
  schoolings: readonly (Schooling & { schoolId: number })[]
  /** In any cohort of the scheme. */
  schemeStays: readonly Period[]
}>

export type BookSession = Readonly<{
  kind: string
  format: string
  /** 'SCHOOL' | 'COMPANY' | 'ONLINE' | 'ELSEWHERE' */
  place: string
  day: string
  minutes: number
  confirmed: boolean
  mentors: readonly { id: number; sex: string | null }[]
  /** Those who do not contest it. */
  studentIds: readonly number[]
}>

/** All that figures of a cohort are counted from. */
export type CohortBook = Readonly<{
  cohort: Readonly<{ id: number; scheme: string; ownerId: number | null }>
  stays: readonly BookStay[]
  students: readonly BookStudent[]
  sessions: readonly BookSession[]
  /** That began in the time read, are done, and are not contested. */
  placements: readonly { studentId: number; fromDay: string; days: number }[]
}>

/** @param fromDay sessions and placements before it are left out */
export async function readBook(
  db: Db,
  cohortId: number,
  fromDay: string,
): Promise<CohortBook | undefined> {
  const cohort = await db
    .selectFrom('cohorts')
    .select(['id', 'scheme', 'owner_id as ownerId'])
    .where('id', '=', cohortId)
    .executeTakeFirst()
  if (!cohort) return undefined
  const stays = await db
    .selectFrom('enrolments')
    .select([
      'student_id as studentId',
      'from_day as fromDay',
      'until_day as untilDay',
      'exit_reason as exitReason',
    ])
    .where('cohort_id', '=', cohortId)
    .orderBy('id')
    .execute()
  const ids = [...new Set(stays.map(({ studentId }) => studentId))]
  if (ids.length === 0) return { cohort, stays, students: [], sessions: [], placements: [] }
  return {
    cohort,
    stays,
    students: await readStudents(db, ids, cohort.scheme),
    sessions: await readSessions(db, cohortId, fromDay),
    placements: await readPlacements(db, ids, fromDay),
  }
}

async function readStudents(
  db: Db,
  ids: readonly number[],
  scheme: string,
): Promise<BookStudent[]> {
  const students = await db
    .selectFrom('students')
    .select(['id', 'sex', 'school_id as schoolId'])
    .where('id', 'in', ids)
    .orderBy('id')
    .execute()
  const schoolings = await db
    .selectFrom('schoolings')
    .select([
      'student_id as studentId',
      'school_id as schoolId',
      'level',
      'from_day as fromDay',
      'until_day as untilDay',
    ])
    .where('student_id', 'in', ids)
    .orderBy('from_day')
    .execute()
  const schemeStays = await db
    .selectFrom('enrolments')
    .innerJoin('cohorts', 'cohorts.id', 'enrolments.cohort_id')
    .select(['student_id as studentId', 'from_day as fromDay', 'until_day as untilDay'])
    .where('student_id', 'in', ids)
    .where('cohorts.scheme', '=', scheme)
    .execute()
  const schoolingsOf = Map.groupBy(schoolings, ({ studentId }) => studentId)
  const staysOf = Map.groupBy(schemeStays, ({ studentId }) => studentId)
  return students.map((student) => ({
    ...student,
    schoolings: (schoolingsOf.get(student.id) ?? []).flatMap(({ level, ...one }) =>
      isLevel(level) ? [{ ...one, level }] : [],
    ),
    schemeStays: staysOf.get(student.id) ?? [],
  }))
}

async function readSessions(db: Db, cohortId: number, fromDay: string): Promise<BookSession[]> {
  const ofCohort = db
    .selectFrom('mentoring_sessions as fact')
    .where('fact.cohort_id', '=', cohortId)
    .where('fact.day', '>=', fromDay)
    // Its mentor says that it did not take place.
    .where('fact.disputed_at', 'is', null)
  const sessions = await ofCohort
    .select(['fact.id', 'fact.kind', 'fact.format', 'fact.place', 'fact.day', 'fact.minutes'])
    .select('fact.confirmed_at as confirmedAt')
    .orderBy('fact.id')
    .execute()
  const presences = await ofCohort
    .innerJoin('session_students as presence', 'presence.session_id', 'fact.id')
    .select(['fact.id', 'presence.student_id as studentId'])
    .where('presence.contested_at', 'is', null)
    .orderBy('presence.student_id')
    .execute()
  const mentors = await ofCohort
    .innerJoin('session_mentors', 'session_mentors.session_id', 'fact.id')
    .leftJoin('mentors', (join) =>
      join
        .onRef('mentors.person_id', '=', 'session_mentors.person_id')
        .onRef('mentors.organisation_id', '=', 'fact.company_id'),
    )
    .select(['fact.id', 'session_mentors.person_id as personId', 'mentors.sex'])
    .execute()
  const presencesOf = Map.groupBy(presences, ({ id }) => id)
  const mentorsOf = Map.groupBy(mentors, ({ id }) => id)
  return sessions.map(({ id, confirmedAt, ...session }) => ({
    ...session,
    confirmed: confirmedAt !== null,
    studentIds: (presencesOf.get(id) ?? []).map(({ studentId }) => studentId),
    mentors: (mentorsOf.get(id) ?? []).map(({ personId, sex }) => ({ id: personId, sex })),
  }))
}

async function readPlacements(
  db: Db,
  studentIds: readonly number[],
  fromDay: string,
): Promise<CohortBook['placements']> {
  const rows = await db
    .selectFrom('placements')
    .select(['student_id as studentId', 'from_day as fromDay', 'days_done as days'])
    .where('student_id', 'in', studentIds)
    .where('from_day', '>=', fromDay)
    .where('contested_at', 'is', null)
    .where('days_done', 'is not', null)
    .execute()
  return rows.map((row) => ({ ...row, days: row.days ?? 0 }))
}
