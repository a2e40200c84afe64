import type { Db } from '../../store/schema.js'

/**
 * The organisations whose people mentor for some schools or owners of cohorts: the companies of their classes, who
 * runs their cohorts, and whoever has led a session of those.
 */
export async function listPartners(db: Db, organisationIds: readonly number[]): Promise<number[]> {
  if (organisationIds.length === 0) return []
  const companies = await db
    .selectFrom('class_companies')
    .innerJoin('ptech_classes', 'ptech_classes.id', 'class_companies.class_id')
    .select('class_companies.company_id as id')
    .where('ptech_classes.school_id', 'in', [...organisationIds])
    .execute()
  const leaders = await cohortsOf(db, organisationIds)
    .innerJoin('mentoring_sessions as fact', 'fact.cohort_id', 'cohorts.id')
    .select('fact.company_id as id')
    .distinct()
    .execute()
  // The lycée of a P-TECH class sends no mentors; who runs a cordée, or pairs, does.
  const owners = await cohortsOf(db, organisationIds)
    .select('cohorts.owner_id as id')
    .where('cohorts.class_id', 'is', null)
    .distinct()
    .execute()
  return [...new Set([...companies, ...leaders, ...owners].flatMap(({ id }) => id ?? []))]
}

/** The schemes of the cohorts that some organisations run or have students in. */
export async function listSchemesOf(db: Db, organisationIds: readonly number[]): Promise<string[]> {
  if (organisationIds.length === 0) return []
  const rows = await cohortsOf(db, organisationIds).select('cohorts.scheme').distinct().execute()
  return rows.map(({ scheme }) => scheme)
}

function cohortsOf(db: Db, organisationIds: readonly number[]) {
  const ids = [...organisationIds]
  return db
    .selectFrom('cohorts')
    .where((or) =>
      or.or([
        or('cohorts.owner_id', 'in', ids),
        or(
          'cohorts.id',
          'in',
          or.selectFrom('cohort_schools').select('cohort_id').where('school_id', 'in', ids),
        ),
      ]),
    )
}
