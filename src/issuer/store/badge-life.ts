import type { UpdateQueryBuilder, UpdateResult } from 'kysely'
import type { Db, Schema } from '../../store/schema.js'

/** Keeps the signed endorsement, once: a second signature of the same bytes is the same. */
export async function saveSignedEndorsement(db: Db, id: number, document: string): Promise<void> {
  await db
    .updateTable('badges')
    .set({ endorsement_document: document })
    .where('id', '=', id)
    .where('endorsement_document', 'is', null)
    .execute()
}

export type Frozen = Readonly<{ text: string; preparation: string }>

/** Freezes the endorsement’s bytes, once. @returns false when an earlier run has frozen its own */
export function freezeEndorsement(db: Db, id: number, frozen: Frozen): Promise<boolean> {
  const columns = {
    endorsement_prepared: frozen.text,
    endorsement_preparation: frozen.preparation,
  }
  return changed(
    db
      .updateTable('badges')
      .set(columns)
      .where('id', '=', id)
      .where('endorsement_preparation', 'is', null),
  )
}

/** Freezes the badge’s bytes, once. @returns false when an earlier run has frozen its own */
export function freezeBadge(db: Db, id: number, frozen: Frozen, at: Date): Promise<boolean> {
  const columns = {
    badge_prepared: frozen.text,
    badge_preparation: frozen.preparation,
    prepared_at: at.toISOString(),
  }
  return changed(
    db
      .updateTable('badges')
      .set(columns)
      .where('id', '=', id)
      .where('badge_preparation', 'is', null),
  )
}

/**
 * Keeps the signed badge, which our verifier has found valid, apart from what anybody is shown.
 *
 * @returns false when an earlier run has kept its own, or the badge is void
 */
export function saveSigned(db: Db, id: number, document: string, at: Date): Promise<boolean> {
  return changed(
    db
      .updateTable('badges')
      .set({ badge_signed: document, signed_at: at.toISOString() })
      .where('id', '=', id)
      .where('badge_signed', 'is', null)
      .where('released_at', 'is', null),
  )
}

/** Keeps where the log has a badge. */
export async function saveLogged(
  db: Db,
  id: number,
  { position, nonce }: Readonly<{ position: number; nonce: string }>,
): Promise<void> {
  await db
    .updateTable('badges')
    .set({ log_position: position, log_nonce: nonce })
    .where('id', '=', id)
    .where('log_position', 'is', null)
    .execute()
}

/**
 * Nothing signed leaves the house before this is committed.
 *
 * @returns false for a badge that is void or was released before: nothing is changed
 */
export function releaseBadge(db: Db, id: number, document: string, at: Date): Promise<boolean> {
  return changed(
    db
      .updateTable('badges')
      .set({ badge_document: document, badge_signed: null, released_at: at.toISOString() })
      .where('id', '=', id)
      .where('badge_signed', '=', document)
      .where('released_at', 'is', null),
  )
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
      endorsement_document: badge.endorsement_document,
      reserved_at: badge.reserved_at,
      voided_at: why.at.toISOString(),
      reason: why.reason,
      revoked_by_id: why.revocation?.byId ?? null,
      revocation_reason: why.revocation?.reason ?? null,
    })
    .execute()
  return true
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

/** Whether an update found its row. */
async function changed(
  query: UpdateQueryBuilder<Schema, 'badges', 'badges', UpdateResult>,
): Promise<boolean> {
  return (await query.executeTakeFirst()).numUpdatedRows === 1n
}
