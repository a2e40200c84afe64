import type { Db } from '../../store/schema.js'
import type { Dossier } from './dossiers.js'

/** @returns false for a badge that is held or revoked already, or is not released: nothing is changed */
export async function markHeld(db: Db, id: number, at: Date): Promise<boolean> {
  const result = await db
    .updateTable('badges')
    .set({ held_at: at.toISOString() })
    .where('id', '=', id)
    .where('released_at', 'is not', null)
    .where('revoked_at', 'is', null)
    .where('held_at', 'is', null)
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

/** @returns false for a badge that is not held, or is revoked: nothing is changed */
export async function markRestored(db: Db, id: number): Promise<boolean> {
  const result = await db
    .updateTable('badges')
    .set({ held_at: null })
    .where('id', '=', id)
    .where('revoked_at', 'is', null)
    .where('held_at', 'is not', null)
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

/** The dossier whose badge replaces another, or will. */
export function findReplacement(db: Db, badgeId: number): Promise<Dossier | undefined> {
  return db
    .selectFrom('dossiers')
    .selectAll()
    .where('replaces_badge_id', '=', badgeId)
    .executeTakeFirst()
}

/** The public id of the released badge that has taken the place of another. */
export async function findSuccessor(db: Db, badgeId: number): Promise<string | undefined> {
  const row = await db
    .selectFrom('dossiers')
    .innerJoin('badges', 'badges.dossier_id', 'dossiers.id')
    .select('badges.public_id')
    .where('dossiers.replaces_badge_id', '=', badgeId)
    .where('badges.released_at', 'is not', null)
    .executeTakeFirst()
  return row?.public_id
}

/** What the book has on a credential that its status list does not tell. */
export async function findStanding(
  db: Db,
  credentialId: string,
): Promise<'held' | 'replaced' | undefined> {
  const badge = await db
    .selectFrom('badges')
    .select(['id', 'held_at', 'revoked_at'])
    .where('credential_id', '=', credentialId)
    .where('released_at', 'is not', null)
    .executeTakeFirst()
  if (!badge) return undefined
  if (badge.revoked_at === null) return badge.held_at === null ? undefined : 'held'
  return (await findSuccessor(db, badge.id)) === undefined ? undefined : 'replaced'
}
