import type { Kysely } from 'kysely'
import { pack } from '../packed.js'
import { required, table, unique, type DialectName } from './columns.js'

/**
 * A signed badge is kept once, packed by what the badges of its version have in common: half a kilobyte, not
 * seven. Its frozen bytes are the same without the proof, and the endorsements stand in it.
 */
export async function up(db: Kysely<unknown>, dialect: DialectName): Promise<void> {
  await table(db, dialect, 'badge_commons')
    .addColumn('ground', 'text', unique)
    .addColumn('text', 'text', required)
    .execute()
  const badges = () => db.schema.alterTable('badges')
  const bytes = dialect === 'sqlite' ? 'blob' : 'bytea'
  await badges().addColumn('common_id', 'integer').execute()
  await badges().addColumn('signed_packed', bytes).execute()
  await badges().addColumn('document_packed', bytes).execute()
  await packAll(db)
  await badges().dropColumn('badge_signed').execute()
  await badges().dropColumn('badge_document').execute()
}

type Text = string | null
type Bytes = Uint8Array | null
type Before = {
  badges: { id: number; badge_signed: Text; badge_document: Text; badge_prepared: Text } & {
    endorsement_prepared: Text
    endorsement_document: Text
    signed_packed: Bytes
    document_packed: Bytes
  }
}

const PAGE = 200

async function packAll(db: Kysely<Before>): Promise<void> {
  for (let after = 0; ;) {
    const rows = await db
      .selectFrom('badges')
      .select(['id', 'badge_signed', 'badge_document'])
      .where('id', '>', after)
      .orderBy('id')
      .limit(PAGE)
      .execute()
    for (const { id, badge_signed: signed, badge_document: document } of rows) {
      if (signed === null && document === null) continue
      const released = { endorsement_prepared: null, endorsement_document: null }
      await db
        .updateTable('badges')
        .set({
          signed_packed: signed === null ? null : pack(signed, undefined),
          document_packed: document === null ? null : pack(document, undefined),
          badge_prepared: null,
          ...(document !== null && released),
        })
        .where('id', '=', id)
        .execute()
    }
    const last = rows.at(-1)
    if (!last) return
    after = last.id
  }
}
