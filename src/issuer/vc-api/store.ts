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

/** @param key its public half, z6Mk… */
export function findIssuerOfKey(db: Db, key: string): Promise<VcIssuer | undefined> {
  return db
    .selectFrom('vc_issuers')
    .selectAll()
    .where('public_key_multibase', '=', key)
    .executeTakeFirst()
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

/** The places of a list that are revoked. @param before an instant; all if it is not given */
export async function listRevokedVcPositions(
  db: Db,
  listId: number,
  before?: string,
): Promise<number[]> {
  const places = (from: 'vc_credentials' | 'vc_lost_places') =>
    db
      .selectFrom(from)
      .select('position')
      .where('list_id', '=', listId)
      .where('revoked_at', 'is not', null)
      .$if(before !== undefined, (query) => query.where('revoked_at', '<', before ?? ''))
  const rows = await places('vc_credentials').unionAll(places('vc_lost_places')).execute()
  return rows.flatMap(({ position }) => position ?? [])
}

/** A list that was opened after the copy that this store was restored from: it is closed. */
export async function insertLostVcList(
  db: Db,
  list: Readonly<{ publicId: string; issuerId: number; entries: number; at: Date }>,
): Promise<void> {
  const youngest = await findOpenVcList(db, list.issuerId)
  await insertVcList(db, {
    public_id: list.publicId,
    issuer_id: list.issuerId,
    number: (youngest?.number ?? 0) + 1,
    entries: list.entries,
    opened_at: list.at.toISOString(),
    closed_at: list.at.toISOString(),
  })
}

/** No place of any list is taken any more. */
export async function closeVcLists(db: Db, at: Date): Promise<void> {
  await db
    .updateTable('vc_status_lists')
    .set({ closed_at: at.toISOString() })
    .where('closed_at', 'is', null)
    .execute()
}

export function listVcLists(db: Db): Promise<VcStatusList[]> {
  return db.selectFrom('vc_status_lists').selectAll().execute()
}

export function listPublishedVcLists(db: Db): Promise<VcStatusList[]> {
  return db.selectFrom('vc_status_lists').selectAll().where('document', 'is not', null).execute()
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
  await reviseVcList(db, listId)
  return true
}

/** The list as published is out of date. */
async function reviseVcList(db: Db, listId: number): Promise<void> {
  await db
    .updateTable('vc_status_lists')
    .set((of) => ({ revision: of('revision', '+', 1) }))
    .where('id', '=', listId)
    .execute()
}

/** Sets the bit of a place, whoever has it. @returns the public id of the credential that has it here, if one does */
export async function revokeVcPlace(
  db: Db,
  { listId, position }: Readonly<{ listId: number; position: number }>,
  at: Date,
): Promise<string | undefined> {
  const revoked_at = at.toISOString()
  const held = await db
    .updateTable('vc_credentials')
    .set({ revoked_at })
    .where('list_id', '=', listId)
    .where('position', '=', position)
    .returning('public_id')
    .executeTakeFirst()
  if (!held) {
    await db
      .insertInto('vc_lost_places')
      .values({ list_id: listId, position, revoked_at })
      .onConflict((conflict) => conflict.columns(['list_id', 'position']).doNothing())
      .execute()
  }
  await reviseVcList(db, listId)
  return held?.public_id
}

/** Page by page, the oldest first. */
export function listVcCredentialsAfter(db: Db, id: number, limit: number): Promise<VcCredential[]> {
  return db
    .selectFrom('vc_credentials')
    .selectAll()
    .where('id', '>', id)
    .orderBy('id')
    .limit(limit)
    .execute()
}
