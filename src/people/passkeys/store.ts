import { hasRowLocks } from '../../store/row-locks.js'
import type { Db, NewRow, Row } from '../../store/schema.js'

export type Passkey = Row<'passkeys'>

/** @returns false if somebody has registered the same credential; nothing is then changed */
export async function insertPasskey(db: Db, row: NewRow<'passkeys'>): Promise<boolean> {
  const inserted = await db
    .insertInto('passkeys')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst()
  return inserted !== undefined
}

/** Oldest first. */
export function listPasskeys(db: Db, personId: number): Promise<Passkey[]> {
  return db
    .selectFrom('passkeys')
    .selectAll()
    .where('person_id', '=', personId)
    .orderBy('id')
    .execute()
}

/** A passkey of a person who is not disabled, with whose it is. */
export function findPasskey(
  db: Db,
  credentialId: string,
): Promise<(Passkey & { personPublicId: string }) | undefined> {
  return db
    .selectFrom('passkeys')
    .innerJoin('persons', 'persons.id', 'passkeys.person_id')
    .selectAll('passkeys')
    .select('persons.public_id as personPublicId')
    .where('credential_id', '=', credentialId)
    .where('persons.disabled_at', 'is', null)
    .executeTakeFirst()
}

/**
 * Notes a use, if nobody has used it since it was read.
 *
 * @returns false if somebody has, or it is there no more
 */
export async function saveUse(
  db: Db,
  { id, sign_count }: Pick<Passkey, 'id' | 'sign_count'>,
  use: Readonly<{ counter: number; at: string }>,
): Promise<boolean> {
  const result = await db
    .updateTable('passkeys')
    .set({ sign_count: use.counter, last_used_at: use.at })
    .where('id', '=', id)
    .where('sign_count', '=', sign_count)
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

type OfPerson = Readonly<{ personId: number; publicId: string }>

/** @returns false if this person has no such passkey */
export async function savePasskeyName(db: Db, of: OfPerson, name: string): Promise<boolean> {
  const result = await db
    .updateTable('passkeys')
    .set({ name })
    .where('person_id', '=', of.personId)
    .where('public_id', '=', of.publicId)
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

/** @returns it; undefined if this person has no such passkey */
export function deletePasskey(db: Db, of: OfPerson): Promise<Passkey | undefined> {
  return db
    .deleteFrom('passkeys')
    .where('person_id', '=', of.personId)
    .where('public_id', '=', of.publicId)
    .returningAll()
    .executeTakeFirst()
}

/** Holds a person's row until the transaction ends: who counts their passkeys counts all. */
export async function lockPerson(db: Db, id: number): Promise<void> {
  await db
    .selectFrom('persons')
    .select('id')
    .where('id', '=', id)
    .$if(hasRowLocks(db), (query) => query.forUpdate())
    .execute()
}

export type Purpose = 'register' | 'sign-in' | 'step-up'

/** Keeps a challenge, and forgets all that can't be answered any more. */
export async function keepChallenge(
  db: Db,
  row: NewRow<'passkey_challenges'> & { purpose: Purpose },
  now: string,
): Promise<void> {
  await db.deleteFrom('passkey_challenges').where('expires_at', '<=', now).execute()
  await db.insertInto('passkey_challenges').values(row).execute()
}

/** Takes a challenge out, whatever becomes of its answer. @returns false if it was not for this, or not for them */
export async function takeChallenge(
  db: Db,
  of: Readonly<{ challenge: string; purpose: Purpose; holderHash: string }>,
  now: string,
): Promise<boolean> {
  const result = await db
    .deleteFrom('passkey_challenges')
    .where('challenge', '=', of.challenge)
    .where('purpose', '=', of.purpose)
    .where('holder_hash', '=', of.holderHash)
    .where('expires_at', '>', now)
    .executeTakeFirst()
  return result.numDeletedRows === 1n
}
