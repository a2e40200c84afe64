import type { Db, Row } from '../../store/schema.js'
import { MOST_TRIES } from './rules.js'

export type SchoolIdentifier = Row<'school_identifiers'>

export function findIdentifierOf(db: Db, personId: number): Promise<SchoolIdentifier | undefined> {
  return db
    .selectFrom('school_identifiers')
    .selectAll()
    .where('person_id', '=', personId)
    .executeTakeFirst()
}

/** @returns false if the identifier is somebody's, or the person has one */
export async function insertIdentifier(
  db: Db,
  row: Readonly<{ person_id: number; identifier: string; made_at: string }>,
): Promise<boolean> {
  const inserted = await db
    .insertInto('school_identifiers')
    .values({ ...row, tries: 0 })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst()
  return inserted !== undefined
}

/** Gives a person another code: the one before opens nothing any more. */
export async function saveCode(
  db: Db,
  personId: number,
  code: Readonly<{ code_fingerprint: string; expires_at: string; made_at: string }>,
): Promise<void> {
  await db
    .updateTable('school_identifiers')
    .set({ ...code, tries: 0 })
    .where('person_id', '=', personId)
    .execute()
}

/** Counts a try at a code that lives. @returns the code to compare with; undefined if none lives */
export function takeTry(
  db: Db,
  identifier: string,
  now: string,
): Promise<SchoolIdentifier | undefined> {
  return db
    .updateTable('school_identifiers')
    .set((of) => ({ tries: of('tries', '+', 1) }))
    .where('identifier', '=', identifier)
    .where('code_fingerprint', 'is not', null)
    .where('tries', '<', MOST_TRIES)
    .where('expires_at', '>', now)
    .returningAll()
    .executeTakeFirst()
}

/** @returns false if somebody used it first, or there is another */
export async function useCode(db: Db, id: number, fingerprint: string): Promise<boolean> {
  const result = await db
    .updateTable('school_identifiers')
    .set({ code_fingerprint: null, expires_at: null })
    .where('id', '=', id)
    .where('code_fingerprint', '=', fingerprint)
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

/** The printed code opens nothing any more. @returns whether it still did */
export async function withdrawCode(db: Db, personId: number, at: string): Promise<boolean> {
  const kept = await findIdentifierOf(db, personId)
  if (!kept || kept.code_fingerprint === null) return false
  await db
    .updateTable('school_identifiers')
    .set({ code_fingerprint: null })
    .where('id', '=', kept.id)
    .execute()
  return kept.tries < MOST_TRIES && (kept.expires_at ?? '') > at
}
