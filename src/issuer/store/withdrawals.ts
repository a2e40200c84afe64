import type { Db, NewRow, Row } from '../../store/schema.js'

export type EndorsementWithdrawal = Row<'endorsement_withdrawals'>

/** @returns false when that endorsement was withdrawn already: nothing is then changed */
export async function insertWithdrawal(
  db: Db,
  row: NewRow<'endorsement_withdrawals'>,
): Promise<boolean> {
  const inserted = await db
    .insertInto('endorsement_withdrawals')
    .values(row)
    .onConflict((conflict) => conflict.column('status_entry_id').doNothing())
    .returning('id')
    .executeTakeFirst()
  return inserted !== undefined
}

/** What was withdrawn of what a badge bears: of the award, or of its definition. */
export function listWithdrawalsFor(
  db: Db,
  { badgeId, versionId }: Readonly<{ badgeId: number; versionId: number }>,
): Promise<EndorsementWithdrawal[]> {
  return db
    .selectFrom('endorsement_withdrawals')
    .selectAll()
    .where((of) => of.or([of('badge_id', '=', badgeId), of('template_version_id', '=', versionId)]))
    .orderBy('id')
    .execute()
}

/** The schools that have a dossier for a version: they are told. */
export async function listSchoolsWith(db: Db, versionId: number): Promise<number[]> {
  const rows = await db
    .selectFrom('dossiers')
    .select('school_id')
    .distinct()
    .where('template_version_id', '=', versionId)
    .execute()
  return rows.map(({ school_id }) => school_id)
}
