import type { Db, NewRow } from '../../store/schema.js'

/** Since when each academy refuses what MENT-01 else warns of, by its code. */
export async function listVettingOrders(db: Db): Promise<Map<string, string>> {
  const rows = await db.selectFrom('vetting_orders').select(['academy_code', 'since_day']).execute()
  return new Map(rows.map(({ academy_code, since_day }) => [academy_code, since_day]))
}

/** Whether the academy of one of some schools refuses on a day. */
export async function isVettingRequired(
  db: Db,
  schoolIds: readonly number[],
  day: string,
): Promise<boolean> {
  if (schoolIds.length === 0) return false
  const row = await db
    .selectFrom('vetting_orders as said')
    .innerJoin('organisations', 'organisations.academy_code', 'said.academy_code')
    .select('said.id')
    .where('organisations.id', 'in', [...schoolIds])
    .where('said.since_day', '<=', day)
    .executeTakeFirst()
  return row !== undefined
}

/** @returns false if the academy said so already; nothing is then changed */
export async function insertVettingOrder(db: Db, row: NewRow<'vetting_orders'>): Promise<boolean> {
  const inserted = await db
    .insertInto('vetting_orders')
    .values(row)
    .onConflict((conflict) => conflict.column('academy_code').doNothing())
    .returning('id')
    .executeTakeFirst()
  return inserted !== undefined
}

/** @returns false if the academy had not said so */
export async function deleteVettingOrder(db: Db, academyCode: string): Promise<boolean> {
  const result = await db
    .deleteFrom('vetting_orders')
    .where('academy_code', '=', academyCode)
    .executeTakeFirst()
  return result.numDeletedRows > 0n
}
