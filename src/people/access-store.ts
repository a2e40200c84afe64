import type { Db, NewRow, Row } from '../store/schema.js'

/** The person that an address signs in, with what proves it. */
export function findCredentials(
  db: Db,
  email: string,
): Promise<Pick<Row<'persons'>, 'id' | 'public_id' | 'password_hash'> | undefined> {
  return db
    .selectFrom('persons')
    .select(['id', 'public_id', 'password_hash'])
    .where('email', '=', email)
    .where('disabled_at', 'is', null)
    .executeTakeFirst()
}

/** The same of an identifier that a school gave. */
export function findCredentialsOf(
  db: Db,
  identifier: string,
): Promise<Pick<Row<'persons'>, 'id' | 'public_id' | 'password_hash'> | undefined> {
  return db
    .selectFrom('persons')
    .innerJoin('school_identifiers', 'school_identifiers.person_id', 'persons.id')
    .select(['persons.id', 'public_id', 'password_hash'])
    .where('identifier', '=', identifier)
    .where('disabled_at', 'is', null)
    .executeTakeFirst()
}

export async function hasPassword(db: Db, personId: number): Promise<boolean> {
  const row = await db
    .selectFrom('persons')
    .select('password_hash')
    .where('id', '=', personId)
    .executeTakeFirst()
  return typeof row?.password_hash === 'string'
}

/** Of some persons, those who can sign in: by a password, a passkey or an account elsewhere. */
export async function listWithWayIn(
  db: Db,
  personIds: readonly number[],
): Promise<ReadonlySet<number>> {
  const ids = [NOBODY, ...personIds]
  const passwords = await db
    .selectFrom('persons')
    .select('id')
    .where('id', 'in', ids)
    .where('password_hash', 'is not', null)
    .execute()
  const passkeys = await db
    .selectFrom('passkeys')
    .select('person_id as id')
    .where('person_id', 'in', ids)
    .execute()
  const identities = await db
    .selectFrom('identities')
    .select('person_id as id')
    .where('person_id', 'in', ids)
    .execute()
  return new Set([...passwords, ...passkeys, ...identities].map(({ id }) => id))
}

/** Whether somebody's account is open, whichever way they come in. */
export async function hasWayIn(db: Db, personId: number): Promise<boolean> {
  return (await listWithWayIn(db, [personId])).has(personId)
}

/** No row has it. */
const NOBODY = -1

export async function savePassword(db: Db, personId: number, hash: string): Promise<void> {
  await db.updateTable('persons').set({ password_hash: hash }).where('id', '=', personId).execute()
}

export async function forgetPassword(db: Db, personId: number): Promise<void> {
  await db.updateTable('persons').set({ password_hash: null }).where('id', '=', personId).execute()
}

export async function insertAttempt(db: Db, emailHash: string, at: string): Promise<void> {
  await db.insertInto('sign_in_attempts').values({ email_hash: emailHash, at }).execute()
}

/** The instants of the sign-ins that an address tried since then, newest first. */
export async function listAttempts(db: Db, emailHash: string, since: string): Promise<string[]> {
  const rows = await db
    .selectFrom('sign_in_attempts')
    .select('at')
    .where('email_hash', '=', emailHash)
    .where('at', '>', since)
    .orderBy('at', 'desc')
    .limit(100)
    .execute()
  return rows.map(({ at }) => at)
}

export async function forgetAttempts(db: Db, emailHash: string): Promise<void> {
  await db.deleteFrom('sign_in_attempts').where('email_hash', '=', emailHash).execute()
}

/** Of all addresses: what no longer counts is not kept. */
export async function forgetOldAttempts(db: Db, until: string): Promise<void> {
  await db.deleteFrom('sign_in_attempts').where('at', '<=', until).execute()
}

export async function insertInvitation(db: Db, row: NewRow<'invitations'>): Promise<void> {
  await db.insertInto('invitations').values(row).execute()
}

/** An invitation that is neither used nor expired. */
export function findInvitation(
  db: Db,
  tokenHash: string,
  now: string,
): Promise<Row<'invitations'> | undefined> {
  return db
    .selectFrom('invitations')
    .selectAll()
    .where('token_hash', '=', tokenHash)
    .where('used_at', 'is', null)
    .where('expires_at', '>', now)
    .executeTakeFirst()
}

/** @returns false if somebody used it first */
export async function useInvitation(db: Db, id: number, at: string): Promise<boolean> {
  const result = await db
    .updateTable('invitations')
    .set({ used_at: at })
    .where('id', '=', id)
    .where('used_at', 'is', null)
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

/**
 * A newer link makes the older ones of a person, or of the set-up, worthless.
 *
 * @returns whether one of them still opened
 */
export async function withdrawInvitations(
  db: Db,
  of: { purpose: string; personId: number | null },
  at: string,
): Promise<boolean> {
  const withdrawn = await db
    .updateTable('invitations')
    .set({ used_at: at })
    .where('purpose', '=', of.purpose)
    .where('person_id', of.personId === null ? 'is' : '=', of.personId)
    .where('used_at', 'is', null)
    .returning('expires_at')
    .execute()
  return withdrawn.some(({ expires_at }) => expires_at > at)
}

export async function insertToken(db: Db, row: NewRow<'api_tokens'>): Promise<void> {
  await db.insertInto('api_tokens').values(row).execute()
}

export function findToken(db: Db, publicId: string): Promise<Row<'api_tokens'> | undefined> {
  return db
    .selectFrom('api_tokens')
    .selectAll()
    .where('public_id', '=', publicId)
    .executeTakeFirst()
}

export async function touchToken(db: Db, id: number, at: string): Promise<void> {
  await db.updateTable('api_tokens').set({ last_used_at: at }).where('id', '=', id).execute()
}

/** @returns false if it was revoked before */
export async function saveTokenRevocation(db: Db, id: number, at: string): Promise<boolean> {
  const result = await db
    .updateTable('api_tokens')
    .set({ revoked_at: at })
    .where('id', '=', id)
    .where('revoked_at', 'is', null)
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

/** @returns false if it was seen to leak before */
export async function markLeaked(db: Db, id: number, at: string): Promise<boolean> {
  const result = await db
    .updateTable('api_tokens')
    .set({ leaked_at: at })
    .where('id', '=', id)
    .where('leaked_at', 'is', null)
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

const MOST_TOKENS = 200

/** The newest tokens, with the names of whom and where they serve. */
export function listTokens(db: Db) {
  return db
    .selectFrom('api_tokens')
    .leftJoin('persons', 'persons.id', 'api_tokens.person_id')
    .leftJoin('organisations', 'organisations.id', 'api_tokens.organisation_id')
    .select([
      'api_tokens.public_id',
      'api_tokens.name',
      'api_tokens.scopes',
      'api_tokens.expires_at',
      'api_tokens.last_used_at',
      'api_tokens.revoked_at',
      'api_tokens.leaked_at',
      'persons.given_name as givenName',
      'persons.family_name as familyName',
      'organisations.name as organisation',
    ])
    .orderBy('api_tokens.id', 'desc')
    .limit(MOST_TOKENS)
    .execute()
}
