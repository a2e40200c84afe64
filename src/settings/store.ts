import type { Db, NewRow, Row } from '../store/schema.js'

/** The service's own; a school's are under its public id. */
export const OF_SERVICE = ''

export type KeptSetting = Row<'settings'>

/** The newest of a key; undefined: nobody has ever set it. */
export function findSetting(db: Db, scope: string, key: string): Promise<KeptSetting | undefined> {
  return db
    .selectFrom('settings')
    .selectAll()
    .where('scope', '=', scope)
    .where('key', '=', key)
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst()
}

/** What a key was before, the newest first. */
export function listVersions(
  db: Db,
  scope: string,
  key: string,
  limit: number,
): Promise<KeptSetting[]> {
  return db
    .selectFrom('settings')
    .selectAll()
    .where('scope', '=', scope)
    .where('key', '=', key)
    .orderBy('version', 'desc')
    .limit(limit)
    .execute()
}

/** The newest of one key, of every scope but the service's. */
export function listOfSchools(db: Db, key: string): Promise<KeptSetting[]> {
  return db
    .selectFrom('settings')
    .selectAll()
    .where('key', '=', key)
    .where('scope', '!=', OF_SERVICE)
    .where((one) =>
      one.not(
        one.exists(
          one
            .selectFrom('settings as later')
            .select('later.id')
            .whereRef('later.scope', '=', 'settings.scope')
            .whereRef('later.key', '=', 'settings.key')
            .whereRef('later.version', '>', 'settings.version'),
        ),
      ),
    )
    .orderBy('id')
    .execute()
}

/** @returns false if somebody else set this version first: nothing is then changed */
export async function insertSetting(db: Db, row: NewRow<'settings'>): Promise<boolean> {
  const inserted = await db
    .insertInto('settings')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst()
  return inserted !== undefined
}
