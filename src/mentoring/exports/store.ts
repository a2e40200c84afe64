import { sql } from 'kysely'
import type { Db } from '../../store/schema.js'
import type { Closed } from '../calendar/month.js'
import { studentDays, wasAtSchool } from '../students/conditions.js'

/** A cohort whose students, or some of them, are of a school. */
export type ExportCohort = Readonly<{
  id: number
  publicId: string
  scheme: string
  title: string
  entryYear: number | null
}>

/** The cohorts that some schools run or have students in, the newest entry first. */
export async function listExportCohorts(
  db: Db,
  schoolIds: readonly number[],
): Promise<ExportCohort[]> {
  const rows = await db
    .selectFrom('cohorts')
    .leftJoin('ptech_classes', 'ptech_classes.id', 'cohorts.class_id')
    .select([
      'cohorts.id',
      'cohorts.public_id as publicId',
      'cohorts.scheme',
      'cohorts.name',
      'ptech_classes.name as className',
      'cohorts.entry_year as entryYear',
    ])
    .where(isOfSchools(schoolIds))
    .orderBy((of) => of.fn.coalesce('cohorts.entry_year', of.val(0)), 'desc')
    .orderBy('cohorts.id')
    .execute()
  return rows.map(({ name, className, ...row }) => ({ ...row, title: name ?? className ?? '' }))
}

/** A condition on `cohorts`: one of the schools runs it, or has or had students in it. */
export function isOfSchools(schoolIds: readonly number[]) {
  const ids = sql.join([-1, ...schoolIds])
  return sql<boolean>`(cohorts.owner_id in (${ids}) or exists (select 1 from cohort_schools
    where cohort_schools.cohort_id = cohorts.id and cohort_schools.school_id in (${ids})))`
}

/** The students who are in a cohort on a day, and at one of these schools then. */
export function listExportStudents(
  db: Db,
  { cohortId, schoolIds, day }: { cohortId: number; schoolIds: readonly number[]; day: string },
) {
  const onDay = { ...studentDays('students.id', 'enrolments.from_day'), ...fixed(day) }
  return db
    .selectFrom('students')
    .innerJoin('enrolments', 'enrolments.student_id', 'students.id')
    .select([
      'students.id',
      'students.given_name as givenName',
      'students.family_name as familyName',
    ])
    .distinct()
    .where('enrolments.cohort_id', '=', cohortId)
    .where('enrolments.from_day', '<=', day)
    .where((or) =>
      or.or([or('enrolments.until_day', 'is', null), or('enrolments.until_day', '>=', day)]),
    )
    .where(wasAtSchool(onDay, schoolIds))
    .orderBy('students.id')
    .execute()
}

/** One day, given. */
function fixed(day: string) {
  return { fromDay: sql<string>`${day}`, untilDay: sql<string>`${day}` }
}

const SEEN = studentDays('presence.student_id', 'fact.day')

/** The sessions of a period at which students of these schools were, and how many of them. */
export async function listExportSessions(
  db: Db,
  schoolIds: readonly number[],
  { fromDay, untilDay }: Closed,
) {
  const rows = await db
    .selectFrom('mentoring_sessions as fact')
    .innerJoin('session_students as presence', 'presence.session_id', 'fact.id')
    .innerJoin('organisations', 'organisations.id', 'fact.company_id')
    .select((of) => [
      'fact.public_id as publicId',
      'fact.cohort_id as cohortId',
      'fact.scheme',
      'fact.kind',
      'fact.format',
      'fact.day',
      'fact.minutes',
      'fact.topic',
      'fact.version',
      'fact.confirmed_at as confirmedAt',
      'fact.confirmed_function as confirmedFunction',
      'organisations.name as organisationName',
      of.fn.count('presence.id').as('students'),
      of.fn.count('presence.contested_at').as('contested'),
    ])
    .where('fact.day', '>=', fromDay)
    .where('fact.day', '<=', untilDay)
    .where(wasAtSchool(SEEN, schoolIds))
    .groupBy(['fact.id', 'organisations.id'])
    .orderBy('fact.day')
    .orderBy('fact.id')
    .execute()
  return rows.map((row) => ({
    ...row,
    students: Number(row.students),
    contested: Number(row.contested),
  }))
}

const PLACED = studentDays('fact.student_id', 'fact.from_day', 'fact.until_day')

/** The placements that touch a period, of students who were at one of these schools during them. */
export function listExportPlacements(
  db: Db,
  schoolIds: readonly number[],
  { fromDay, untilDay }: Closed,
) {
  return db
    .selectFrom('placements as fact')
    .innerJoin('students', 'students.id', 'fact.student_id')
    .innerJoin('organisations', 'organisations.id', 'fact.company_id')
    .select([
      'fact.student_id as studentId',
      'fact.from_day as fromDay',
      'fact.until_day as untilDay',
      'fact.days_done as daysDone',
      'fact.version',
      'fact.confirmed_at as confirmedAt',
      'fact.confirmed_function as confirmedFunction',
      'fact.contested_at as contestedAt',
      'students.given_name as givenName',
      'students.family_name as familyName',
      'organisations.name as organisationName',
    ])
    .where('fact.from_day', '<=', untilDay)
    .where('fact.until_day', '>=', fromDay)
    .where(wasAtSchool(PLACED, schoolIds))
    .orderBy('fact.from_day')
    .orderBy('fact.id')
    .execute()
}
