import { sql, type SqlBool } from 'kysely'
import type { Db } from '../../store/schema.js'
import type { Closed } from '../calendar/month.js'
import { studentDays, wasAtSchool, wasInCohort } from '../students/conditions.js'

/** What an archive is of: a scheme, as these schools may see it, in these cohorts, in a period. */
export type Scope = Readonly<{
  scheme: string
  schoolIds: readonly number[]
  cohortIds: readonly number[]
  period: Closed
}>

/** The rows after an id, by id: a page can be read while others are written, and none comes twice. */
export type After = Readonly<{ id: number; limit: number }>

const SEEN = studentDays('seen.student_id', 'fact.day')
const STAYED = studentDays('enrolments.student_id', 'enrolments.from_day', 'enrolments.until_day')
/** On the last day alone; of an enrolment that goes on, no day. */
const ENDED = {
  ...studentDays('enrolments.student_id', 'enrolments.until_day'),
  untilDay: sql<string>`enrolments.until_day`,
}
const PLACED = studentDays('fact.student_id', 'fact.from_day', 'fact.until_day')

export function listEnrolmentsAfter(db: Db, scope: Scope, after: After) {
  return db
    .selectFrom('enrolments')
    .innerJoin('students', 'students.id', 'enrolments.student_id')
    .innerJoin('cohorts', 'cohorts.id', 'enrolments.cohort_id')
    .select([
      'enrolments.id',
      'cohorts.public_id as cohortId',
      'students.public_id as studentId',
      'enrolments.from_day as fromDay',
      'enrolments.until_day as untilDay',
      'enrolments.exit_reason as exitReason',
      'enrolments.volunteered_on as volunteeredOn',
      isEndKnown(scope).as('isEndKnown'),
    ])
    .where(isEnrolment(scope))
    .where('enrolments.id', '>', after.id)
    .orderBy('enrolments.id')
    .limit(after.limit)
    .execute()
}

export function listStudentsAfter(db: Db, scope: Scope, after: After) {
  return db
    .selectFrom('students')
    .select(['id', 'public_id as publicId', 'given_name as givenName', 'family_name as familyName'])
    .where('id', 'in', (of) =>
      of.selectFrom('enrolments').select('enrolments.student_id').where(isEnrolment(scope)),
    )
    .where('id', '>', after.id)
    .orderBy('id')
    .limit(after.limit)
    .execute()
}

export function listSessionsAfterId(db: Db, scope: Scope, after: After) {
  return db
    .selectFrom('mentoring_sessions as fact')
    .innerJoin('cohorts', 'cohorts.id', 'fact.cohort_id')
    .innerJoin('organisations', 'organisations.id', 'fact.company_id')
    .select([
      'fact.id',
      'fact.public_id as publicId',
      'cohorts.public_id as cohortId',
      'fact.kind',
      'fact.format',
      'fact.day',
      'fact.minutes',
      'fact.topic',
      'fact.place',
      'fact.version',
      'fact.recorded_at as recordedAt',
      'fact.confirmed_at as confirmedAt',
      'fact.confirmed_function as confirmedFunction',
      'organisations.public_id as organisationId',
      'organisations.name as organisationName',
    ])
    .where(isSession(scope))
    .where('fact.id', '>', after.id)
    .orderBy('fact.id')
    .limit(after.limit)
    .execute()
}

/** Who was at some sessions, of the students that the schools see. */
export function listPresencesOf(db: Db, { schoolIds }: Scope, sessionIds: readonly number[]) {
  return db
    .selectFrom('session_students as seen')
    .innerJoin('mentoring_sessions as fact', 'fact.id', 'seen.session_id')
    .innerJoin('students', 'students.id', 'seen.student_id')
    .select([
      'fact.public_id as sessionId',
      'students.public_id as studentId',
      'seen.contested_at as contestedAt',
    ])
    .where('seen.session_id', 'in', [-1, ...sessionIds])
    .where(wasAtSchool(SEEN, schoolIds))
    .orderBy('seen.session_id')
    .orderBy('seen.id')
    .execute()
}

/** The mentors of some sessions, by public id. */
export function listMentorsOfSessions(db: Db, sessionIds: readonly number[]) {
  return db
    .selectFrom('session_mentors')
    .innerJoin('persons', 'persons.id', 'session_mentors.person_id')
    .select(['session_mentors.session_id as sessionId', 'persons.public_id as mentorId'])
    .where('session_mentors.session_id', 'in', [-1, ...sessionIds])
    .orderBy('session_mentors.id')
    .execute()
}

