import type { Db, NewRow, Row } from '../../store/schema.js'

export async function insertPlan(
  db: Db,
  row: NewRow<'placements'>,
  plan: Omit<NewRow<'placement_plans'>, 'placement_id'>,
): Promise<void> {
  const { id } = await db
    .insertInto('placements')
    .values(row)
    .returning('id')
    .executeTakeFirstOrThrow()
  await db
    .insertInto('placement_plans')
    .values({ ...plan, placement_id: id })
    .execute()
}

/** @returns false if its days are known already, or it was cancelled; nothing is then changed */
export async function saveDaysDone(
  db: Db,
  placementId: number,
  said: Readonly<{ daysDone: number | null; untilDay: string; byId: number; at: string }>,
): Promise<boolean> {
  const result = await db
    .updateTable('placements')
    .set({
      days_done: said.daysDone,
      until_day: said.untilDay,
      recorded_by_id: said.byId,
      recorded_at: said.at,
    })
    .where('id', '=', placementId)
    .where('days_done', 'is', null)
    .where('confirmed_at', 'is', null)
    .where('id', 'not in', (of) =>
      of
        .selectFrom('placement_plans')
        .select('placement_id')
        .where('placement_id', '=', placementId)
        .where('cancelled_at', 'is not', null),
    )
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

export async function saveTutor(db: Db, placementId: number, tutorId: number): Promise<void> {
  await db
    .updateTable('placements')
    .set({ tutor_id: tutorId })
    .where('id', '=', placementId)
    .execute()
}

/** @returns false if it was cancelled before, or its days are known, or it has no plan */
export async function saveCancelled(db: Db, placementId: number, at: string): Promise<boolean> {
  const result = await db
    .updateTable('placement_plans')
    .set({ cancelled_at: at })
    .where('placement_id', '=', placementId)
    .where('cancelled_at', 'is', null)
    .where('placement_id', 'not in', (of) =>
      of
        .selectFrom('placements')
        .select('id')
        .where('id', '=', placementId)
        .where('days_done', 'is not', null),
    )
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

/** @returns false if a visit of that day is there already */
export async function insertVisit(db: Db, row: NewRow<'placement_visits'>): Promise<boolean> {
  const result = await db
    .insertInto('placement_visits')
    .values(row)
    .onConflict((conflict) => conflict.columns(['placement_id', 'day']).doNothing())
    .executeTakeFirst()
  return result.numInsertedOrUpdatedRows === 1n
}

export async function listVisits(
  db: Db,
  placementIds: readonly number[],
): Promise<Row<'placement_visits'>[]> {
  if (placementIds.length === 0) return []
  return db
    .selectFrom('placement_visits')
    .selectAll()
    .where('placement_id', 'in', [...placementIds])
    .orderBy('day')
    .execute()
}

/**
 * Writes the next version of a placement: nobody has confirmed it yet. Whether its student still contests it, the act decides.
 *
 * @returns false if `seen.version` is not the last one; nothing is then changed
 */
export async function revisePlacement(
  db: Db,
  seen: Readonly<{ id: number; version: number }>,
  said: Readonly<{ fromDay: string; untilDay: string; daysDone: number; byId: number; at: string }>,
): Promise<boolean> {
  const result = await db
    .updateTable('placements')
    .set({
      from_day: said.fromDay,
      until_day: said.untilDay,
      days_done: said.daysDone,
      recorded_by_id: said.byId,
      recorded_at: said.at,
      confirmed_by_id: null,
      confirmed_function: null,
      confirmed_at: null,
      version: seen.version + 1,
    })
    .where('id', '=', seen.id)
    .where('version', '=', seen.version)
    .where('days_done', 'is not', null)
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}
