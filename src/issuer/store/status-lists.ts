import type { Db, Row } from '../../store/schema.js'

export type StatusList = Row<'status_lists'>

/** The list of an organisation that new entries go to: the youngest. */
export function findOpenList(db: Db, organisationId: number): Promise<StatusList | undefined> {
  return db
    .selectFrom('status_lists')
    .selectAll()
    .where('organisation_id', '=', organisationId)
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst()
}

export function findListByPublicId(db: Db, publicId: string): Promise<StatusList | undefined> {
  return db
    .selectFrom('status_lists')
    .selectAll()
    .where('public_id', '=', publicId)
    .executeTakeFirst()
}

export function getList(db: Db, id: number): Promise<StatusList> {
  return db.selectFrom('status_lists').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
}

/** Of lists that somebody has had, those that lack a revocation or were signed before an instant; the one that waits longest first. */
export async function listOutdated(
  db: Db,
  table: 'status_lists' | 'vc_status_lists',
  signedBefore: Date,
): Promise<string[]> {
  const rows = await db
    .selectFrom(table)
    .select('public_id')
    .where((of) =>
      of.or([
        of('published_at', '<=', signedBefore.toISOString()),
        of(of.fn.coalesce('published_revision', of.val(0)), '<>', of.ref('revision')),
      ]),
    )
    .orderBy('published_at')
    .orderBy('id')
    .execute()
  return rows.map(({ public_id }) => public_id)
}

/** Opens a list; somebody who opened the one of this number first has opened it for all. */
export async function insertList(
  db: Db,
  list: Readonly<{
    publicId: string
    organisationId: number
    number: number
    entries: number
    at: Date
  }>,
): Promise<void> {
  await db
    .insertInto('status_lists')
    .values({
      public_id: list.publicId,
      organisation_id: list.organisationId,
      number: list.number,
      entries: list.entries,
      opened_at: list.at.toISOString(),
    })
    .onConflict((conflict) => conflict.columns(['organisation_id', 'number']).doNothing())
    .execute()
}

export type TakenPlace = Pick<Row<'status_entries'>, 'id' | 'position'>

/** Counts places that are about to be taken. Who takes others of the list waits until the transaction ends. */
export async function countTaken(db: Db, listId: number, places: number): Promise<void> {
  await db
    .updateTable('status_lists')
    .set((of) => ({ taken: of('taken', '+', places) }))
    .where('id', '=', listId)
    .execute()
}

/** Takes places of a list that is held. @returns those that nobody had already */
export function takePositions(
  db: Db,
  listId: number,
  positions: readonly number[],
): Promise<TakenPlace[]> {
  return db
    .insertInto('status_entries')
    .values(positions.map((position) => ({ list_id: listId, position })))
    .onConflict((conflict) => conflict.columns(['list_id', 'position']).doNothing())
    .returning(['id', 'position'])
    .execute()
}

export type Entry = Row<'status_entries'> & {
  list_public_id: string
  list_entries: number
  organisation_id: number
}

export function getEntry(db: Db, id: number): Promise<Entry> {
  return entries(db).where('status_entries.id', '=', id).executeTakeFirstOrThrow()
}

export function listEntries(db: Db, ids: readonly number[]): Promise<Entry[]> {
  return entries(db)
    .where('status_entries.id', 'in', [-1, ...ids])
    .execute()
}

function entries(db: Db) {
  return db
    .selectFrom('status_entries')
    .innerJoin('status_lists', 'status_lists.id', 'status_entries.list_id')
    .selectAll('status_entries')
    .select([
      'status_lists.public_id as list_public_id',
      'status_lists.entries as list_entries',
      'status_lists.organisation_id',
    ])
}

/** Sets the bit, for good: it only goes up. The list as published is out of date then. */
export async function revokeEntry(db: Db, id: number, at: Date): Promise<void> {
  const entry = await db
    .updateTable('status_entries')
    .set({ revoked_at: at.toISOString() })
    .where('id', '=', id)
    .where('revoked_at', 'is', null)
    .returning('list_id')
    .executeTakeFirst()
  if (!entry) return
  await db
    .updateTable('status_lists')
    .set((of) => ({ revision: of('revision', '+', 1) }))
    .where('id', '=', entry.list_id)
    .execute()
}

export async function listRevokedPositions(db: Db, listId: number): Promise<number[]> {
  const rows = await db
    .selectFrom('status_entries')
    .select('position')
    .where('list_id', '=', listId)
    .where('revoked_at', 'is not', null)
    .execute()
  return rows.map(({ position }) => position)
}

/** Who has a place of a list, if anybody. */
export function findEntryAt(
  db: Db,
  listId: number,
  position: number,
): Promise<Row<'status_entries'> | undefined> {
  return db
    .selectFrom('status_entries')
    .selectAll()
    .where('list_id', '=', listId)
    .where('position', '=', position)
    .executeTakeFirst()
}

/** No place of any list is taken any more: an organisation's next entry opens a new one. */
export async function closeLists(db: Db): Promise<void> {
  await db
    .updateTable('status_lists')
    .set((of) => ({ taken: of.ref('entries') }))
    .execute()
}

/** A list that was opened after the copy that this store was restored from, and full. */
export async function insertLostList(
  db: Db,
  list: Readonly<{ publicId: string; organisationId: number; entries: number; at: Date }>,
): Promise<void> {
  const youngest = await findOpenList(db, list.organisationId)
  const number = (youngest?.number ?? 0) + 1
  await insertList(db, { ...list, number })
  await closeLists(db)
}

export function listPublished(db: Db): Promise<StatusList[]> {
  return db.selectFrom('status_lists').selectAll().where('document', 'is not', null).execute()
}

/** Places that were revoked before an instant. */
export async function listRevokedBefore(db: Db, listId: number, at: string): Promise<number[]> {
  const rows = await db
    .selectFrom('status_entries')
    .select('position')
    .where('list_id', '=', listId)
    .where('revoked_at', '<', at)
    .execute()
  return rows.map(({ position }) => position)
}

/**
 * Keeps a signed list.
 *
 * @returns false when something was revoked since `revision`, or a newer one was kept: nothing is changed
 */
export async function saveListDocument(
  db: Db,
  list: Readonly<{ id: number; revision: number; document: string; at: Date }>,
): Promise<boolean> {
  const at = list.at.toISOString()
  const result = await db
    .updateTable('status_lists')
    .set({ document: list.document, published_at: at, published_revision: list.revision })
    .where('id', '=', list.id)
    .where('revision', '=', list.revision)
    .where((of) => of.or([of('published_at', 'is', null), of('published_at', '<=', at)]))
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

export type ListStates = Readonly<{
  lists: number
  /** Lists with a revocation that their published document does not tell. */
  behind: number
  /** When the one that was published longest ago was; null: none was yet. */
  oldestAt: string | null
}>

/** How the published lists stand, all organisations together. */
export async function readListStates(db: Db): Promise<ListStates> {
  const row = await db
    .selectFrom('status_lists')
    .select((of) => [
      of.fn.countAll().as('lists'),
      of.fn
        .countAll()
        .filterWhere((is) =>
          is.and([
            is('revision', '>', 0),
            is.or([
              is('published_revision', 'is', null),
              is('published_revision', '<', is.ref('revision')),
            ]),
          ]),
        )
        .as('behind'),
      of.fn.min('published_at').as('oldestAt'),
    ])
    .executeTakeFirstOrThrow()
  // PostgreSQL tells a count as text.
  return { lists: Number(row.lists), behind: Number(row.behind), oldestAt: row.oldestAt ?? null }
}