export function listPlacementsAfter(db: Db, scope: Scope, after: After) {
  return db
    .selectFrom('placements as fact')
    .innerJoin('students', 'students.id', 'fact.student_id')
    .innerJoin('organisations', 'organisations.id', 'fact.company_id')
    .select([
      'fact.id',
      'fact.public_id as publicId',
      'students.public_id as studentId',
      'fact.from_day as fromDay',
      'fact.until_day as untilDay',
      'fact.days_done as daysDone',
      'fact.version',
      'fact.confirmed_at as confirmedAt',
      'fact.confirmed_function as confirmedFunction',
      'fact.contested_at as contestedAt',
      'organisations.public_id as organisationId',
      'organisations.name as organisationName',
    ])
    .where(isPlacement(scope))
    .where('fact.id', '>', after.id)
    .orderBy('fact.id')
    .limit(after.limit)
    .execute()
}

/** The rules that warned of some sessions or placements, by public id, and were read. */
export function listWarningsOf(db: Db, kind: 'session' | 'placement', ids: readonly string[]) {
  return db
    .selectFrom('kept_warnings')
    .select(['subject_kind as kind', 'subject_id as subjectId', 'rule', 'at'])
    .where('subject_kind', '=', kind)
    .where('subject_id', 'in', ['', ...ids])
    .orderBy('id')
    .execute()
}

/** The mentors of the sessions: where they mentor, how often, and what was checked; by id, not by name. */
export async function listMentors(db: Db, scope: Scope) {
  const rows = await db
    .selectFrom('session_mentors as led')
    .innerJoin('mentoring_sessions as fact', 'fact.id', 'led.session_id')
    .innerJoin('persons', 'persons.id', 'led.person_id')
    .innerJoin('organisations', 'organisations.id', 'fact.company_id')
    .leftJoin('mentors', (join) =>
      join
        .onRef('mentors.person_id', '=', 'led.person_id')
        .onRef('mentors.organisation_id', '=', 'fact.company_id'),
    )
    .select((of) => [
      'persons.id as personId',
      'persons.public_id as mentorId',
      'organisations.id as organisation',
      'organisations.public_id as organisationId',
      'organisations.name as organisationName',
      'organisations.kind as organisationKind',
      'mentors.vetting',
      'mentors.charter_on as charterOn',
      of.fn.count('led.id').as('sessions'),
    ])
    .where(isSession(scope))
    .groupBy(['persons.id', 'organisations.id', 'mentors.id'])
    .orderBy('persons.id')
    .orderBy('organisations.id')
    .execute()
  return rows.map((row) => ({ ...row, sessions: Number(row.sessions) }))
}

export async function countSessions(db: Db, scope: Scope): Promise<number> {
  const { count } = await db
    .selectFrom('mentoring_sessions as fact')
    .select((of) => of.fn.countAll().as('count'))
    .where(isSession(scope))
    .executeTakeFirstOrThrow()
  return Number(count)
}

/**
 * A condition on `mentoring_sessions as fact`: some student whom the schools see was there. The sum keeps the
 * index of cohorts out: a database that took it would sort all sessions again for each page of them.
 */
export function isSession({ scheme, cohortIds, schoolIds, period }: Scope) {
  return sql<SqlBool>`(fact.scheme = ${scheme}
    and fact.cohort_id + 0 in (${sql.join([-1, ...cohortIds])})
    and fact.day >= ${period.fromDay} and fact.day <= ${period.untilDay}
    and exists (select 1 from session_students as seen where seen.session_id = fact.id
      and ${wasAtSchool(SEEN, schoolIds)}))`
}

/** A condition on `enrolments`: of these cohorts, and the student was at a school of theirs during it. */
function isEnrolment({ cohortIds, schoolIds, period }: Scope) {
  return sql<SqlBool>`(enrolments.cohort_id in (${sql.join([-1, ...cohortIds])})
    and enrolments.from_day <= ${period.untilDay}
    and (enrolments.until_day is null or enrolments.until_day >= ${period.fromDay})
    and ${wasAtSchool(STAYED, schoolIds)})`
}

/** 1 where the schools run the cohort or had the student on the last day: how it ends elsewhere is not theirs to know. */
function isEndKnown({ schoolIds }: Scope) {
  return sql<number>`case when cohorts.owner_id in (${sql.join([-1, ...schoolIds])})
    or ${wasAtSchool(ENDED, schoolIds)} then 1 else 0 end`
}

/** A condition on `placements as fact`: while the student was in these cohorts and at these schools. */
export function isPlacement({ cohortIds, schoolIds, period }: Scope) {
  return sql<SqlBool>`(fact.from_day <= ${period.untilDay} and fact.until_day >= ${period.fromDay}
    and ${wasInCohort(PLACED, cohortIds)} and ${wasAtSchool(PLACED, schoolIds)})`
}
