import { unpack } from '../../store/packed.js'
import type { Db, Row } from '../../store/schema.js'

export type BadgeRow = Row<'badges'>
type Drafted = Omit<Row<'badge_drafts'>, 'id'>
/** A badge with its documents as they are read. */
export type Badge = BadgeRow &
  Drafted &
  Readonly<{
    /** Signed and found valid by our verifier; it has not left the house. */
    badge_signed: string | null
    /** Released: what anybody may be shown. */
    badge_document: string | null
  }>

const NO_DRAFT: Drafted = {
  endorsement_preparation: null,
  badge_preparation: null,
  endorsement_prepared: null,
  endorsement_document: null,
  badge_prepared: null,
}

/** Rows with what is drafted and what is signed for them. */
export async function readable<One extends BadgeRow>(
  db: Db,
  rows: readonly One[],
): Promise<(One & Badge)[]> {
  const ids = rows.map(({ id }) => id)
  const documents = await listDocuments(db, ids)
  const drafts = await listDrafts(
    db,
    rows.filter(({ released_at }) => released_at === null).map(({ id }) => id),
  )
  return rows.map((row) => {
    const document = documents.get(row.id) ?? null
    const isReleased = row.released_at !== null
    return {
      ...row,
      ...(drafts.get(row.id) ?? NO_DRAFT),
      badge_signed: isReleased ? null : document,
      badge_document: isReleased ? document : null,
    }
  })
}

/** The same for one that may be there. */
export async function readableOne<One extends BadgeRow>(
  db: Db,
  row: One | undefined,
): Promise<(One & Badge) | undefined> {
  return row && (await readable(db, [row]))[0]
}

async function listDrafts(db: Db, ids: readonly number[]): Promise<ReadonlyMap<number, Drafted>> {
  if (ids.length === 0) return new Map()
  const rows = await db.selectFrom('badge_drafts').selectAll().where('id', 'in', ids).execute()
  return new Map(rows.map(({ id, ...drafted }) => [id, drafted]))
}

async function listDocuments(db: Db, ids: readonly number[]): Promise<ReadonlyMap<number, string>> {
  if (ids.length === 0) return new Map()
  const rows = await db.selectFrom('badge_documents').selectAll().where('id', 'in', ids).execute()
  const commons = await listCommons(
    db,
    rows.map(({ common_id }) => common_id),
  )
  return new Map(
    rows.map(({ id, common_id, packed }) => [
      id,
      unlessDamaged(() => unpack(packed, common_id === null ? undefined : commons.get(common_id))),
    ]),
  )
}

/** What is damaged stops no other; `sceau check` names it. */
function unlessDamaged(read: () => string): string {
  try {
    return read()
  } catch {
    return ''
  }
}

async function listCommons(
  db: Db,
  ids: readonly (number | null)[],
): Promise<ReadonlyMap<number, string>> {
  const wanted = [...new Set(ids)].filter((id) => id !== null)
  if (wanted.length === 0) return new Map()
  const rows = await db.selectFrom('badge_commons').selectAll().where('id', 'in', wanted).execute()
  return new Map(rows.map(({ id, text }) => [id, text]))
}

export type Common = Row<'badge_commons'>

/**
 * What the badges of a ground have in common, kept once.
 *
 * @param said it, if nobody has kept it before
 */
export async function commonOf(db: Db, ground: string, said: () => string): Promise<Common> {
  const find = () =>
    db.selectFrom('badge_commons').selectAll().where('ground', '=', ground).executeTakeFirst()
  const found = await find()
  if (found) return found
  await db
    .insertInto('badge_commons')
    .values({ ground, text: said() })
    .onConflict((conflict) => conflict.column('ground').doNothing())
    .execute()
  const made = await find()
  if (!made) throw new Error(`What the badges of ${ground} have in common was not kept.`)
  return made
}
