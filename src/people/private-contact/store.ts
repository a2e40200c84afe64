import type { Db, Row } from '../../store/schema.js'

export type PrivateContact = Row<'private_contacts'>

export function findContact(db: Db, personId: number): Promise<PrivateContact | undefined> {
  return db
    .selectFrom('private_contacts')
    .selectAll()
    .where('person_id', '=', personId)
    .executeTakeFirst()
}

export type ContactLinkRow = Row<'private_contact_links'>

/** The latest link of a person, used or not. */
export function findLinkOf(db: Db, personId: number): Promise<ContactLinkRow | undefined> {
  return db
    .selectFrom('private_contact_links')
    .selectAll()
    .where('person_id', '=', personId)
    .executeTakeFirst()
}

export function findLinkByToken(db: Db, tokenHash: string): Promise<ContactLinkRow | undefined> {
  return db
    .selectFrom('private_contact_links')
    .selectAll()
    .where('token_hash', '=', tokenHash)
    .executeTakeFirst()
}

/** Makes a person's link; the one before serves no more. */
export async function saveLink(
  db: Db,
  personId: number,
  link: Omit<ContactLinkRow, 'id' | 'person_id'>,
): Promise<void> {
  await db
    .insertInto('private_contact_links')
    .values({ person_id: personId, ...link })
    .onConflict((conflict) => conflict.column('person_id').doUpdateSet(link))
    .execute()
}

/** @returns false if it was used before, or another was made: nothing is then changed */
export async function useLink(
  db: Db,
  { id, token_hash }: Pick<ContactLinkRow, 'id' | 'token_hash'>,
): Promise<boolean> {
  const result = await db
    .updateTable('private_contact_links')
    .set({ address_sealed: null })
    .where('id', '=', id)
    .where('token_hash', '=', token_hash)
    .where('address_sealed', 'is not', null)
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
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

/** Forgets the address of a person, and the one that waits. @returns false if there was none */
export async function deleteContact(db: Db, personId: number): Promise<boolean> {
  const deleted = [
    await db.deleteFrom('private_contacts').where('person_id', '=', personId).executeTakeFirst(),
    await db
      .deleteFrom('private_contact_links')
      .where('person_id', '=', personId)
      .executeTakeFirst(),
  ]
  return deleted.some(({ numDeletedRows }) => numDeletedRows > 0n)
}
