import type { Db, NewRow, Row } from '../../store/schema.js'

export type GuardianRow = Row<'guardians'>
export type GuardianLinkRow = Row<'guardian_links'>

export async function insertGuardian(db: Db, row: NewRow<'guardians'>): Promise<void> {
  await db.insertInto('guardians').values(row).execute()
}

/** Those of a student, former ones too, in the order in which they were added. */
export function listGuardians(db: Db, studentId: number): Promise<GuardianRow[]> {
  return db
    .selectFrom('guardians')
    .selectAll()
    .where('student_id', '=', studentId)
    .orderBy('id')
    .execute()
}

export function findGuardian(db: Db, id: number): Promise<GuardianRow | undefined> {
  return db.selectFrom('guardians').selectAll().where('id', '=', id).executeTakeFirst()
}

/** Ends somebody's part and forgets who it was. @returns false if it had ended: nothing is then changed */
export async function saveGuardianEnd(
  db: Db,
  id: number,
  end: Readonly<{ on: string; why: 'removed' | 'adult' }>,
): Promise<boolean> {
  const result = await db
    .updateTable('guardians')
    .set({ ended_on: end.on, ended_why: end.why, name_sealed: null, email_sealed: null })
    .where('id', '=', id)
    .where('ended_on', 'is', null)
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

/** Guardians who still are, with the sealed birth date of their student, from an id on. */
export function listActiveGuardians(db: Db, afterId: number, limit: number) {
  return db
    .selectFrom('guardians')
    .innerJoin('students', 'students.id', 'guardians.student_id')
    .select(['guardians.id', 'guardians.public_id', 'students.birth_date_sealed'])
    .where('guardians.ended_on', 'is', null)
    .where('guardians.id', '>', afterId)
    .orderBy('guardians.id')
    .limit(limit)
    .execute()
}

export async function insertGuardianLink(db: Db, row: NewRow<'guardian_links'>): Promise<void> {
  await db.insertInto('guardian_links').values(row).execute()
}

export function findGuardianLink(db: Db, tokenHash: string): Promise<GuardianLinkRow | undefined> {
  return db
    .selectFrom('guardian_links')
    .selectAll()
    .where('token_hash', '=', tokenHash)
    .executeTakeFirst()
}

/** The questions that a guardian was asked and has not answered are asked no more. */
export async function revokeGuardianLinks(
  db: Db,
  guardianId: number,
  of: Readonly<{ at: string; purpose?: string; badgeId?: number | null }>,
): Promise<void> {
  const { at, purpose, badgeId } = of
  await db
    .updateTable('guardian_links')
    .set({ revoked_at: at })
    .where('guardian_id', '=', guardianId)
    .$if(purpose !== undefined, (query) =>
      query
        .where('purpose', '=', purpose ?? '')
        .where('badge_id', badgeId == null ? 'is' : '=', badgeId ?? null),
    )
    .where('answered_at', 'is', null)
    .where('revoked_at', 'is', null)
    .execute()
}

/** @returns false if it was answered, revoked or guessed at too often: nothing is then changed */
export async function saveLinkAnswered(
  db: Db,
  id: number,
  of: Readonly<{ at: string; fingerprint: string; maxWrong: number }>,
): Promise<boolean> {
  const result = await db
    .updateTable('guardian_links')
    .set({ answered_at: of.at })
    .where('id', '=', id)
    .where('code_fingerprint', '=', of.fingerprint)
    .where('wrong_codes', '<', of.maxWrong)
    .where('answered_at', 'is', null)
    .where('revoked_at', 'is', null)
    .where('expires_at', '>', of.at)
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

export async function countWrongCode(db: Db, id: number): Promise<void> {
  await db
    .updateTable('guardian_links')
    .set((of) => ({ wrong_codes: of('wrong_codes', '+', 1) }))
    .where('id', '=', id)
    .execute()
}
