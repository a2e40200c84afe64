import type { Db, NewRow, Row } from '../../store/schema.js'
import { WRITTEN_MENTIONS, type Mentions } from './agreement.js'

export async function mentionsOf(db: Db, placementId: number): Promise<Mentions> {
  return (await listMentions(db, [placementId])).get(placementId) ?? {}
}

/** What the agreements of some placements say, by placement. */
export async function listMentions(
  db: Db,
  placementIds: readonly number[],
): Promise<Map<number, Mentions>> {
  if (placementIds.length === 0) return new Map()
  const rows = await db
    .selectFrom('agreement_mentions')
    .selectAll()
    .where('placement_id', 'in', [...placementIds])
    .execute()
  const found = Map.groupBy(rows, ({ placement_id }) => placement_id)
  return new Map(
    [...found].map(([id, own]) => [
      id,
      Object.fromEntries(own.map(({ mention, text }) => [mention, text])),
    ]),
  )
}

/** Replaces all that the agreement says. */
export async function saveMentions(db: Db, placementId: number, said: Mentions): Promise<void> {
  await db.deleteFrom('agreement_mentions').where('placement_id', '=', placementId).execute()
  const rows = WRITTEN_MENTIONS.flatMap((mention) => {
    const text = said[mention]?.trim() ?? ''
    return text === '' ? [] : [{ placement_id: placementId, mention, text }]
  })
  if (rows.length > 0) await db.insertInto('agreement_mentions').values(rows).execute()
}

export async function listSignatures(
  db: Db,
  placementIds: readonly number[],
): Promise<Row<'agreement_signatures'>[]> {
  if (placementIds.length === 0) return []
  return db
    .selectFrom('agreement_signatures')
    .selectAll()
    .where('placement_id', 'in', [...placementIds])
    .orderBy('id')
    .execute()
}

/** @returns false if this party has signed already */
export async function insertSignature(
  db: Db,
  row: NewRow<'agreement_signatures'>,
): Promise<boolean> {
  const result = await db
    .insertInto('agreement_signatures')
    .values(row)
    .onConflict((conflict) => conflict.columns(['placement_id', 'party']).doNothing())
    .executeTakeFirst()
  return result.numInsertedOrUpdatedRows === 1n
}

/** Who follows a tutor has signed nothing. */
export async function deleteSignature(db: Db, placementId: number, party: string): Promise<void> {
  await db
    .deleteFrom('agreement_signatures')
    .where('placement_id', '=', placementId)
    .where('party', '=', party)
    .execute()
}
