import type { Db } from '../../store/schema.js'
import { concerns, isNobody, type Sides } from '../cohorts/sides.js'

/**
 * The organisations whose people mentor for some: the companies of the classes of the schools, who runs their
 * cohorts, and whoever has led a session of those. Who coordinates a cordée in a lycée has no part in its classes.
 */
export async function listPartners(db: Db, sides: Sides): Promise<number[]> {
  if (isNobody(sides)) return []
  const companies = await db
    .selectFrom('class_companies')
    .innerJoin('ptech_classes', 'ptech_classes.id', 'class_companies.class_id')
    .select('class_companies.company_id as id')
    .where('ptech_classes.school_id', 'in', [0, ...sides.schoolIds])
    .execute()
  const leaders = await cohortsOf(db, sides)
    .innerJoin('mentoring_sessions as fact', 'fact.cohort_id', 'cohorts.id')
    .select('fact.company_id as id')
    .distinct()
    .execute()
  // The lycée of a P-TECH class sends no mentors; who runs a cordée, or pairs, does.
  const owners = await cohortsOf(db, sides)
    .select('cohorts.owner_id as id')
    .where('cohorts.class_id', 'is', null)
    .distinct()
    .execute()
  return [...new Set([...companies, ...leaders, ...owners].flatMap(({ id }) => id ?? []))]
}

/** The schemes of the cohorts that some run or, as schools, have students in. */
export async function listSchemesOf(db: Db, sides: Sides): Promise<string[]> {
  const rows = await cohortsOf(db, sides).select('cohorts.scheme').distinct().execute()
  return rows.map(({ scheme }) => scheme)
}

function cohortsOf(db: Db, sides: Sides) {
  return db.selectFrom('cohorts').where(concerns(sides))
}
