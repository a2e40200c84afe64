import type { Db, NewRow, Row } from '../../store/schema.js'
import type { HeldRole } from './rules.js'

export type Identity = Row<'identities'>
export type Purpose = 'sign-in' | 'link' | 'accept'
export type Offer = Row<'identity_offers'>

/** @returns false if somebody has this identity; nothing is then changed */
export async function insertIdentity(db: Db, row: NewRow<'identities'>): Promise<boolean> {
  const inserted = await db
    .insertInto('identities')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst()
  return inserted !== undefined
}

/** An identity of a person who is not disabled, with whose it is. */
export function findIdentity(
  db: Db,
  of: Pick<Identity, 'issuer' | 'subject'>,
): Promise<(Identity & { personPublicId: string }) | undefined> {
  return db
    .selectFrom('identities')
    .innerJoin('persons', 'persons.id', 'identities.person_id')
    .selectAll('identities')
    .select('persons.public_id as personPublicId')
    .where('issuer', '=', of.issuer)
    .where('subject', '=', of.subject)
    .where('persons.disabled_at', 'is', null)
    .executeTakeFirst()
}

/** Oldest first. */
export function listIdentities(db: Db, personId: number): Promise<Identity[]> {
  return db
    .selectFrom('identities')
    .selectAll()
    .where('person_id', '=', personId)
    .orderBy('id')
    .execute()
}

/** @returns false if it is there no more */
export async function touchIdentity(db: Db, id: number, at: string): Promise<boolean> {
  const result = await db
    .updateTable('identities')
    .set({ last_used_at: at })
    .where('id', '=', id)
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

/** @returns it; undefined if this person has no such identity */
export function deleteIdentity(
  db: Db,
  of: Readonly<{ personId: number; publicId: string }>,
): Promise<Identity | undefined> {
  return db
    .deleteFrom('identities')
    .where('person_id', '=', of.personId)
    .where('public_id', '=', of.publicId)
    .returningAll()
    .executeTakeFirst()
}

/** The roles that somebody holds on a day, with the numbers of their organisations. */
export function listHeldRoles(db: Db, personId: number, day: string): Promise<HeldRole[]> {
  return db
    .selectFrom('role_assignments')
    .leftJoin('organisations', 'organisations.id', 'role_assignments.organisation_id')
    .select(['role_assignments.role', 'organisations.uai', 'organisations.siret'])
    .where('person_id', '=', personId)
    .where('from_day', '<=', day)
    .where((where) => where.or([where('until_day', 'is', null), where('until_day', '>=', day)]))
    .$narrowType<{ role: HeldRole['role'] }>()
    .execute()
}

/** Keeps who was sent to a provider, and forgets all that can't come back any more. */
export async function keepStart(
  db: Db,
  row: NewRow<'identity_starts'> & { purpose: Purpose },
  now: string,
): Promise<void> {
  await db.deleteFrom('identity_starts').where('expires_at', '<=', now).execute()
  await db.insertInto('identity_starts').values(row).execute()
}

/** Takes a start out, whatever comes of it. @returns undefined if it was not of this browser, or of this provider */
export function takeStart(
  db: Db,
  of: Readonly<{ stateHash: string; holderHash: string; provider: string }>,
  now: string,
): Promise<Row<'identity_starts'> | undefined> {
  return db
    .deleteFrom('identity_starts')
    .where('state_hash', '=', of.stateHash)
    .where('holder_hash', '=', of.holderHash)
    .where('provider', '=', of.provider)
    .where('expires_at', '>', now)
    .returningAll()
    .executeTakeFirst()
}

/** Keeps an identity until its person says that it is theirs, and forgets those that wait no more. */
export async function keepOffer(
  db: Db,
  row: NewRow<'identity_offers'>,
  now: string,
): Promise<void> {
  await db.deleteFrom('identity_offers').where('expires_at', '<=', now).execute()
  await db.insertInto('identity_offers').values(row).execute()
}

export function findOffer(db: Db, holderHash: string, now: string): Promise<Offer | undefined> {
  return db
    .selectFrom('identity_offers')
    .selectAll()
    .where('holder_hash', '=', holderHash)
    .where('expires_at', '>', now)
    .executeTakeFirst()
}

/** @returns false if it was taken before */
export async function deleteOffer(db: Db, id: number): Promise<boolean> {
  const result = await db.deleteFrom('identity_offers').where('id', '=', id).executeTakeFirst()
  return result.numDeletedRows === 1n
}
