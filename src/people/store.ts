import type { Assignment, Role } from '../context.js'
import { ROLES } from '../context.js'
import type { Db, NewRow, Row } from '../store/schema.js'

export const ORGANISATION_KINDS = [
  'lycee',
  'college',
  'company',
  'higher-education',
  'mentoring-structure',
  'academy',
] as const
export type OrganisationKind = (typeof ORGANISATION_KINDS)[number]
export type Organisation = Readonly<{
  id: number
  publicId: string
  /** Part of its addresses and of its DID: never changes. */
  slug: string
  kind: OrganisationKind
  name: string
  /** What kind of a kind: one of ORGANISATION_TYPES. */
  type: string | null
  /** Of a school, and of an academy itself. */
  academyCode: string | null
  uai: string | null
  siret: string | null
  city: string | null
  website: string | null
}>

export type Person = Readonly<{
  id: number
  publicId: string
  givenName: string
  familyName: string
  email: string | null
  language: string | null
  disabledAt: string | null
}>

/** @returns its id; undefined if another has its slug, UAI or SIRET: nothing is then changed */
export async function insertOrganisation(
  db: Db,
  row: NewRow<'organisations'>,
): Promise<number | undefined> {
  const inserted = await db
    .insertInto('organisations')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst()
  return inserted?.id
}

export async function findOrganisation(db: Db, id: number): Promise<Organisation | undefined> {
  return toOrganisation(await organisations(db).where('id', '=', id).executeTakeFirst())
}

export async function findOrganisationBySlug(
  db: Db,
  slug: string,
): Promise<Organisation | undefined> {
  return toOrganisation(await organisations(db).where('slug', '=', slug).executeTakeFirst())
}

export async function findOrganisationByPublicId(
  db: Db,
  publicId: string,
): Promise<Organisation | undefined> {
  return toOrganisation(
    await organisations(db).where('public_id', '=', publicId).executeTakeFirst(),
  )
}

/** The one that has this UAI or this SIRET already. */
export async function findOrganisationByNumber(
  db: Db,
  number: string,
): Promise<Organisation | undefined> {
  return toOrganisation(
    await organisations(db)
      .where((or) => or.or([or('uai', '=', number), or('siret', '=', number)]))
      .executeTakeFirst(),
  )
}

/** By name; those of one kind, or all. */
export async function listOrganisations(db: Db, kind?: OrganisationKind): Promise<Organisation[]> {
  const rows = await organisations(db)
    .$if(kind !== undefined, (query) => query.where('kind', '=', kind ?? ''))
    .orderBy('name')
    .orderBy('id')
    .execute()
  return rows.flatMap((row) => toOrganisation(row) ?? [])
}

/** Those of some academies, given as organisations: the academies themselves and all that are in them. */
export async function listOrganisationsOfAcademies(
  db: Db,
  academies: readonly number[],
): Promise<number[]> {
  const rows = await db
    .selectFrom('organisations')
    .innerJoin('organisations as academies', 'academies.academy_code', 'organisations.academy_code')
    .select('organisations.id')
    .where('academies.id', 'in', [-1, ...academies])
    .execute()
  return rows.map(({ id }) => id)
}

/** Schools, which issue badges, that had no RSA key yet; the oldest first. */
export async function listWithoutRsaKey(db: Db, limit: number): Promise<Organisation[]> {
  const rows = await organisations(db)
    .where('kind', 'in', ['lycee', 'college'])
    .where((of) =>
      of.not(
        of.exists(
          of
            .selectFrom('organisation_keys')
            .select('organisation_keys.id')
            .whereRef('organisation_keys.organisation_id', '=', 'organisations.id')
            .where('public_key_jwk', 'is not', null),
        ),
      ),
    )
    .orderBy('id')
    .limit(limit)
    .execute()
  return rows.flatMap((row) => toOrganisation(row) ?? [])
}

/** @returns their id; undefined if another has the address: nothing is then changed */
export async function insertPerson(db: Db, row: NewRow<'persons'>): Promise<number | undefined> {
  const inserted = await db
    .insertInto('persons')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst()
  return inserted?.id
}

export async function findPerson(db: Db, id: number): Promise<Person | undefined> {
  return toPerson(
    await db.selectFrom('persons').selectAll().where('id', '=', id).executeTakeFirst(),
  )
}

