import type { Db, NewRow, Row } from '../../store/schema.js'

export type ShareLink = Row<'share_links'>

/** @returns false when its code was given to another link before */
export async function insertLink(db: Db, link: NewRow<'share_links'>): Promise<boolean> {
  const result = await db
    .insertInto('share_links')
    .values(link)
    .onConflict((conflict) => conflict.column('code_fingerprint').doNothing())
    .executeTakeFirst()
  return result.numInsertedOrUpdatedRows === 1n
}

export function findLink(db: Db, publicId: string): Promise<ShareLink | undefined> {
  return db
    .selectFrom('share_links')
    .selectAll()
    .where('public_id', '=', publicId)
    .executeTakeFirst()
}

/** The link that a token is of, whether it opens or not. */
export function findLinkByToken(db: Db, tokenHash: string): Promise<ShareLink | undefined> {
  return db
    .selectFrom('share_links')
    .selectAll()
    .where('token_hash', '=', tokenHash)
    .executeTakeFirst()
}

/** The link that a short code stands for, whether it opens or not. */
export function findLinkByCode(db: Db, fingerprint: string): Promise<ShareLink | undefined> {
  return db
    .selectFrom('share_links')
    .selectAll()
    .where('code_fingerprint', '=', fingerprint)
    .executeTakeFirst()
}

/** Gives a link that has none its short code. @throws {Error} for a code that another link has */
export async function giveCode(
  db: Db,
  id: number,
  code: Readonly<{ code_fingerprint: string; code_sealed: string }>,
): Promise<void> {
  await db
    .updateTable('share_links')
    .set(code)
    .where('id', '=', id)
    .where('code_fingerprint', 'is', null)
    .execute()
}

/** All links of some badges, newest first: those that open, and those that do no more. */
export function listLinks(db: Db, badgeIds: readonly number[]): Promise<ShareLink[]> {
  return db
    .selectFrom('share_links')
    .selectAll()
    .where('badge_id', 'in', [-1, ...badgeIds])
    .orderBy('id', 'desc')
    .execute()
}

/** Closes a link, for good. @returns false when it was closed already */
export async function markClosed(db: Db, id: number, at: Date): Promise<boolean> {
  const result = await db
    .updateTable('share_links')
    .set({ closed_at: at.toISOString() })
    .where('id', '=', id)
    .where('closed_at', 'is', null)
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

/** Counts one opening of a page. @param day YYYY-MM-DD */
export async function countOpening(db: Db, id: number, day: string): Promise<void> {
  await db
    .updateTable('share_links')
    .set((eb) => ({ opened_count: eb('opened_count', '+', 1), last_opened_day: day }))
    .where('id', '=', id)
    .execute()
}

/** Whether a name may be asked for; what was wrong before is forgotten. @returns false for a link that is closed */
export async function setNameCheck(db: Db, id: number, allowed: boolean): Promise<boolean> {
  const result = await db
    .updateTable('share_links')
    .set({ name_check: allowed ? 1 : 0, wrong_names: 0 })
    .where('id', '=', id)
    .where('closed_at', 'is', null)
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

/**
 * Counts a name as wrong before it is compared, so that many at once are not one.
 *
 * @returns false when names may not be asked for, or `most` were wrong: nothing is then counted
 */
export async function takeNameTry(db: Db, id: number, most: number): Promise<boolean> {
  const result = await db
    .updateTable('share_links')
    .set((eb) => ({ wrong_names: eb('wrong_names', '+', 1) }))
    .where('id', '=', id)
    .where('name_check', '=', 1)
    .where('wrong_names', '<', most)
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

/** Takes back what `takeNameTry` counted: the name was right. */
export async function giveBackNameTry(db: Db, id: number): Promise<void> {
  await db
    .updateTable('share_links')
    .set((eb) => ({ wrong_names: eb('wrong_names', '-', 1) }))
    .where('id', '=', id)
    .where('wrong_names', '>', 0)
    .execute()
}

/**
 * Takes the links of some badges out of the store, for an erasure. Their addresses answer as those of closed ones, by
 * the hash of a token that nobody else knows.
 */
export async function eraseLinks(db: Db, badgeIds: readonly number[]): Promise<void> {
  for (const { id, token_hash } of await listLinks(db, badgeIds)) {
    await keepErasedToken(db, token_hash)
    await db.deleteFrom('share_links').where('id', '=', id).execute()
  }
}

/** What is left of an address that is erased: it answers as that of a closed one. */
export async function keepErasedToken(db: Db, tokenHash: string): Promise<void> {
  await db
    .insertInto('erased_links')
    .values({ token_hash: tokenHash })
    .onConflict((conflict) => conflict.column('token_hash').doNothing())
    .execute()
}

export async function wasErased(db: Db, tokenHash: string): Promise<boolean> {
  const found = await db
    .selectFrom('erased_links')
    .select('id')
    .where('token_hash', '=', tokenHash)
    .executeTakeFirst()
  return found !== undefined
}
