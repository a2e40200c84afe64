import type { Db, NewRow, Row } from '../../store/schema.js'

export type DefinitionEndorsement = Row<'definition_endorsements'>

export async function insertDefinitionEndorsement(
  db: Db,
  row: NewRow<'definition_endorsements'>,
): Promise<void> {
  await db.insertInto('definition_endorsements').values(row).execute()
}

export function findDefinitionEndorsement(
  db: Db,
  versionId: number,
): Promise<DefinitionEndorsement | undefined> {
  return db
    .selectFrom('definition_endorsements')
    .selectAll()
    .where('template_version_id', '=', versionId)
    .executeTakeFirst()
}

/** Freezes bytes that will be signed, once. @returns false when an earlier run has frozen its own */
export async function freezeDefinitionEndorsement(
  db: Db,
  id: number,
  { text, preparation }: Readonly<{ text: string; preparation: string }>,
): Promise<boolean> {
  const result = await db
    .updateTable('definition_endorsements')
    .set({ prepared: text, preparation })
    .where('id', '=', id)
    .where('preparation', 'is', null)
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

/** Keeps the signed endorsement, once. @returns false when it was there already */
export async function saveDefinitionEndorsement(
  db: Db,
  signed: Readonly<{ id: number; document: string; at: Date }>,
): Promise<boolean> {
  const result = await db
    .updateTable('definition_endorsements')
    .set({ document: signed.document, signed_at: signed.at.toISOString() })
    .where('id', '=', signed.id)
    .where('document', 'is', null)
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

/** Takes a signature away; the frozen bytes stay, and are signed anew. */
export async function dropSignature(db: Db, id: number, document: string): Promise<void> {
  await db
    .updateTable('definition_endorsements')
    .set({ document: null, signed_at: null })
    .where('id', '=', id)
    .where('document', '=', document)
    .execute()
}
