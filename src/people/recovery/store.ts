import type { Db, NewRow, Row } from '../../store/schema.js'
import type { Role } from '../../context.js'
import { listWithWayIn, withdrawInvitations } from '../access-store.js'
import { withdrawCode } from '../codes/store.js'
import { deleteContact } from '../private-contact/store.js'
import { isRole, lastSchoolOf } from '../store.js'
import type { Concerned } from './rules.js'

export type Recovery = Row<'recoveries'>
export type NamedRecovery = Recovery & Readonly<{ givenName: string; familyName: string }>

export async function insertRecovery(db: Db, row: NewRow<'recoveries'>): Promise<void> {
  await db.insertInto('recoveries').values(row).execute()
}

/** How many are read at once. */
export const PART = 200

/**
 * Some of those that wait for somebody, the oldest first.
 *
 * @param of.after the row id of the last that was read
 * @param of.organisationIds of people who hold a role in one of them; undefined: of anybody
 */
export function listWaiting(
  db: Db,
  of: Readonly<{ now: string; after: number; organisationIds: readonly number[] | undefined }>,
): Promise<NamedRecovery[]> {
  const ids = [-1, ...(of.organisationIds ?? [])]
  return waiting(db, of.now)
    .where('recoveries.id', '>', of.after)
    .$if(of.organisationIds !== undefined, (query) =>
      query.where('recoveries.person_id', 'in', (held) =>
        held.selectFrom('role_assignments').select('person_id').where('organisation_id', 'in', ids),
      ),
    )
    .orderBy('recoveries.id')
    .limit(PART)
    .execute()
}

export function findWaiting(
  db: Db,
  publicId: string,
  now: string,
): Promise<NamedRecovery | undefined> {
  return waiting(db, now).where('recoveries.public_id', '=', publicId).executeTakeFirst()
}

export async function hasWaiting(db: Db, personId: number, now: string): Promise<boolean> {
  const row = await waiting(db, now).where('person_id', '=', personId).executeTakeFirst()
  return row !== undefined
}

function waiting(db: Db, now: string) {
  return db
    .selectFrom('recoveries')
    .innerJoin('persons', 'persons.id', 'recoveries.person_id')
    .selectAll('recoveries')
    .select(['persons.given_name as givenName', 'persons.family_name as familyName'])
    .where('recoveries.expires_at', '>', now)
    .where('recoveries.second_by_id', 'is', null)
    .where('recoveries.used_at', 'is', null)
    .where('persons.disabled_at', 'is', null)
}

