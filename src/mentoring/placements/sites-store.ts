import type { Db, NewRow } from '../../store/schema.js'
import type { Derogation, Host } from './hosting.js'

export type Site = Host &
  Readonly<{
    id: number
    publicId: string
    companyId: number
    companyName: string
    companyPublicId: string
    siret: string
    name: string
    town: string
    quotaRaisedOn: string | null
  }>

/** @returns false if a site has this SIRET already */
export async function insertSite(db: Db, row: NewRow<'company_sites'>): Promise<boolean> {
  const result = await db
    .insertInto('company_sites')
    .values(row)
    .onConflict((conflict) => conflict.column('siret').doNothing())
    .executeTakeFirst()
  return result.numInsertedOrUpdatedRows === 1n
}

export async function saveSite(
  db: Db,
  id: number,
  said: Readonly<{ staffCount: number; quotaRaisedOn: string | null }>,
): Promise<void> {
  await db
    .updateTable('company_sites')
    .set({ staff_count: said.staffCount, quota_raised_on: said.quotaRaisedOn })
    .where('id', '=', id)
    .execute()
}

export async function findSite(db: Db, publicId: string): Promise<Site | undefined> {
  const row = await sites(db).where('site.public_id', '=', publicId).executeTakeFirst()
  return row && toSite(row)
}

/** All sites of all companies, or of one, by company and name. */
export async function listSites(db: Db, companyId?: number): Promise<Site[]> {
  const all = sites(db)
  const rows = await (
    companyId === undefined ? all : all.where('site.company_id', '=', companyId)
  ).execute()
  return rows.map(toSite)
}

export type SiteDerogation = Derogation & Readonly<{ siteId: number; works: string }>

/** The declarations of some sites, the oldest first. */
export async function listDerogations(
  db: Db,
  siteIds: readonly number[],
): Promise<SiteDerogation[]> {
  if (siteIds.length === 0) return []
  return db
    .selectFrom('site_derogations')
    .select(['site_id as siteId', 'sent_on as sentOn', 'valid_until as validUntil', 'works'])
    .where('site_id', 'in', [...siteIds])
    .orderBy('sent_on')
    .execute()
}

/** @returns false if one that was sent on that day is there already */
export async function insertDerogation(db: Db, row: NewRow<'site_derogations'>): Promise<boolean> {
  const result = await db
    .insertInto('site_derogations')
    .values(row)
    .onConflict((conflict) => conflict.columns(['site_id', 'sent_on']).doNothing())
    .executeTakeFirst()
  return result.numInsertedOrUpdatedRows === 1n
}

function sites(db: Db) {
  return db
    .selectFrom('company_sites as site')
    .innerJoin('organisations as company', 'company.id', 'site.company_id')
    .selectAll('site')
    .select(['company.name as companyName', 'company.public_id as companyPublicId'])
    .orderBy('company.name')
    .orderBy('site.name')
    .orderBy('site.id')
}

type Found = Awaited<ReturnType<ReturnType<typeof sites>['executeTakeFirstOrThrow']>>

function toSite(row: Found): Site {
  return {
    id: row.id,
    publicId: row.public_id,
    companyId: row.company_id,
    companyName: row.companyName,
    companyPublicId: row.companyPublicId,
    siret: row.siret,
    name: row.name,
    town: row.town,
    staffCount: row.staff_count,
    quotaRaised: row.quota_raised_on !== null,
    quotaRaisedOn: row.quota_raised_on,
  }
}
