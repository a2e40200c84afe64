import type { Db, NewRow } from '../../store/schema.js'
import { Mapping } from '../class-list/column-mapping.js'

/** What a school said of the columns of such a file; undefined if nothing, or nothing that is read today. */
export async function findMapping(
  db: Db,
  schoolId: number,
  headerFingerprint: string,
): Promise<Mapping | undefined> {
  const row = await db
    .selectFrom('column_mappings')
    .select('mapping')
    .where('school_id', '=', schoolId)
    .where('header_fingerprint', '=', headerFingerprint)
    .executeTakeFirst()
  return row && Mapping.safeParse(JSON.parse(row.mapping)).data
}

/** The last word counts. */
export async function saveMapping(db: Db, row: NewRow<'column_mappings'>): Promise<void> {
  const { mapping, chosen_by_id, chosen_at } = row
  await db
    .insertInto('column_mappings')
    .values(row)
    .onConflict((conflict) =>
      conflict
        .columns(['school_id', 'header_fingerprint'])
        .doUpdateSet({ mapping, chosen_by_id, chosen_at }),
    )
    .execute()
}
