import type { Db, NewRow, Row } from '../../store/schema.js'

export type Selection = Row<'selections'>

export async function insertSelection(
  db: Db,
  row: NewRow<'selections'>,
  badgeIds: readonly number[],
): Promise<void> {
  const { id } = await db
    .insertInto('selections')
    .values(row)
    .returning('id')
    .executeTakeFirstOrThrow()
  const rows = badgeIds.map((badge_id, position) => ({ selection_id: id, badge_id, position }))
  await db.insertInto('selection_badges').values(rows).execute()
}

/** The page that a token is of, whether it opens or not. */
export function findSelectionByToken(db: Db, tokenHash: string): Promise<Selection | undefined> {
  return db
    .selectFrom('selections')
    .selectAll()
    .where('token_hash', '=', tokenHash)
    .executeTakeFirst()
}

export function findSelection(db: Db, publicId: string): Promise<Selection | undefined> {
  return db
    .selectFrom('selections')
    .selectAll()
    .where('public_id', '=', publicId)
    .executeTakeFirst()
}

/** All pages of a student, newest first: those that open, and those that do no more. */
export function listSelections(db: Db, studentId: number): Promise<Selection[]> {
  return db
    .selectFrom('selections')
    .selectAll()
    .where('student_id', '=', studentId)
    .orderBy('id', 'desc')
    .execute()
}

/** The badges of a page by row id, in their order. */
export async function badgeIdsOf(db: Db, selectionId: number): Promise<number[]> {
  const rows = await db
    .selectFrom('selection_badges')
    .select('badge_id')
    .where('selection_id', '=', selectionId)
    .orderBy('position')
    .execute()
  return rows.map(({ badge_id }) => badge_id)
}

export type PlaceOfSelection = Pick<Selection, 'created_at' | 'closed_at' | 'until_day'> &
  Pick<Row<'selection_badges'>, 'badge_id'>

/** Each badge on each page of a student, whether the page opens or not. */
export function listPlacesOfSelections(db: Db, studentId: number): Promise<PlaceOfSelection[]> {
  return db
    .selectFrom('selections')
    .innerJoin('selection_badges as place', 'place.selection_id', 'selections.id')
    .select(['selections.created_at', 'selections.closed_at', 'selections.until_day'])
    .select('place.badge_id')
    .where('selections.student_id', '=', studentId)
    .execute()
}

/** Closes a page, for good. @returns false when it was closed already */
export async function markSelectionClosed(db: Db, id: number, at: Date): Promise<boolean> {
  const result = await db
    .updateTable('selections')
    .set({ closed_at: at.toISOString() })
    .where('id', '=', id)
    .where('closed_at', 'is', null)
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}
