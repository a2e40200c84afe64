import type { Db } from '../../store/schema.js'

export type PartnerClass = Readonly<{
  id: number
  publicId: string
  name: string
  schoolName: string
  companyId: number
  companyPublicId: string
}>

/** The classes that some companies take part in on a day, once for each company. */
export function listPartnerClasses(
  db: Db,
  companyIds: readonly number[],
  day: string,
): Promise<PartnerClass[]> {
  if (companyIds.length === 0) return Promise.resolve([])
  return db
    .selectFrom('class_companies as link')
    .innerJoin('ptech_classes', 'ptech_classes.id', 'link.class_id')
    .innerJoin('organisations as school', 'school.id', 'ptech_classes.school_id')
    .innerJoin('organisations as company', 'company.id', 'link.company_id')
    .select([
      'ptech_classes.id',
      'ptech_classes.public_id as publicId',
      'ptech_classes.name',
      'school.name as schoolName',
      'company.id as companyId',
      'company.public_id as companyPublicId',
    ])
    .distinct()
    .where('link.company_id', 'in', [...companyIds])
    .where('link.from_day', '<=', day)
    .where((or) => or.or([or('link.until_day', 'is', null), or('link.until_day', '>=', day)]))
    .execute()
}
