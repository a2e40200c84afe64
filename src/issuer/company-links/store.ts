import type { Db, NewRow, Row } from '../../store/schema.js'

export type CompanyLink = Row<'endorser_links'>
export const LINK_STEPS = ['assess', 'endorse'] as const
export type LinkStep = (typeof LINK_STEPS)[number]

export async function insertCompanyLink(db: Db, row: NewRow<'endorser_links'>): Promise<void> {
  await db.insertInto('endorser_links').values(row).execute()
}

export function findCompanyLink(db: Db, tokenHash: string): Promise<CompanyLink | undefined> {
  return db
    .selectFrom('endorser_links')
    .selectAll()
    .where('token_hash', '=', tokenHash)
    .executeTakeFirst()
}

/** All that one person was ever asked, the latest first. */
export function listCompanyLinksOf(db: Db, personId: number): Promise<CompanyLink[]> {
  return db
    .selectFrom('endorser_links')
    .selectAll()
    .where('person_id', '=', personId)
    .orderBy('id', 'desc')
    .execute()
}

/** Those of a dossier that may still be answered, as far as the links themselves say. */
export function listOpenCompanyLinks(
  db: Db,
  dossierId: number,
  at: string,
): Promise<CompanyLink[]> {
  return db
    .selectFrom('endorser_links')
    .selectAll()
    .where('dossier_id', '=', dossierId)
    .where('used_at', 'is', null)
    .where('revoked_at', 'is', null)
    .where('expires_at', '>', at)
    .orderBy('id', 'desc')
    .execute()
}

/** Closes the links to one step of a dossier that nobody has used. */
export async function revokeCompanyLinks(
  db: Db,
  of: Readonly<{ dossierId: number; step: LinkStep; at: string }>,
): Promise<void> {
  await db
    .updateTable('endorser_links')
    .set({ revoked_at: of.at })
    .where('dossier_id', '=', of.dossierId)
    .where('step', '=', of.step)
    .where('used_at', 'is', null)
    .where('revoked_at', 'is', null)
    .execute()
}

/** Keeps the newest code; the one before it opens nothing any more. @returns false after `most` of them */
export async function saveCode(
  db: Db,
  id: number,
  code: Readonly<{ fingerprint: string; at: string; most: number }>,
): Promise<boolean> {
  const result = await db
    .updateTable('endorser_links')
    .set((of) => ({
      code_fingerprint: code.fingerprint,
      code_sent_at: code.at,
      codes_sent: of('codes_sent', '+', 1),
    }))
    .where('id', '=', id)
    .where('codes_sent', '<', code.most)
    .where('used_at', 'is', null)
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

export async function countWrongCode(db: Db, id: number): Promise<void> {
  await db
    .updateTable('endorser_links')
    .set((of) => ({ wrong_codes: of('wrong_codes', '+', 1) }))
    .where('id', '=', id)
    .execute()
}

export type LinkUse = Readonly<{
  at: string
  maxWrong: number
  /** Of the code that was given; undefined where none is asked. */
  fingerprint: string | undefined
}>

/** Uses a link up. @returns false if it was used, closed, guessed at or has expired: nothing is then changed */
export async function useCompanyLink(db: Db, id: number, use: LinkUse): Promise<boolean> {
  const { fingerprint } = use
  const result = await db
    .updateTable('endorser_links')
    .set({ used_at: use.at, code_fingerprint: null })
    .where('id', '=', id)
    .where('used_at', 'is', null)
    .where('revoked_at', 'is', null)
    .where('expires_at', '>', use.at)
    .where('wrong_codes', '<', use.maxWrong)
    .$if(fingerprint !== undefined, (query) =>
      query.where('code_fingerprint', '=', fingerprint ?? ''),
    )
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}
