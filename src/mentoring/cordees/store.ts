import type { Db, NewRow } from '../../store/schema.js'

/** The traits that some schools have on a day, by school. */
export async function traitsOn(
  db: Db,
  schoolIds: readonly number[],
  day: string,
): Promise<Map<number, string[]>> {
  if (schoolIds.length === 0) return new Map()
  const rows = await db
    .selectFrom('school_traits')
    .select(['school_id', 'trait'])
    .where('school_id', 'in', [...schoolIds])
    .where('from_day', '<=', day)
    .where((or) => or.or([or('until_day', 'is', null), or('until_day', '>=', day)]))
    .orderBy('trait')
    .execute()
  const found = Map.groupBy(rows, ({ school_id }) => school_id)
  return new Map([...found].map(([id, those]) => [id, those.map(({ trait }) => trait)]))
}

/** Gives a school a trait from a day on; one that ended on that very day goes on. */
export async function insertTrait(
  db: Db,
  row: Readonly<{ school_id: number; trait: string; from_day: string }>,
): Promise<void> {
  await db
    .insertInto('school_traits')
    .values(row)
    .onConflict((conflict) =>
      conflict.columns(['school_id', 'trait', 'from_day']).doUpdateSet({ until_day: null }),
    )
    .execute()
}

/** Takes a trait from a school: `lastDay` is its last, and what began after it is as if never said. */
export async function endTrait(
  db: Db,
  of: Readonly<{ schoolId: number; trait: string }>,
  lastDay: string,
): Promise<void> {
  await db
    .deleteFrom('school_traits')
    .where('school_id', '=', of.schoolId)
    .where('trait', '=', of.trait)
    .where('from_day', '>', lastDay)
    .execute()
  await db
    .updateTable('school_traits')
    .set({ until_day: lastDay })
    .where('school_id', '=', of.schoolId)
    .where('trait', '=', of.trait)
    .where('until_day', 'is', null)
    .execute()
}

/** Keeps what a school counted; the last word counts. */
export async function saveCount(db: Db, row: NewRow<'public_counts'>): Promise<void> {
  const { count, given_by_id, given_at } = row
  await db
    .insertInto('public_counts')
    .values(row)
    .onConflict((conflict) =>
      conflict
        .columns(['cohort_id', 'school_id', 'school_year', 'public'])
        .doUpdateSet({ count, given_by_id, given_at }),
    )
    .execute()
}

/** Takes a count back: it is not known. */
export async function removeCount(
  db: Db,
  of: Pick<NewRow<'public_counts'>, 'cohort_id' | 'school_id' | 'school_year' | 'public'>,
): Promise<void> {
  await db
    .deleteFrom('public_counts')
    .where('cohort_id', '=', of.cohort_id)
    .where('school_id', '=', of.school_id)
    .where('school_year', '=', of.school_year)
    .where('public', '=', of.public)
    .execute()
}

export type PublicCount = Readonly<{ schoolId: number; public: string; count: number }>

/** What the schools of a cordée counted for a school year. */
export function listCounts(db: Db, cohortId: number, schoolYear: number): Promise<PublicCount[]> {
  return db
    .selectFrom('public_counts')
    .select(['school_id as schoolId', 'public', 'count'])
    .where('cohort_id', '=', cohortId)
    .where('school_year', '=', schoolYear)
    .orderBy('school_id')
    .orderBy('public')
    .execute()
}
