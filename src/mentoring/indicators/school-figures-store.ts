import type { Db } from '../../store/schema.js'
import { firstDayOf } from '../school-year.js'
import type { SchoolFigures } from './school-codes.js'

export type SchoolFiguresRow = Readonly<{
  schoolId: number
  counts: SchoolFigures
  countedAt: string
}>

/** Of some schools in a school year: what is of a scheme, and what is of none. */
export async function listSchoolFigures(
  db: Db,
  schoolIds: readonly number[],
  of: Readonly<{ scheme: string; schoolYear: number }>,
): Promise<SchoolFiguresRow[]> {
  if (schoolIds.length === 0) return []
  const rows = await db
    .selectFrom('school_figures')
    .select(['school_id as schoolId', 'counts', 'counted_at as countedAt'])
    .where('school_id', 'in', schoolIds)
    .where('school_year', '=', of.schoolYear)
    .where('scheme', 'in', [of.scheme, ''])
    .execute()
  return rows.map((row) => ({ ...row, counts: JSON.parse(row.counts) as SchoolFigures }))
}

export async function saveSchoolFigures(
  trx: Db,
  of: Readonly<{ schoolId: number; year: number; scheme: string }>,
  counted: Readonly<{ counts: SchoolFigures; at: string }>,
): Promise<void> {
  const row = { counts: JSON.stringify(counted.counts), counted_at: counted.at }
  await trx
    .insertInto('school_figures')
    .values({ school_id: of.schoolId, school_year: of.year, scheme: of.scheme, ...row })
    .onConflict((conflict) =>
      conflict.columns(['school_id', 'school_year', 'scheme']).doUpdateSet(row),
    )
    .execute()
}

/** The next schools that have a class or figures, each with the first school year that it has figures of. */
export async function listCountedSchools(
  db: Db,
  after: number,
  limit: number,
): Promise<{ id: number; firstYear: number | null }[]> {
  return db
    .selectFrom('organisations')
    .select('organisations.id')
    .select((of) =>
      of
        .selectFrom('cohort_figures')
        .select(({ fn }) => fn.min('school_year').as('year'))
        .whereRef('cohort_figures.school_id', '=', 'organisations.id')
        .as('firstYear'),
    )
    .where('organisations.id', '>', after)
    .where((or) =>
      or.or([
        or('organisations.id', 'in', (of) => of.selectFrom('ptech_classes').select('school_id')),
        or('organisations.id', 'in', (of) => of.selectFrom('cohort_figures').select('school_id')),
      ]),
    )
    .orderBy('organisations.id')
    .limit(limit)
    .execute()
}

export type CohortTotal = Readonly<{ cohortId: number; scheme: string; followed: number }>

/** The cohorts that have students of a school in a school year, by the figures that were counted last. */
export async function listFollowed(
  db: Db,
  of: Readonly<{ schoolId: number; year: number }>,
): Promise<CohortTotal[]> {
  const rows = await db
    .selectFrom('cohort_figures')
    .select(['cohort_id as cohortId', 'scheme'])
    .select(({ fn }) => fn.sum('followed').as('followed'))
    .where('school_id', '=', of.schoolId)
    .where('school_year', '=', of.year)
    .groupBy(['cohort_id', 'scheme'])
    .execute()
  return rows.map((row) => ({ ...row, followed: Number(row.followed) }))
}

/** What a school said of the publics of its cohorts (CO-05, PT-20). */
export function listPublicCounts(
  db: Db,
  of: Readonly<{ schoolId: number; year: number }>,
): Promise<{ cohortId: number; public: string; count: number }[]> {
  return db
    .selectFrom('public_counts')
    .select(['cohort_id as cohortId', 'public', 'count'])
    .where('school_id', '=', of.schoolId)
    .where('school_year', '=', of.year)
    .execute()
}

/** Who led a session of a school's cohorts in a school year that no mentor disputes and not all of its students contest. */
export async function listMentorsOf(
  db: Db,
  of: Readonly<{ schoolId: number; scheme: string; year: number }>,
): Promise<number[]> {
  const rows = await db
    .selectFrom('mentoring_sessions as fact')
    .innerJoin('cohorts', 'cohorts.id', 'fact.cohort_id')
    .innerJoin('session_mentors as mentor', 'mentor.session_id', 'fact.id')
    .select('mentor.person_id as personId')
    .distinct()
    .where('cohorts.owner_id', '=', of.schoolId)
    .where('cohorts.scheme', '=', of.scheme)
    .where('fact.day', '>=', firstDayOf(of.year))
    .where('fact.day', '<', firstDayOf(of.year + 1))
    .where('fact.disputed_at', 'is', null)
    .where((or) =>
      or.exists(
        or
          .selectFrom('session_students as presence')
          .select('presence.id')
          .whereRef('presence.session_id', '=', 'fact.id')
          .where('presence.contested_at', 'is', null),
      ),
    )
    .execute()
  return rows.map(({ personId }) => personId)
}

/** Who of some persons led a session of a scheme before a school year began, anywhere. */
export async function listMentorsBefore(
  db: Db,
  personIds: readonly number[],
  of: Readonly<{ scheme: string; year: number }>,
): Promise<Set<number>> {
  if (personIds.length === 0) return new Set()
  const rows = await db
    .selectFrom('session_mentors as mentor')
    .innerJoin('mentoring_sessions as fact', 'fact.id', 'mentor.session_id')
    .select('mentor.person_id as personId')
    .distinct()
    .where('mentor.person_id', 'in', personIds)
    .where('fact.scheme', '=', of.scheme)
    .where('fact.day', '<', firstDayOf(of.year))
    .where('fact.disputed_at', 'is', null)
    .execute()
  return new Set(rows.map(({ personId }) => personId))
}

/** How many agreements of a school that take over from another began in a school year. */
export async function countRenewals(
  db: Db,
  of: Readonly<{ schoolId: number; year: number }>,
): Promise<number> {
  const { count } = await db
    .selectFrom('agreements')
    .select(({ fn }) => fn.countAll().as('count'))
    .where('school_id', '=', of.schoolId)
    .where('renews_id', 'is not', null)
    .where('start_day', '>=', firstDayOf(of.year))
    .where('start_day', '<', firstDayOf(of.year + 1))
    .executeTakeFirstOrThrow()
  return Number(count)
}
