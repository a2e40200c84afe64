import type { Db, Row } from '../../store/schema.js'

export type PrivateContact = Row<'private_contacts'>

export function findContact(db: Db, personId: number): Promise<PrivateContact | undefined> {
  return db
    .selectFrom('private_contacts')
    .selectAll()
    .where('person_id', '=', personId)
    .executeTakeFirst()
}

/** The one that a link was sent for, used or not. */
export function findContactByLink(db: Db, tokenHash: string): Promise<PrivateContact | undefined> {
  return db
    .selectFrom('private_contacts')
    .selectAll()
    .where('token_hash', '=', tokenHash)
    .executeTakeFirst()
}

/** Who has confirmed an address, if their account is not closed by the platform. */
export function findPersonByContact(
  db: Db,
  addressHash: string,
): Promise<Pick<Row<'persons'>, 'id' | 'public_id' | 'password_hash' | 'language'> | undefined> {
  return db
    .selectFrom('private_contacts')
    .innerJoin('persons', 'persons.id', 'private_contacts.person_id')
    .select(['persons.id', 'persons.public_id', 'persons.password_hash', 'persons.language'])
    .where('address_hash', '=', addressHash)
    .where('disabled_at', 'is', null)
    .executeTakeFirst()
}

/** Of some persons, those who have confirmed an address. */
export async function listWithContact(
  db: Db,
  personIds: readonly number[],
): Promise<ReadonlySet<number>> {
  const rows = await db
    .selectFrom('private_contacts')
    .select('person_id')
    .where('person_id', 'in', [-1, ...personIds])
    .where('address_sealed', 'is not', null)
    .execute()
  return new Set(rows.map(({ person_id }) => person_id))
}

/** Whether somebody has confirmed an address. */
export async function hasContact(db: Db, personId: number): Promise<boolean> {
  return (await listWithContact(db, [personId])).has(personId)
}

export type ContactChanges = Partial<Omit<PrivateContact, 'id' | 'person_id'>>

/** Changes what there is of a person, or begins it. */
export async function saveContact(
  db: Db,
  personId: number,
  changes: ContactChanges,
): Promise<void> {
  await db
    .insertInto('private_contacts')
    .values({ person_id: personId, ...changes })
    .onConflict((conflict) => conflict.column('person_id').doUpdateSet(changes))
    .execute()
}

/** @returns false if it was confirmed before, or another link was made: nothing is then changed */
export async function confirmAsked(
  db: Db,
  { id, asked_sealed }: PrivateContact,
  confirmed: Readonly<{ addressHash: string; at: string }>,
): Promise<boolean> {
  const result = await db
    .updateTable('private_contacts')
    .set({
      address_sealed: asked_sealed,
      address_hash: confirmed.addressHash,
      confirmed_at: confirmed.at,
      asked_sealed: null,
      not_before: null,
    })
    .where('id', '=', id)
    .where('asked_sealed', '=', asked_sealed)
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

export async function deleteContact(db: Db, personId: number): Promise<boolean> {
  const result = await db
    .deleteFrom('private_contacts')
    .where('person_id', '=', personId)
    .executeTakeFirst()
  return result.numDeletedRows === 1n
}
