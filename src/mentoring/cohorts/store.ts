import type { NotNull } from 'kysely'
import type { Db, NewRow } from '../../store/schema.js'
import { concerns, type Sides } from './sides.js'

/** A cohort of whatever scheme: the intake of a P-TECH class, a cordée, a pair. */
export type AnyCohort = Readonly<{
  id: number
  publicId: string
  /** Code of a scheme. */
  scheme: string
  /** The lycée of a P-TECH class, the tête de cordée, the mentoring structure. */
  ownerId: number
  ownerName: string
  /** What people call it. */
  title: string
  classId: number | null
  entryYear: number | null
  closedOn: string | null
}>

export async function findAnyCohort(db: Db, publicId: string): Promise<AnyCohort | undefined> {
  return toCohort(await anyCohorts(db).where('cohorts.public_id', '=', publicId).executeTakeFirst())
}

export async function findAnyCohortById(db: Db, id: number): Promise<AnyCohort | undefined> {
  return toCohort(await anyCohorts(db).where('cohorts.id', '=', id).executeTakeFirst())
}

/** Those of any scheme that some run or, as schools, have students in, by name. */
export async function listAnyCohorts(db: Db, sides: Sides): Promise<AnyCohort[]> {
  const rows = await anyCohorts(db)
    .where(concerns(sides))
    .orderBy('cohorts.name')
    .orderBy('cohorts.entry_year', 'desc')
    .orderBy('cohorts.id')
    .execute()
  return rows.flatMap((row) => toCohort(row) ?? [])
}

/** The schools whose students a cohort has on a day. */
export async function schoolsOf(db: Db, cohortId: number, day: string): Promise<number[]> {
  const rows = await db
    .selectFrom('cohort_schools')
    .select('school_id')
    .where('cohort_id', '=', cohortId)
    .where('from_day', '<=', day)
    .where((or) => or.or([or('until_day', 'is', null), or('until_day', '>=', day)]))
    .orderBy('id')
    .execute()
  return [...new Set(rows.map(({ school_id }) => school_id))]
}

export async function insertCohortSchool(db: Db, row: NewRow<'cohort_schools'>): Promise<void> {
  await db
    .insertInto('cohort_schools')
    .values(row)
    .onConflict((conflict) => conflict.columns(['cohort_id', 'school_id', 'from_day']).doNothing())
    .execute()
}

/** Every school that a cohort ever had, the first one first. */
export async function listCohortSchools(db: Db, cohortId: number) {
  const rows = await db
    .selectFrom('cohort_schools as link')
    .innerJoin('organisations as school', 'school.id', 'link.school_id')
    .innerJoin('cohorts', 'cohorts.id', 'link.cohort_id')
    .select([
      'link.id',
      'link.school_id as schoolId',
      'school.public_id as publicId',
      'school.name',
      'cohorts.owner_id as ownerId',
      'link.from_day as fromDay',
      'link.until_day as untilDay',
    ])
    .where('link.cohort_id', '=', cohortId)
    .orderBy('link.from_day')
    .orderBy('link.id')
    .execute()
  return rows.map(({ ownerId, ...row }) => ({ ...row, isOwner: row.schoolId === ownerId }))
}

/** @returns false if its time has an end already; nothing is then changed */
export async function endCohortSchool(db: Db, id: number, lastDay: string): Promise<boolean> {
  const result = await db
    .updateTable('cohort_schools')
    .set({ until_day: lastDay })
    .where('id', '=', id)
    .where('until_day', 'is', null)
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

/** The P-TECH cohorts that some schools have on a day beside their own: a BTS of another lycée's class. */
export async function cohortsIn(
  db: Db,
  schoolIds: readonly number[],
  day: string,
): Promise<number[]> {
  if (schoolIds.length === 0) return []
  const rows = await db
    .selectFrom('cohort_schools')
    .select('cohort_id')
    .where('school_id', 'in', [...schoolIds])
    .where('from_day', '<=', day)
    .where((or) => or.or([or('until_day', 'is', null), or('until_day', '>=', day)]))
    .execute()
  return rows.map(({ cohort_id }) => cohort_id)
}

function anyCohorts(db: Db) {
  return db
    .selectFrom('cohorts')
    .innerJoin('organisations as owner', 'owner.id', 'cohorts.owner_id')
    .leftJoin('ptech_classes', 'ptech_classes.id', 'cohorts.class_id')
    .select([
      'cohorts.id',
      'cohorts.public_id as publicId',
      'cohorts.scheme',
      'cohorts.owner_id as ownerId',
      'owner.name as ownerName',
      'cohorts.name',
      'ptech_classes.name as className',
      'cohorts.class_id as classId',
      'cohorts.entry_year as entryYear',
      'cohorts.closed_on as closedOn',
    ])
    .$narrowType<{ ownerId: NotNull }>()
}

type AnyRow = NonNullable<Awaited<ReturnType<ReturnType<typeof anyCohorts>['executeTakeFirst']>>>

function toCohort(row: AnyRow | undefined): AnyCohort | undefined {
  if (!row) return undefined
  const { name, className, ...cohort } = row
  return { ...cohort, title: name ?? className ?? '' }
}
