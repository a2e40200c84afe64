import type { KeyHandle } from '../context.js'
import { hasRowLocks } from '../store/row-locks.js'
import type { Db, Row } from '../store/schema.js'

export type StoredKey = Row<'organisation_keys'>

/** Badges, lists and endorsements are signed by the Ed25519 key, tokens of Open Badges by the RSA key (RS256). */
export type KeyKind = 'Ed25519' | 'RSA'

export function kindOfKey({ public_key_jwk }: Pick<StoredKey, 'public_key_jwk'>): KeyKind {
  return public_key_jwk === null ? 'Ed25519' : 'RSA'
}

/**
 * `announced`: published, not signing yet. `active`: the one that signs. `retired`: verifies for ever, never
 * signs again. `revoked`: somebody else may have it.
 */
export type KeyStage = 'announced' | 'active' | 'retired' | 'revoked'

/** Where a key of an organisation or of the service stands. */
export function stageOfKey(
  key: Pick<StoredKey, 'activated_at' | 'retired_at' | 'revoked_at'>,
): KeyStage {
  if (key.revoked_at !== null) return 'revoked'
  if (key.retired_at !== null) return 'retired'
  return key.activated_at === null ? 'announced' : 'active'
}

/** What names a key to the key ring. */
export function handleOf(
  row: Readonly<{ public_key_multibase: string; provider: string }>,
): KeyHandle {
  return { name: row.public_key_multibase, provider: row.provider }
}

/** The same, as its row has it. */
export function columnsOf({ name, provider }: KeyHandle) {
  return { public_key_multibase: name, provider }
}

export function findKey(db: Db, publicKeyMultibase: string): Promise<StoredKey | undefined> {
  return db
    .selectFrom('organisation_keys')
    .selectAll()
    .where('public_key_multibase', '=', publicKeyMultibase)
    .executeTakeFirst()
}

type NewKey = Pick<
  StoredKey,
  'organisation_id' | 'public_key_multibase' | 'public_key_jwk' | 'provider' | 'created_at'
>

/**
 * Keeps a key that is announced, or one that signs at once.
 *
 * @returns false when the organisation has another of its kind in that place: nothing is changed
 */
export async function insertNext(
  db: Db,
  row: NewKey & Partial<Pick<StoredKey, 'activated_at'>>,
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
export async function retireActive(
  db: Db,
  { organisationId, kind }: Readonly<{ organisationId: number; kind: KeyKind }>,
  at: Date,
): Promise<void> {
  await db
    .updateTable('organisation_keys')
    .set({ retired_at: at.toISOString() })
    .where('organisation_id', '=', organisationId)
    .where('public_key_jwk', kind === 'RSA' ? 'is not' : 'is', null)
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
