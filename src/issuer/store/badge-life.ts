import { sql } from 'kysely'
import { updateMany } from '../../store/update-many.js'
import type { Db } from '../../store/schema.js'

/** Of one badge. */
type Of<Values> = Readonly<{ id: number } & Values>

/** Keeps signed endorsements, each once: a second signature of the same bytes is the same. */
export async function saveSignedEndorsements(
  db: Db,
  signed: readonly Of<{ document: string }>[],
): Promise<void> {
  await updateMany(db, 'badge_drafts', {
    columns: { endorsement_document: 'text' },
    rows: signed.map(({ id, document }) => ({ id, set: [document] })),
    where: sql`badge_drafts.endorsement_document is null`,
  })
}

export type Kept = Of<{ packed: Uint8Array; commonId: number; position: number; nonce: string }>

/**
 * Keeps signed badges, which our verifier has found valid, and where the log has them. They are held, and none
 * of them was kept before.
 */
export async function saveSigned(db: Db, signed: readonly Kept[], at: Date): Promise<void> {
  if (signed.length === 0) return
  const signedAt = at.toISOString()
  await db
    .insertInto('badge_documents')
    .values(signed.map(({ id, commonId: common_id, packed }) => ({ id, common_id, packed })))
    .execute()
  await updateMany(db, 'badges', {
    columns: { signed_at: 'text', log_position: 'integer', log_nonce: 'text' },
    rows: signed.map(({ id, position, nonce }) => ({ id, set: [signedAt, position, nonce] })),
  })
}

/** Keeps where the log has badges that were signed before there was one. */
export async function saveLogged(
  db: Db,
  logged: readonly Of<{ position: number; nonce: string }>[],
): Promise<void> {
  await updateMany(db, 'badges', {
    columns: { log_position: 'integer', log_nonce: 'text' },
    rows: logged.map(({ id, position, nonce }) => ({ id, set: [position, nonce] })),
    where: sql`badges.log_position is null`,
  })
}

/** Nothing signed leaves the house before this is committed. The badges are held, signed and not released yet. */
export async function markReleased(db: Db, ids: readonly number[], at: Date): Promise<void> {
  if (ids.length === 0) return
  await db
    .updateTable('badges')
    .set({ released_at: at.toISOString() })
    .where('id', 'in', ids)
    .execute()
  await db.deleteFrom('badge_drafts').where('id', 'in', ids).execute()
}

export const VOID_REASONS = ['facts-changed', 'not-signable', 'revoked'] as const
export type VoidReason = (typeof VOID_REASONS)[number]

/**
 * Takes a reservation back, and keeps a record of it: its places in the status lists stay taken.
 *
 * @param revocation by whom and why, if that is the reason
 * @returns false for a badge that was released, or is void already: nothing is changed
 */
export async function voidBadge(
  db: Db,
  id: number,
  why: Readonly<{
    reason: VoidReason
    at: Date
    revocation?: Readonly<{ byId: number | null; reason: string }>
  }>,
): Promise<boolean> {
  const draft = await db
    .selectFrom('badge_drafts')
    .select('endorsement_document')
    .where('id', '=', id)
    .executeTakeFirst()
  const badge = await db
    .deleteFrom('badges')
    .where('id', '=', id)
    .where('released_at', 'is', null)
    .returningAll()
    .executeTakeFirst()
  if (!badge) return false
  await db
    .insertInto('voided_badges')
    .values({
      public_id: badge.public_id,
      dossier_id: badge.dossier_id,
      credential_id: badge.credential_id,
      status_entry_id: badge.status_entry_id,
      endorsement_id: badge.endorsement_id,
      endorsement_entry_id: badge.endorsement_entry_id,
      endorsement_document: draft?.endorsement_document ?? null,
      reserved_at: badge.reserved_at,
      voided_at: why.at.toISOString(),
      reason: why.reason,
      revoked_by_id: why.revocation?.byId ?? null,
      revocation_reason: why.revocation?.reason ?? null,
    })
    .execute()
  return true
}

/** Badges by their public ids, and since when they are released; their documents stay packed. */
export function listReleases(
  db: Db,
  publicIds: readonly string[],
): Promise<{ id: number; public_id: string; released_at: string | null }[]> {
  return db
    .selectFrom('badges')
    .select(['id', 'public_id', 'released_at'])
    .where('public_id', 'in', ['', ...publicIds])
    .execute()
}

/** Which of some reservations are void, and why. */
export function listVoided(
  db: Db,
  publicIds: readonly string[],
): Promise<{ public_id: string; reason: string | null }[]> {
  return db
    .selectFrom('voided_badges')
    .select(['public_id', 'reason'])
    .where('public_id', 'in', ['', ...publicIds])
    .execute()
}

export async function markRevoked(
  db: Db,
  revocation: Readonly<{ id: number; reason: string; byId: number | null; at: Date }>,
): Promise<boolean> {
  const result = await db
    .updateTable('badges')
    .set({
      revoked_at: revocation.at.toISOString(),
      revocation_reason: revocation.reason,
      revoked_by_id: revocation.byId,
    })
    .where('id', '=', revocation.id)
    .where('released_at', 'is not', null)
    .where('revoked_at', 'is', null)
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}
