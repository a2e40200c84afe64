import type { Db } from '../../store/schema.js'

/** The number of an organisation’s own page at LinkedIn, which gives its logo to who adds a badge there; null: none. */
export async function findLinkedInId(db: Db, organisationId: number): Promise<string | null> {
  const row = await db
    .selectFrom('organisations')
    .select('linkedin_id')
    .where('id', '=', organisationId)
    .executeTakeFirst()
  return row?.linkedin_id ?? null
}

export async function setLinkedInId(
  db: Db,
  organisationId: number,
  linkedInId: string | null,
): Promise<void> {
  await db
    .updateTable('organisations')
    .set({ linkedin_id: linkedInId })
    .where('id', '=', organisationId)
    .execute()
}
