import type { Db, NewRow, Row } from '../../store/schema.js'

export async function insertPendingImport(db: Db, row: NewRow<'pending_imports'>): Promise<void> {
  await db.insertInto('pending_imports').values(row).execute()
}

/** One that has not expired. */
export function findPendingImport(
  db: Db,
  publicId: string,
  now: Date,
): Promise<Row<'pending_imports'> | undefined> {
  return db
    .selectFrom('pending_imports')
    .selectAll()
    .where('public_id', '=', publicId)
    .where('expires_at', '>', now.toISOString())
    .executeTakeFirst()
}

/** @returns false if it was gone already */
export async function deletePendingImport(db: Db, publicId: string): Promise<boolean> {
  const result = await db
    .deleteFrom('pending_imports')
    .where('public_id', '=', publicId)
    .executeTakeFirst()
  return result.numDeletedRows > 0n
}

/** All that have expired, and those that the same person left behind. */
export async function deleteStalePendingImports(
  db: Db,
  personId: number,
  now: Date,
): Promise<void> {
  await db
    .deleteFrom('pending_imports')
    .where((or) =>
      or.or([or('person_id', '=', personId), or('expires_at', '<=', now.toISOString())]),
    )
    .execute()
}

/** @returns false if it is gone */
export async function savePendingList(db: Db, publicId: string, sealed: string): Promise<boolean> {
  const result = await db
    .updateTable('pending_imports')
    .set({ list_sealed: sealed })
    .where('public_id', '=', publicId)
    .executeTakeFirst()
  return result.numUpdatedRows > 0n
}
