import type { KeyHandle } from '../context.js'
import { hasRowLocks } from '../store/row-locks.js'
import type { Db, Row } from '../store/schema.js'

export type StoredKey = Row<'organisation_keys'>

/**
 * `announced`: published, not signing yet. `active`: the one that signs. `retired`: verifies for ever, never
 * signs again. `revoked`: somebody else may have it.
 */
export type KeyStage = 'announced' | 'active' | 'retired' | 'revoked'

/** Where a key stands; one without a word of `activated_at` is not asked to wait (the service's own). */
export function stageOfKey(
  key: Pick<StoredKey, 'retired_at' | 'revoked_at'> & { activated_at?: string | null },
): KeyStage {
  if (key.revoked_at !== null) return 'revoked'
  if (key.retired_at !== null) return 'retired'
  return key.activated_at === null ? 'announced' : 'active'
}

/** What names a key to the key ring. */
export function handleOf(
  row: Readonly<{ public_key_multibase: string; provider: string }>,
): KeyHandle {
  return { publicKeyMultibase: row.public_key_multibase, provider: row.provider }
}

/** The same, as its row has it. */
export function columnsOf({ publicKeyMultibase, provider }: KeyHandle) {
  return { public_key_multibase: publicKeyMultibase, provider }
}

export function findKey(db: Db, publicKeyMultibase: string): Promise<StoredKey | undefined> {
  return db
    .selectFrom('organisation_keys')
    .selectAll()
    .where('public_key_multibase', '=', publicKeyMultibase)
    .executeTakeFirst()
}

/** @returns false when the organisation has announced another: nothing is changed */
export async function insertAnnounced(
  db: Db,
  row: Pick<StoredKey, 'organisation_id' | 'public_key_multibase' | 'provider' | 'created_at'>,
): Promise<boolean> {
  const made = await db
    .insertInto('organisation_keys')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst()
  return made !== undefined
}

/**
 * Holds the keys of an organisation until the transaction ends, before it writes the audit: who keeps what one
 * of them has signed does it in that order.
 */
export async function holdKeys(db: Db, organisationId: number): Promise<void> {
  await db
    .selectFrom('organisation_keys')
    .select('id')
    .where('organisation_id', '=', organisationId)
    .orderBy('id')
    .$if(hasRowLocks(db), (query) => query.forNoKeyUpdate())
    .execute()
}

/** Ends the key that signs, if one does; `at` is what its publication says. */
export async function retireActive(db: Db, organisationId: number, at: Date): Promise<void> {
  await db
    .updateTable('organisation_keys')
    .set({ retired_at: at.toISOString() })
    .where('organisation_id', '=', organisationId)
    .where('activated_at', 'is not', null)
    .where('retired_at', 'is', null)
    .where('revoked_at', 'is', null)
    .execute()
}

/** @returns false when it does not wait any more */
export async function activate(db: Db, id: number, at: Date): Promise<boolean> {
  const result = await db
    .updateTable('organisation_keys')
    .set({ activated_at: at.toISOString() })
    .where('id', '=', id)
    .where('activated_at', 'is', null)
    .where('revoked_at', 'is', null)
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

/** @returns false when it is revoked already */
export async function revoke(db: Db, id: number, since: Date): Promise<boolean> {
  const result = await db
    .updateTable('organisation_keys')
    .set({ revoked_at: since.toISOString() })
    .where('id', '=', id)
    .where('revoked_at', 'is', null)
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

/**
 * Holds a key until the transaction ends: who would retire it waits.
 *
 * @returns false when it does not sign any more
 */
export async function holdActive(db: Db, publicKeyMultibase: string): Promise<boolean> {
  const result = await db
    .updateTable('organisation_keys')
    .set((of) => ({ activated_at: of.ref('activated_at') }))
    .where('public_key_multibase', '=', publicKeyMultibase)
    .where('activated_at', 'is not', null)
    .where('retired_at', 'is', null)
    .where('revoked_at', 'is', null)
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}
