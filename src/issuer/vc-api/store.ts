import type { Db, NewRow, Row } from '../../store/schema.js'

export type VcIssuer = Row<'vc_issuers'>
export type VcStatusList = Row<'vc_status_lists'>
export type VcCredential = Row<'vc_credentials'>

export function listIssuers(db: Db, organisationId: number): Promise<VcIssuer[]> {
  return db
    .selectFrom('vc_issuers')
    .selectAll()
    .where('organisation_id', '=', organisationId)
    .orderBy('id')
    .execute()
}

export function getIssuer(db: Db, id: number): Promise<VcIssuer> {
  return db.selectFrom('vc_issuers').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
}

/** @returns false when the organisation has a key of this curve: nothing is changed */
export async function insertIssuer(db: Db, row: NewRow<'vc_issuers'>): Promise<boolean> {
  const made = await db
    .insertInto('vc_issuers')
    .values(row)
    .onConflict((conflict) => conflict.columns(['organisation_id', 'curve']).doNothing())
    .returning('id')
    .executeTakeFirst()
  return made !== undefined
}

/** The list of an issuer that new places are taken in: the youngest, with the number of places taken. */
export async function findOpenVcList(
  db: Db,
  issuerId: number,
): Promise<(VcStatusList & { taken: number }) | undefined> {
  const list = await db
    .selectFrom('vc_status_lists')
    .selectAll()
    .where('issuer_id', '=', issuerId)
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (!list) return undefined
  const { taken } = await db
    .selectFrom('vc_credentials')
    .select((of) => of.fn.countAll<number | string>().as('taken'))
    .where('list_id', '=', list.id)
    .executeTakeFirstOrThrow()
  return { ...list, taken: Number(taken) }
}

/** Opens a list; somebody who opened the one of this number first has opened it for all. */
export async function insertVcList(db: Db, row: NewRow<'vc_status_lists'>): Promise<void> {
  await db
    .insertInto('vc_status_lists')
    .values(row)
    .onConflict((conflict) => conflict.columns(['issuer_id', 'number']).doNothing())
    .execute()
}

export function findVcList(db: Db, publicId: string): Promise<VcStatusList | undefined> {
  return db
    .selectFrom('vc_status_lists')
    .selectAll()
    .where('public_id', '=', publicId)
    .executeTakeFirst()
}

export async function listRevokedVcPositions(db: Db, listId: number): Promise<number[]> {
  const rows = await db
    .selectFrom('vc_credentials')
    .select('position')
    .where('list_id', '=', listId)
    .where('revoked_at', 'is not', null)
    .execute()
  return rows.flatMap(({ position }) => position ?? [])
}

/** @returns false when something was revoked since `revision`, or a newer list was kept: nothing is changed */
export async function saveVcList(
  db: Db,
  list: Readonly<{ id: number; revision: number; document: string; at: Date }>,
): Promise<boolean> {
  const at = list.at.toISOString()
  const result = await db
    .updateTable('vc_status_lists')
    .set({ document: list.document, published_at: at, published_revision: list.revision })
    .where('id', '=', list.id)
    .where('revision', '=', list.revision)
    .where((of) => of.or([of('published_at', 'is', null), of('published_at', '<=', at)]))
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

/** @returns false when somebody has its place in the list: nothing is changed */
export async function insertVcCredential(db: Db, row: NewRow<'vc_credentials'>): Promise<boolean> {
  const made = await db
    .insertInto('vc_credentials')
    .values(row)
    .onConflict((conflict) => conflict.columns(['list_id', 'position']).doNothing())
    .returning('id')
    .executeTakeFirst()
  return made !== undefined
}

export type Placed = VcCredential & { list_id: number; position: number; list_public_id: string }

/** Credentials of an organisation under one id that have a place in a list, oldest first. */
export async function listPlaced(
  db: Db,
  organisationId: number,
  credentialId: string,
): Promise<Placed[]> {
  const rows = await db
    .selectFrom('vc_credentials')
    .innerJoin('vc_issuers', 'vc_issuers.id', 'vc_credentials.issuer_id')
    .innerJoin('vc_status_lists', 'vc_status_lists.id', 'vc_credentials.list_id')
    .selectAll('vc_credentials')
    .select('vc_status_lists.public_id as list_public_id')
    .where('vc_issuers.organisation_id', '=', organisationId)
    .where('vc_credentials.credential_id', '=', credentialId)
    .orderBy('vc_credentials.id')
    .execute()
  return rows.flatMap((row) =>
    row.list_id === null || row.position === null
      ? []
      : [{ ...row, list_id: row.list_id, position: row.position }],
  )
}

/** Sets the bit, for good. @returns false when it is set already: nothing is changed */
export async function revokeVcCredential(
  db: Db,
  { id, listId }: Readonly<{ id: number; listId: number }>,
  at: Date,
): Promise<boolean> {
  const result = await db
    .updateTable('vc_credentials')
    .set({ revoked_at: at.toISOString() })
    .where('id', '=', id)
    .where('revoked_at', 'is', null)
    .executeTakeFirst()
  if (result.numUpdatedRows === 0n) return false
  await db
    .updateTable('vc_status_lists')
    .set((of) => ({ revision: of('revision', '+', 1) }))
    .where('id', '=', listId)
    .execute()
  return true
}
