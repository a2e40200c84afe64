import type { NotNull } from 'kysely'
import type { Db } from '../../store/schema.js'
import { titleOf } from './followed-store.js'

/** How many facts of a cohort wait, and since which instant the first of them does. */
export type Waiting = Readonly<{
  cohortPublicId: string
  scheme: string
  title: string
  count: number
  since: string
}>

/** Sessions, of schools or of companies, that were recorded before an instant and that nobody has confirmed. */
export async function listLongUnconfirmed(
  db: Db,
  organisationIds: readonly number[],
  before: string,
): Promise<Waiting[]> {
  if (organisationIds.length === 0) return []
  const ids = [...organisationIds]
  const rows = await db
    .selectFrom('mentoring_sessions as fact')
    .innerJoin('cohorts', 'cohorts.id', 'fact.cohort_id')
    .leftJoin('ptech_classes', 'ptech_classes.id', 'cohorts.class_id')
    .select((of) => [
      'cohorts.public_id as cohortPublicId',
      'cohorts.scheme',
      'cohorts.name',
      'cohorts.entry_year as entryYear',
      'ptech_classes.name as className',
      of.fn.countAll().as('count'),
      of.fn.min('fact.recorded_at').as('since'),
    ])
    .where('fact.confirmed_at', 'is', null)
    .where('fact.recorded_at', '<', before)
    .where((of) => of.or([of('cohorts.owner_id', 'in', ids), of('fact.company_id', 'in', ids)]))
    .where((of) =>
      of.exists(
        of
          .selectFrom('session_students as presence')
          .select('presence.id')
          .whereRef('presence.session_id', '=', 'fact.id')
          .where('presence.contested_at', 'is', null),
      ),
    )
    .groupBy(['cohorts.id', 'ptech_classes.id'])
    .execute()
  return rows.map(toWaiting)
}

/**
 * Sessions and placements that students contest, by cohort: of the cohorts that some organisations run, and
 * of the students of some schools.
 */
export async function listContested(
  db: Db,
  organisationIds: readonly number[],
): Promise<Waiting[]> {
  if (organisationIds.length === 0) return []
  const ids = [...organisationIds]
  const sessions = await db
    .selectFrom('session_students as presence')
    .innerJoin('mentoring_sessions as fact', 'fact.id', 'presence.session_id')
    .innerJoin('students', 'students.id', 'presence.student_id')
    .innerJoin('cohorts', 'cohorts.id', 'fact.cohort_id')
    .leftJoin('ptech_classes', 'ptech_classes.id', 'cohorts.class_id')
    .select((of) => [
      'cohorts.public_id as cohortPublicId',
      'cohorts.scheme',
      'cohorts.name',
      'cohorts.entry_year as entryYear',
      'ptech_classes.name as className',
      of.fn.countAll().as('count'),
      of.fn.min('presence.contested_at').as('since'),
    ])
    .$narrowType<{ since: NotNull }>()
    .where('presence.contested_at', 'is not', null)
    .where((of) => of.or([of('cohorts.owner_id', 'in', ids), of('students.school_id', 'in', ids)]))
    .groupBy(['cohorts.id', 'ptech_classes.id'])
    .execute()
  return [...sessions.map(toWaiting), ...(await contestedPlacements(db, ids))]
}

/** Each with the P-TECH cohort that its student was in when it began. */
async function contestedPlacements(db: Db, ids: number[]): Promise<Waiting[]> {
  const rows = await db
    .selectFrom('placements as fact')
    .innerJoin('students', 'students.id', 'fact.student_id')
    .innerJoin('enrolments', 'enrolments.student_id', 'students.id')
    .innerJoin('cohorts', 'cohorts.id', 'enrolments.cohort_id')
    .innerJoin('ptech_classes', 'ptech_classes.id', 'cohorts.class_id')
    .select((of) => [
      'cohorts.public_id as cohortPublicId',
      'cohorts.scheme',
      'cohorts.name',
      'cohorts.entry_year as entryYear',
      'ptech_classes.name as className',
      of.fn.countAll().as('count'),
      of.fn.min('fact.contested_at').as('since'),
    ])
    .$narrowType<{ since: NotNull }>()
    .where('fact.contested_at', 'is not', null)
    .where((of) => of.or([of('cohorts.owner_id', 'in', ids), of('students.school_id', 'in', ids)]))
    .whereRef('enrolments.from_day', '<=', 'fact.from_day')
    .where((or) =>
      or.or([
        or('enrolments.until_day', 'is', null),
        or('enrolments.until_day', '>=', or.ref('fact.from_day')),
      ]),
    )
    .groupBy(['cohorts.id', 'ptech_classes.id'])
    .execute()
  return rows.map(toWaiting)
}

type WaitingRow = Omit<Waiting, 'title' | 'count'> &
  Readonly<{
    name: string | null
    className: string | null
    entryYear: number | null
    count: number | string | bigint
  }>

/** PostgreSQL tells a count as text. */
function toWaiting({ name, className, entryYear, count, ...row }: WaitingRow): Waiting {
  return { ...row, title: titleOf({ name, className, entryYear }), count: Number(count) }
}
