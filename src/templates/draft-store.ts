import type { Db } from '../store/schema.js'

/** Whoever had proposed it has proposed something else. */
const PROPOSED_BY_NOBODY = {
  proposed_at: null,
  proposed_by_id: null,
  proposed_digest: null,
  proposed_function: null,
}

/** Changes a draft that is still as it was read: nobody has proposed it then. @returns false when it was changed or published since */
export async function replaceDraft(
  db: Db,
  draft: Readonly<{ id: number; digest: string }>,
  next: Readonly<{ definition: string; digest: string }>,
): Promise<boolean> {
  const result = await db
    .updateTable('template_versions')
    .set({ ...next, ...PROPOSED_BY_NOBODY })
    .where('id', '=', draft.id)
    .where('digest', '=', draft.digest)
    .where('published_at', 'is', null)
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

/** @returns the new version's id; undefined when there is one of that number already */
export async function insertNextVersion(
  db: Db,
  row: Readonly<{
    template_id: number
    number: number
    definition: string
    digest: string
    created_at: string
    created_by_id: number
  }>,
): Promise<number | undefined> {
  const inserted = await db
    .insertInto('template_versions')
    .values(row)
    .onConflict((conflict) => conflict.columns(['template_id', 'number']).doNothing())
    .returning('id')
    .executeTakeFirst()
  return inserted?.id
}

/** @returns false when it was archived already */
export async function markArchived(db: Db, templateId: number, at: string): Promise<boolean> {
  const result = await db
    .updateTable('templates')
    .set({ archived_at: at })
    .where('id', '=', templateId)
    .where('archived_at', 'is', null)
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

/** The versions of a template, as ids, newest first. */
export async function listVersionIds(db: Db, templatePublicId: string): Promise<number[]> {
  const rows = await db
    .selectFrom('template_versions')
    .innerJoin('templates', 'templates.id', 'template_versions.template_id')
    .select('template_versions.id')
    .where('templates.public_id', '=', templatePublicId)
    .orderBy('template_versions.number', 'desc')
    .execute()
  return rows.map(({ id }) => id)
}
