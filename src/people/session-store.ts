import type { Db, NewRow, Row } from '../store/schema.js'

export type SessionRow = Omit<Row<'web_sessions'>, 'token_hash' | 'ended_at'>

/** A session, and who its person is. */
export type PersonSession = SessionRow &
  Readonly<{ personPublicId: string; givenName: string; familyName: string }>

export async function insertSession(db: Db, row: NewRow<'web_sessions'>): Promise<void> {
  await db.insertInto('web_sessions').values(row).execute()
}

/** A session that nobody ended, of a person who is not disabled. */
export function findSession(db: Db, tokenHash: string): Promise<PersonSession | undefined> {
  return db
    .selectFrom('web_sessions')
    .innerJoin('persons', 'persons.id', 'web_sessions.person_id')
    .selectAll('web_sessions')
    .select([
      'persons.public_id as personPublicId',
      'persons.given_name as givenName',
      'persons.family_name as familyName',
    ])
    .where('web_sessions.token_hash', '=', tokenHash)
    .where('web_sessions.ended_at', 'is', null)
    .where('persons.disabled_at', 'is', null)
    .executeTakeFirst()
}

/** Those that nobody ended and that began since then, the last used first. */
export function listSessions(db: Db, personId: number, since: string): Promise<SessionRow[]> {
  return db
    .selectFrom('web_sessions')
    .selectAll()
    .where('person_id', '=', personId)
    .where('ended_at', 'is', null)
    .where('created_at', '>', since)
    .orderBy('last_seen_at', 'desc')
    .orderBy('id', 'desc')
    .execute()
}

export async function touchSession(db: Db, id: number, at: string): Promise<void> {
  await db.updateTable('web_sessions').set({ last_seen_at: at }).where('id', '=', id).execute()
}

/** Gives a session another secret: the one before opens nothing any more. @returns false if there was none */
export async function saveNewSecret(
  db: Db,
  tokenHash: string,
  changes: Pick<Row<'web_sessions'>, 'token_hash' | 'roles' | 'proven_by' | 'proven_at'>,
): Promise<boolean> {
  const result = await db
    .updateTable('web_sessions')
    .set(changes)
    .where('token_hash', '=', tokenHash)
    .where('ended_at', 'is', null)
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

/** @returns false if there was none, or it had ended */
export async function endSession(db: Db, tokenHash: string, at: string): Promise<boolean> {
  const ended = ending(db, at).where('token_hash', '=', tokenHash)
  return (await ended.executeTakeFirst()).numUpdatedRows > 0n
}

/** @returns false if this person has no such session */
export async function endSessionOf(
  db: Db,
  of: Readonly<{ personId: number; publicId: string }>,
  at: string,
): Promise<boolean> {
  const ended = ending(db, at)
    .where('person_id', '=', of.personId)
    .where('public_id', '=', of.publicId)
  return (await ended.executeTakeFirst()).numUpdatedRows > 0n
}

/** @param but the one that goes on, by the hash of its secret */
export async function endSessionsOf(
  db: Db,
  personId: number,
  at: string,
  but?: string,
): Promise<void> {
  await ending(db, at)
    .where('person_id', '=', personId)
    .$if(but !== undefined, (query) => query.where('token_hash', '!=', but ?? ''))
    .execute()
}

function ending(db: Db, at: string) {
  return db.updateTable('web_sessions').set({ ended_at: at }).where('ended_at', 'is', null)
}