/** @returns false if somebody was first, or the request has ended */
export async function saveFirst(db: Db, id: number, byId: number, at: string): Promise<boolean> {
  const result = await db
    .updateTable('recoveries')
    .set({ first_by_id: byId, first_at: at })
    .where('id', '=', id)
    .where('first_by_id', 'is', null)
    .where('used_at', 'is', null)
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

/** @returns false if somebody was second before, or the request has ended */
export async function saveSecond(
  db: Db,
  { id, first_by_id }: Pick<Recovery, 'id' | 'first_by_id'>,
  by: Readonly<{ byId: number; at: string; tokenHash: string; linkExpiresAt: string }>,
): Promise<boolean> {
  const result = await db
    .updateTable('recoveries')
    .set({
      second_by_id: by.byId,
      second_at: by.at,
      token_hash: by.tokenHash,
      link_expires_at: by.linkExpiresAt,
    })
    .where('id', '=', id)
    .where('first_by_id', '=', first_by_id)
    .where('second_by_id', 'is', null)
    .where('used_at', 'is', null)
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

export function findByLink(db: Db, tokenHash: string, now: string): Promise<Recovery | undefined> {
  return db
    .selectFrom('recoveries')
    .selectAll()
    .where('token_hash', '=', tokenHash)
    .where('link_expires_at', '>', now)
    .where('used_at', 'is', null)
    .executeTakeFirst()
}

/** @returns false if somebody used it first */
export async function saveUse(db: Db, id: number, at: string): Promise<boolean> {
  const result = await db
    .updateTable('recoveries')
    .set({ used_at: at })
    .where('id', '=', id)
    .where('used_at', 'is', null)
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

/** Every device, account elsewhere, private address, printed code and link that opened this one, or would: whoever took them is out. */
export async function deleteWaysIn(db: Db, personId: number, at: string): Promise<void> {
  await db.deleteFrom('passkeys').where('person_id', '=', personId).execute()
  await db.deleteFrom('identities').where('person_id', '=', personId).execute()
  await db.deleteFrom('identity_offers').where('person_id', '=', personId).execute()
  await deleteContact(db, personId)
  await withdrawInvitations(db, { purpose: 'invite', personId }, at)
  await withdrawCode(db, personId, at)
  await endRecoveries(db, personId, at)
}

/** Requests that wait, and links that two people gave, open nothing any more. @returns whether one still did, or could */
export async function endRecoveries(db: Db, personId: number, at: string): Promise<boolean> {
  const ended = await db
    .updateTable('recoveries')
    .set({ used_at: at })
    .where('person_id', '=', personId)
    .where('used_at', 'is', null)
    .returning(['expires_at', 'link_expires_at'])
    .execute()
  return ended.some(({ expires_at, link_expires_at }) => (link_expires_at ?? expires_at) > at)
}

/** The companies that have somebody as liaison officer on a day. */
export async function liaisonOf(db: Db, personId: number, day: string): Promise<number[]> {
  const rows = await db
    .selectFrom('liaison_assignments')
    .select(['employer_id', 'financed_by_id'])
    .where('person_id', '=', personId)
    .where('from_day', '<=', day)
    .where((where) => where.or([where('until_day', 'is', null), where('until_day', '>=', day)]))
    .execute()
  return rows.flatMap((row) => [row.employer_id ?? [], row.financed_by_id ?? []].flat())
}

/** The organisations in which somebody holds a role on a day. */
export async function listConcerned(db: Db, personId: number, day: string): Promise<Concerned[]> {
  const rows = await db
    .selectFrom('role_assignments')
    .leftJoin('organisations', 'organisations.id', 'role_assignments.organisation_id')
    .select(['organisations.id', 'organisations.kind'])
    .distinct()
    .where('person_id', '=', personId)
    .where('from_day', '<=', day)
    .where((where) => where.or([where('until_day', 'is', null), where('until_day', '>=', day)]))
    .execute()
  const found = rows.map(({ id, kind }): Concerned => {
    return { id, kind: kind === 'lycee' || kind === 'company' ? kind : 'other' }
  })
  for (const [at, one] of found.entries())
    if (one.kind === 'company' && one.id !== null)
      found[at] = { ...one, others: await othersIn(db, one.id, { personId, day }) }
  if (found.length > 0) return found
  const school = await lastSchoolOf(db, personId, day)
  // Who never was anybody's student, and holds no role, is the platform's own business.
  return [school === undefined ? { id: null, kind: 'other' } : { id: school, kind: 'lycee' }]
}

/** What those of a company are there who can sign in, but for one person. */
async function othersIn(
  db: Db,
  companyId: number,
  { personId, day }: Readonly<{ personId: number; day: string }>,
): Promise<Role[]> {
  const rows = await db
    .selectFrom('role_assignments')
    .innerJoin('persons', 'persons.id', 'role_assignments.person_id')
    .select(['persons.id', 'role_assignments.role'])
    .where('organisation_id', '=', companyId)
    .where('person_id', '<>', personId)
    .where('disabled_at', 'is', null)
    .where('from_day', '<=', day)
    .where((where) => where.or([where('until_day', 'is', null), where('until_day', '>=', day)]))
    .execute()
  const ids = rows.map(({ id }) => id)
  const open = await listWithWayIn(db, ids)
  return rows.flatMap(({ id, role }) => (open.has(id) && isRole(role) ? role : []))
}
