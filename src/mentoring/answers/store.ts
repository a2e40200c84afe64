import type { Db, NewRow, Row } from '../../store/schema.js'

/** What a link asks, of which fact. */
export type Question =
  | Readonly<{ purpose: 'confirm-session'; sessionId: number }>
  | Readonly<{ purpose: 'assess-placement'; placementId: number }>
export type Purpose = Question['purpose']

export async function insertAnswerLink(db: Db, row: NewRow<'answer_links'>): Promise<void> {
  await db.insertInto('answer_links').values(row).execute()
}

export function findAnswerLink(
  db: Db,
  tokenHash: string,
): Promise<Row<'answer_links'> | undefined> {
  return db
    .selectFrom('answer_links')
    .selectAll()
    .where('token_hash', '=', tokenHash)
    .executeTakeFirst()
}

/** @returns false if it was used or revoked before; nothing is then changed */
export async function saveAnswered(db: Db, id: number, at: string): Promise<boolean> {
  const result = await db
    .updateTable('answer_links')
    .set({ used_at: at })
    .where('id', '=', id)
    .where('used_at', 'is', null)
    .where('revoked_at', 'is', null)
    .where('expires_at', '>', at)
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

/** Revokes the links to a question that nobody used: those of one person, or all. */
export async function saveRevoked(
  db: Db,
  question: Question,
  of: Readonly<{ at: string; personId?: number }>,
): Promise<void> {
  const [column, factId] =
    question.purpose === 'confirm-session'
      ? (['session_id', question.sessionId] as const)
      : (['placement_id', question.placementId] as const)
  await db
    .updateTable('answer_links')
    .set({ revoked_at: of.at })
    .where('purpose', '=', question.purpose)
    .where(column, '=', factId)
    .$if(of.personId !== undefined, (query) => query.where('person_id', '=', of.personId ?? 0))
    .where('used_at', 'is', null)
    .where('revoked_at', 'is', null)
    .execute()
}
