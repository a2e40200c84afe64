import type { NotNull } from 'kysely'
import type { Db } from '../../store/schema.js'
import { studentDays, wasAtSchool, wasInCohort } from '../students/conditions.js'
import type { Closed } from './month.js'

/** A session of a cohort as a calendar shows it: no student is named. */
export type CalendarSession = Readonly<{
  publicId: string
  kind: string
  format: string
  day: string
  minutes: number
  topic: string
  organisationId: string
  organisationName: string
  version: number
  recordedAt: string
  confirmedAt: string | null
  students: number
  contested: number
}>

/** What of a cohort is read: `schoolIds` leaves out what no student of these schools was at; undefined, nothing. */
export type Share = Readonly<{ cohortId: number; schoolIds: readonly number[] | undefined }>

/** The sessions of a cohort in a period, by day. */
export async function listSessionsIn(
  db: Db,
  share: Share,
  { fromDay, untilDay }: Closed,
): Promise<CalendarSession[]> {
  const rows = await sessions(db, share)
    .where('fact.day', '>=', fromDay)
    .where('fact.day', '<=', untilDay)
    .orderBy('fact.day')
    .orderBy('fact.public_id')
    .execute()
  return rows.map(toSession)
}

/**
 * The next sessions of a cohort in a period, by day, at most `limit`.
 *
 * @param after the last one that was read before
 */
export async function listSessionsAfter(
  db: Db,
  share: Share,
  { fromDay, untilDay }: Closed,
  page: Readonly<{ after: Pick<CalendarSession, 'day' | 'publicId'> | undefined; limit: number }>,
): Promise<CalendarSession[]> {
  const { after } = page
  let query = sessions(db, share).where('fact.day', '>=', fromDay).where('fact.day', '<=', untilDay)
  if (after) {
    query = query.where((of) =>
      of.or([
        of('fact.day', '>', after.day),
        of.and([of('fact.day', '=', after.day), of('fact.public_id', '>', after.publicId)]),
      ]),
    )
  }
  const rows = await query.orderBy('fact.day').orderBy('fact.public_id').limit(page.limit).execute()
  return rows.map(toSession)
}

const SEEN = studentDays('seen.student_id', 'fact.day')
const PLACED = studentDays('fact.student_id', 'fact.from_day', 'fact.until_day')

function sessions(db: Db, { cohortId, schoolIds }: Share) {
  return db
    .selectFrom('mentoring_sessions as fact')
    .innerJoin('session_students as presence', 'presence.session_id', 'fact.id')
    .innerJoin('organisations', 'organisations.id', 'fact.company_id')
    .select((of) => [
      'fact.public_id as publicId',
      'fact.kind',
      'fact.format',
      'fact.day',
      'fact.minutes',
      'fact.topic',
      'organisations.public_id as organisationId',
      'organisations.name as organisationName',
      'fact.version',
      'fact.recorded_at as recordedAt',
      'fact.confirmed_at as confirmedAt',
      of.fn.count('presence.id').as('students'),
      of.fn.count('presence.contested_at').as('contested'),
    ])
    .where('fact.cohort_id', '=', cohortId)
    .$if(schoolIds !== undefined, (query) =>
      query.where((of) =>
        of.exists(
          of
            .selectFrom('session_students as seen')
            .select('seen.id')
            .whereRef('seen.session_id', '=', 'fact.id')
            .where(wasAtSchool(SEEN, schoolIds ?? [])),
        ),
      ),
    )
    .groupBy(['fact.id', 'organisations.id'])
}

type SessionRow = Awaited<ReturnType<ReturnType<typeof sessions>['execute']>>[number]

function toSession(row: SessionRow): CalendarSession {
  return { ...row, students: Number(row.students), contested: Number(row.contested) }
}

/** How many students of a cohort are in one company from one day to another. */
export type CalendarPlacement = Closed &
  Readonly<{
    organisationId: string
    organisationName: string
    students: number
    /** Grows with each placement and each correction. */
    versions: number
    recordedAt: string
  }>

/**
 * The placements that touch a period, of the students who are in a cohort during them and at one of these
 * schools; contested ones are left out.
 */
export async function countPlacementsIn(
  db: Db,
  { cohortId, schoolIds }: Readonly<{ cohortId: number; schoolIds: readonly number[] }>,
  { fromDay, untilDay }: Closed,
): Promise<CalendarPlacement[]> {
  const rows = await db
    .selectFrom('placements as fact')
    .innerJoin('organisations', 'organisations.id', 'fact.company_id')
    .select((of) => [
      'fact.from_day as fromDay',
      'fact.until_day as untilDay',
      'organisations.public_id as organisationId',
      'organisations.name as organisationName',
      of.fn.count('fact.student_id').distinct().as('students'),
      of.fn.sum('fact.version').as('versions'),
      of.fn.max('fact.recorded_at').as('recordedAt'),
    ])
    .where('fact.from_day', '<=', untilDay)
    .where('fact.until_day', '>=', fromDay)
    .where('fact.contested_at', 'is', null)
    .where(wasInCohort(PLACED, [cohortId]))
    .where(wasAtSchool(PLACED, schoolIds))
    .groupBy(['fact.from_day', 'fact.until_day', 'organisations.id'])
    .$narrowType<{ recordedAt: NotNull }>()
    .orderBy('fact.from_day')
    .orderBy('organisations.id')
    .execute()
  return rows.map((row) => ({
    ...row,
    students: Number(row.students),
    versions: Number(row.versions),
  }))
}

/** The names of everybody who is or was in a cohort. */
export async function listNamesIn(db: Db, cohortId: number): Promise<string[]> {
  const rows = await db
    .selectFrom('students')
    .innerJoin('enrolments', 'enrolments.student_id', 'students.id')
    .select(['students.given_name', 'students.family_name'])
    .where('enrolments.cohort_id', '=', cohortId)
    .execute()
  return rows.flatMap(({ given_name, family_name }) => [given_name, family_name])
}
