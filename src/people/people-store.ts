import type { Assignment } from '../context.js'
import type { Db, Row } from '../store/schema.js'
import type { Language } from '../words.js'
import { isRole } from './store.js'

/** Which persons: who holds a role other than student's, students, or who holds none. */
export type PeopleOf = 'staff' | 'students' | 'none'

export type PeopleFilter = Readonly<{
  of: PeopleOf
  /** Holders of a role in one of them; undefined: in any, or in none. */
  organisationIds: readonly number[] | undefined
  /** YYYY-MM-DD */
  day: string
}>

type PersonRow = Omit<
  Row<'persons'>,
  'language' | 'created_at' | 'forgotten_at' | 'forgetting_told_on' | 'came_back_on'
>

/** By family name. */
export function listPersons(
  db: Db,
  filter: PeopleFilter,
  part: Readonly<{ limit: number; offset: number }>,
): Promise<PersonRow[]> {
  return persons(db, filter)
    .select(['id', 'public_id', 'given_name', 'family_name', 'email', 'password_hash'])
    .select('disabled_at')
    .orderBy('family_name')
    .orderBy('given_name')
    .orderBy('id')
    .limit(part.limit)
    .offset(part.offset)
    .execute()
}

export async function countPersons(db: Db, filter: PeopleFilter): Promise<number> {
  const { count } = await persons(db, filter)
    .select((one) => one.fn.countAll<number | string>().as('count'))
    .executeTakeFirstOrThrow()
  // PostgreSQL tells a count as text.
  return Number(count)
}

export function findPersonRow(db: Db, publicId: string): Promise<PersonRow | undefined> {
  return db.selectFrom('persons').selectAll().where('public_id', '=', publicId).executeTakeFirst()
}

/** The roles that each of some persons holds on a day, by the person's id. */
export async function listAssignmentsOf(
  db: Db,
  personIds: readonly number[],
  day: string,
): Promise<Map<number, Assignment[]>> {
  const rows = await db
    .selectFrom('role_assignments')
    .select(['person_id', 'role', 'organisation_id'])
    .where('person_id', 'in', [...personIds])
    .where('from_day', '<=', day)
    .where((or) => or.or([or('until_day', 'is', null), or('until_day', '>=', day)]))
    .orderBy('id')
    .execute()
  const found = new Map<number, Assignment[]>(personIds.map((id) => [id, []]))
  for (const { person_id, role, organisation_id } of rows) {
    if (isRole(role)) found.get(person_id)?.push({ role, organisationId: organisation_id })
  }
  return found
}

function persons(db: Db, { of, organisationIds, day }: PeopleFilter) {
  return db.selectFrom('persons').where((person) => {
    const held = person
      .selectFrom('role_assignments')
      .select('role_assignments.id')
      .whereRef('role_assignments.person_id', '=', 'persons.id')
      .where('from_day', '<=', day)
      .where((or) => or.or([or('until_day', 'is', null), or('until_day', '>=', day)]))
      .$if(organisationIds !== undefined, (query) =>
        query.where('organisation_id', 'in', [...(organisationIds ?? [])]),
      )
      .$if(of !== 'none', (query) => query.where('role', of === 'students' ? '=' : '!=', 'student'))
    return of === 'none' ? person.not(person.exists(held)) : person.exists(held)
  })
}

/** Whether somebody was forgotten: nobody stands behind their row any more. */
export async function isForgotten(db: Db, personId: number): Promise<boolean> {
  const row = await db
    .selectFrom('persons')
    .select('forgotten_at')
    .where('id', '=', personId)
    .executeTakeFirst()
  return row?.forgotten_at !== null
}

/** Their row stays: what they did is read as done by somebody. */
export async function forgetPerson(db: Db, personId: number, at: string): Promise<void> {
  const nobody = { given_name: 'Personne', family_name: 'effacée', disabled_at: at }
  await db
    .updateTable('persons')
    .set({ ...nobody, forgotten_at: at })
    .where('id', '=', personId)
    .execute()
}

/** They are told that their account, or a record of theirs, is soon forgotten. */
export async function noteForgettingTold(db: Db, personId: number, day: string): Promise<void> {
  await db
    .updateTable('persons')
    .set({ forgetting_told_on: day })
    .where('id', '=', personId)
    .execute()
}

/** Of who was told so, and signs in: the count begins again. Nothing is written down of anybody else. */
export async function noteCameBack(db: Db, personId: number, day: string): Promise<void> {
  await db
    .updateTable('persons')
    .set({ came_back_on: day })
    .where('id', '=', personId)
    .where((or) =>
      or(or.ref('forgetting_told_on'), '>', or.fn.coalesce('came_back_on', or.val(''))),
    )
    .execute()
}

/** Of somebody whose name was wrong. */
export async function saveNames(
  db: Db,
  personId: number,
  names: Partial<Pick<Row<'persons'>, 'given_name' | 'family_name'>>,
): Promise<void> {
  await db.updateTable('persons').set(names).where('id', '=', personId).execute()
}

/** @param language in which they want to be written to */
export async function saveLanguage(db: Db, personId: number, language: Language): Promise<void> {
  await db.updateTable('persons').set({ language }).where('id', '=', personId).execute()
}

/** Of some persons, those who have an address that signs them in. */
export async function listWithEmail(
  db: Db,
  personIds: readonly number[],
): Promise<ReadonlySet<number>> {
  const rows = await db
    .selectFrom('persons')
    .select('id')
    .where('id', 'in', [-1, ...personIds])
    .where('email', 'is not', null)
    .execute()
  return new Set(rows.map(({ id }) => id))
}