/** @param email in lower case, as it is kept */
export async function findPersonByEmail(db: Db, email: string): Promise<Person | undefined> {
  return toPerson(
    await db.selectFrom('persons').selectAll().where('email', '=', email).executeTakeFirst(),
  )
}

export async function saveEmail(db: Db, personId: number, email: string): Promise<void> {
  await db.updateTable('persons').set({ email }).where('id', '=', personId).execute()
}

export async function insertAssignment(db: Db, row: NewRow<'role_assignments'>): Promise<void> {
  await db.insertInto('role_assignments').values(row).execute()
}

/**
 * Ends a role after `lastDay`.
 *
 * @returns false if the person did not hold it; nothing is then changed
 */
export async function endAssignment(
  db: Db,
  personId: number,
  { role, organisationId }: Assignment,
  lastDay: string,
): Promise<boolean> {
  const result = await db
    .updateTable('role_assignments')
    .set({ until_day: lastDay })
    .where('person_id', '=', personId)
    .where('role', '=', role)
    .where('organisation_id', organisationId === null ? 'is' : '=', organisationId)
    .where((or) => or.or([or('until_day', 'is', null), or('until_day', '>', lastDay)]))
    .executeTakeFirst()
  return result.numUpdatedRows > 0n
}

/** The roles that a person holds on a day. */
export async function listAssignments(
  db: Db,
  personId: number,
  day: string,
): Promise<Assignment[]> {
  const rows = await assignmentsOn(db, day).where('person_id', '=', personId).execute()
  return rows.flatMap(({ role, organisation_id }) =>
    isRole(role) ? [{ role, organisationId: organisation_id }] : [],
  )
}

/** Whether somebody was a student of a school, and is one no more. */
export async function hasBeenStudent(db: Db, personId: number, day: string): Promise<boolean> {
  return (await lastSchoolOf(db, personId, day)) !== undefined
}

/** The school of which somebody was a student the last, on whatever day before this one. */
export async function lastSchoolOf(
  db: Db,
  personId: number,
  day: string,
): Promise<number | undefined> {
  const row = await db
    .selectFrom('role_assignments')
    .select('organisation_id')
    .where('person_id', '=', personId)
    .where('role', '=', 'student')
    .where('until_day', '<', day)
    .orderBy('until_day', 'desc')
    .orderBy('id', 'desc')
    .executeTakeFirst()
  return row?.organisation_id ?? undefined
}

export async function countHolders(db: Db, role: Role, day: string): Promise<number> {
  return (await assignmentsOn(db, day).where('role', '=', role).execute()).length
}

export async function insertKey(db: Db, row: NewRow<'organisation_keys'>): Promise<void> {
  await db.insertInto('organisation_keys').values(row).execute()
}

/** All keys that an organisation ever had, oldest first: badges signed with a retired one stay valid. */
export function listKeys(db: Db, organisationId: number): Promise<Row<'organisation_keys'>[]> {
  return db
    .selectFrom('organisation_keys')
    .selectAll()
    .where('organisation_id', '=', organisationId)
    .orderBy('id')
    .execute()
}

function organisations(db: Db) {
  return db.selectFrom('organisations').selectAll()
}

function assignmentsOn(db: Db, day: string) {
  return db
    .selectFrom('role_assignments')
    .select(['role', 'organisation_id'])
    .where('from_day', '<=', day)
    .where((or) => or.or([or('until_day', 'is', null), or('until_day', '>=', day)]))
    .orderBy('id')
}

export function isRole(text: string): text is Role {
  return ROLES.some((role) => role === text)
}

function toOrganisation(row: Row<'organisations'> | undefined): Organisation | undefined {
  if (!row) return undefined
  const { id, slug, name, type, uai, siret, city, website } = row
  const kind = ORGANISATION_KINDS.find((one) => one === row.kind) ?? 'company'
  const academyCode = row.academy_code
  const publicId = row.public_id
  return { id, publicId, slug, kind, name, type, academyCode, uai, siret, city, website }
}

function toPerson(row: Row<'persons'> | undefined): Person | undefined {
  if (!row) return undefined
  return {
    id: row.id,
    publicId: row.public_id,
    givenName: row.given_name,
    familyName: row.family_name,
    email: row.email,
    language: row.language,
    disabledAt: row.disabled_at,
  }
}
