import type { Db, NewRow, Row } from '../../store/schema.js'
import { PROOF_KINDS, type Proof } from './rules.js'

export async function insertProof(db: Db, row: NewRow<'authority_proofs'>): Promise<void> {
  await db.insertInto('authority_proofs').values(row).execute()
}

export async function listProofs(db: Db, organisationId: number): Promise<Proof[]> {
  const rows = await db
    .selectFrom('authority_proofs')
    .selectAll()
    .where('organisation_id', '=', organisationId)
    .orderBy('id')
    .execute()
  return rows.flatMap(({ kind, value, source, day, at, expires_at }) => {
    const known = PROOF_KINDS.find((one) => one === kind)
    return known ? [{ kind: known, value, source, day, at, expiresAt: expires_at }] : []
  })
}

export async function insertDomainQuestion(db: Db, row: NewRow<'domain_questions'>): Promise<void> {
  await db.insertInto('domain_questions').values(row).execute()
}

export function findDomainQuestion(
  db: Db,
  tokenHash: string,
): Promise<Row<'domain_questions'> | undefined> {
  return db
    .selectFrom('domain_questions')
    .selectAll()
    .where('token_hash', '=', tokenHash)
    .executeTakeFirst()
}

/** @returns false if it was answered already or has expired: nothing is then changed */
export async function useDomainQuestion(db: Db, id: number, at: string): Promise<boolean> {
  const result = await db
    .updateTable('domain_questions')
    .set({ used_at: at })
    .where('id', '=', id)
    .where('used_at', 'is', null)
    .where('expires_at', '>', at)
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}
