import type { Db } from '../store/schema.js'

export type Partnership = Readonly<{ schoolId: number; companyId: number }>

/** Which companies are partners of a class of these schools on a day. */
export function listPartnerships(
  db: Db,
  schoolIds: readonly number[],
  day: string,
): Promise<Partnership[]> {
  if (schoolIds.length === 0) return Promise.resolve([])
  return db
    .selectFrom('class_companies')
    .innerJoin('ptech_classes', 'ptech_classes.id', 'class_companies.class_id')
    .select(['ptech_classes.school_id as schoolId', 'class_companies.company_id as companyId'])
    .distinct()
    .where('ptech_classes.school_id', 'in', [...schoolIds])
    .where('class_companies.from_day', '<=', day)
    .where((or) => or.or([or('until_day', 'is', null), or('until_day', '>=', day)]))
    .execute()
}
