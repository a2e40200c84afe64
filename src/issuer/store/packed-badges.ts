import { unpack } from '../../store/packed.js'
import type { Db, Row } from '../../store/schema.js'

export type PackedBadge = Row<'badges'>
/** A badge with its signed documents as they are read. */
export type Badge = PackedBadge &
  Readonly<{
    /** Signed and found valid by our verifier; it has not left the house. */
    badge_signed: string | null
    /** Released: what anybody may be shown. */
    badge_document: string | null
  }>

/** Rows with their documents unpacked. */
export async function readable<One extends PackedBadge>(
  db: Db,
  rows: readonly One[],
): Promise<(One & Badge)[]> {
  const commons = await listCommons(
    db,
    rows.map(({ common_id }) => common_id),
  )
  return rows.map((row) => {
    const common = commons.get(row.common_id ?? NOBODY)
    const read = (bytes: Uint8Array | null) => bytes && unlessDamaged(() => unpack(bytes, common))
    return {
      ...row,
      badge_signed: read(row.signed_packed),
      badge_document: read(row.document_packed),
    }
  })
}

/** The same for one that may be there. */
export async function readableOne<One extends PackedBadge>(
  db: Db,
  row: One | undefined,
): Promise<(One & Badge) | undefined> {
  return row && (await readable(db, [row]))[0]
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

/** No row has it. */
const NOBODY = -1
