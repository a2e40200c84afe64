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

/** The link that a token opens; closed links open nothing. */
export function findOpenLink(db: Db, tokenHash: string): Promise<ShareLink | undefined> {
  return db
    .selectFrom('share_links')
    .selectAll()
    .where('token_hash', '=', tokenHash)
    .where('closed_at', 'is', null)
    .executeTakeFirst()
}

/** The link that a short code stands for; closed links open nothing. */
export function findOpenLinkByCode(db: Db, fingerprint: string): Promise<ShareLink | undefined> {
  return db
    .selectFrom('share_links')
    .selectAll()
    .where('code_fingerprint', '=', fingerprint)
    .where('closed_at', 'is', null)
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

/** Open links of some badges, newest first. */
export function listOpenLinks(db: Db, badgeIds: readonly number[]): Promise<ShareLink[]> {
  return db
    .selectFrom('share_links')
    .selectAll()
    .where('badge_id', 'in', [-1, ...badgeIds])
    .where('closed_at', 'is', null)
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
