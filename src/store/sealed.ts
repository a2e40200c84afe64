import { sql } from 'kysely'
import type { Db } from './schema.js'

/** Every column under the key of the vault; a test holds the schema to it. */
export const SEALED = [
  ['students', 'birth_date_sealed'],
  ['record_openings', 'reason_sealed'],
  ['share_links', 'token_sealed'],
  ['share_links', 'code_sealed'],
  ['selections', 'token_sealed'],
  ['pending_imports', 'list_sealed'],
  ['kept_answers', 'body_sealed'],
  ['guardians', 'name_sealed'],
  ['guardians', 'email_sealed'],
  ['objections', 'reason_sealed'],
  ['objections', 'answer_sealed'],
  ['correction_requests', 'said_sealed'],
  ['correction_requests', 'answer_sealed'],
  ['identity_changes', 'before_sealed'],
  ['identity_changes', 'reason_sealed'],
  ['outbox_mails', 'letter_sealed'],
  ['identity_offers', 'label_sealed'],
  ['private_contacts', 'address_sealed'],
  ['private_contact_links', 'address_sealed'],
] as const

/** Rows of one commit. */
const CHUNK = 500

/**
 * Seals every value anew for which `reseal` gives another, chunk by chunk. A value that somebody changes at the same time is left
 * to them: they seal it with the newest key. It may be run again after it was ended anywhere.
 *
 * @returns how many were sealed anew
 * @throws {Error} naming the first value that no key opens
 */
export async function resealAll(
  db: Db,
  reseal: (sealed: string) => string | undefined,
): Promise<number> {
  let resealed = 0
  for (const place of SEALED) {
    let after = 0
    for (;;) {
      const chunk = await resealChunk(db, place, { after, reseal })
      if (chunk.last === undefined) break
      after = chunk.last
      resealed += chunk.resealed
    }
  }
  return resealed
}

async function resealChunk(
  db: Db,
  [tableName, columnName]: (typeof SEALED)[number],
  { after, reseal }: { after: number; reseal: (sealed: string) => string | undefined },
): Promise<{ last: number | undefined; resealed: number }> {
  const [table, column] = [sql.table(tableName), sql.ref(columnName)]
  return db.transaction().execute(async (trx) => {
    const { rows } = await sql<{ id: number; sealed: string }>`
      select id, ${column} as sealed from ${table}
      where id > ${after} and ${column} is not null order by id limit ${CHUNK}`.execute(trx)
    let resealed = 0
    for (const { id, sealed } of rows) {
      const fresh = resealOne(reseal, sealed, `${tableName} ${id}`)
      if (fresh === undefined) continue
      await sql`update ${table} set ${column} = ${fresh} where id = ${id} and ${column} = ${sealed}`.execute(
        trx,
      )
      resealed += 1
    }
    return { last: rows.at(-1)?.id, resealed }
  })
}

function resealOne(reseal: (sealed: string) => string | undefined, sealed: string, where: string) {
  try {
    return reseal(sealed)
  } catch (cause) {
    throw new Error(`No key of the vault opens ${where}: nothing was ended, see to it first.`, {
      cause,
    })
  }
}
