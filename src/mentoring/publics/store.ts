import type { Db } from '../../store/schema.js'

export type SaidTotal = Readonly<{
  cohortId: number
  public: string
  count: number
  givenAt: string
  /** Null once the account is gone. */
  givenBy: string | null
}>

/** What a school said of its cohorts for a school year, and who said it. */
export async function listTotals(
  db: Db,
  of: Readonly<{ schoolId: number; year: number }>,
): Promise<SaidTotal[]> {
  const rows = await db
    .selectFrom('public_counts as said')
    .leftJoin('persons', 'persons.id', 'said.given_by_id')
    .select(['said.cohort_id as cohortId', 'said.public', 'said.count', 'said.given_at as givenAt'])
    .select(['persons.given_name as givenName', 'persons.family_name as familyName'])
    .where('said.school_id', '=', of.schoolId)
    .where('said.school_year', '=', of.year)
    .orderBy('said.id')
    .execute()
  return rows.map(({ givenName, familyName, ...row }) => ({
    ...row,
    givenBy: givenName === null ? null : `${givenName} ${familyName ?? ''}`.trim(),
  }))
}
