import type { Db, NewRow, Row } from '../store/schema.js'

export type SessionRow = Pick<
  Row<'web_sessions'>,
  'id' | 'csrf_token' | 'created_at' | 'last_seen_at'
> &
  Readonly<{
    personId: number
    personPublicId: string
    givenName: string
    familyName: string
  }>

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

export async function hasPassword(db: Db, personId: number): Promise<boolean> {
  const row = await db
    .selectFrom('persons')
    .select('password_hash')
    .where('id', '=', personId)
    .executeTakeFirst()
  return typeof row?.password_hash === 'string'
}

export async function savePassword(db: Db, personId: number, hash: string): Promise<void> {
  await db.updateTable('persons').set({ password_hash: hash }).where('id', '=', personId).execute()
}

export async function insertSession(db: Db, row: NewRow<'web_sessions'>): Promise<void> {
  await db.insertInto('web_sessions').values(row).execute()
}

/** A session that nobody ended, of a person who is not disabled. */
export function findSession(db: Db, tokenHash: string): Promise<SessionRow | undefined> {
  return db
    .selectFrom('web_sessions')
    .innerJoin('persons', 'persons.id', 'web_sessions.person_id')
    .select([
      'web_sessions.id',
      'web_sessions.csrf_token',
      'web_sessions.created_at',
      'web_sessions.last_seen_at',
      'persons.id as personId',
      'persons.public_id as personPublicId',
      'persons.given_name as givenName',
      'persons.family_name as familyName',
    ])
    .where('web_sessions.token_hash', '=', tokenHash)
    .where('web_sessions.ended_at', 'is', null)
    .where('persons.disabled_at', 'is', null)
    .executeTakeFirst()
}

export async function touchSession(db: Db, id: number, at: string): Promise<void> {
  await db.updateTable('web_sessions').set({ last_seen_at: at }).where('id', '=', id).execute()
}

/** @returns false if there was none, or it had ended */
export async function endSession(db: Db, tokenHash: string, at: string): Promise<boolean> {
  const result = await db
    .updateTable('web_sessions')
    .set({ ended_at: at })
    .where('token_hash', '=', tokenHash)
    .where('ended_at', 'is', null)
    .executeTakeFirst()
  return result.numUpdatedRows > 0n
}

export async function endSessionsOf(db: Db, personId: number, at: string): Promise<void> {
  await db
    .updateTable('web_sessions')
    .set({ ended_at: at })
    .where('person_id', '=', personId)
    .where('ended_at', 'is', null)
    .execute()
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

/** A newer link makes the older ones of a person, or of the set-up, worthless. */
export async function withdrawInvitations(
  db: Db,
  of: { purpose: string; personId: number | null },
  at: string,
): Promise<void> {
  await db
    .updateTable('invitations')
    .set({ used_at: at })
    .where('purpose', '=', of.purpose)
    .where('person_id', of.personId === null ? 'is' : '=', of.personId)
    .where('used_at', 'is', null)
    .execute()
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
      'persons.given_name as givenName',
      'persons.family_name as familyName',
      'organisations.name as organisation',
    ])
    .orderBy('api_tokens.id', 'desc')
    .limit(MOST_TOKENS)
    .execute()
}
