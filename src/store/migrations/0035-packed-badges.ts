import type { Kysely } from 'kysely'
import { pack } from '../packed.js'
import { required, table, unique, type DialectName } from './columns.js'

/**
 * A signed badge is kept once, packed by what the badges of its version have in common: half a kilobyte, not
 * fourteen. What is frozen on the way there has a row of its own, which ends with the release.
 */
export async function up(db: Kysely<unknown>, dialect: DialectName): Promise<void> {
  await table(db, dialect, 'badge_commons')
    .addColumn('ground', 'text', unique)
    .addColumn('text', 'text', required)
    .execute()
  const ofBadge = (name: string) =>
    db.schema
      .createTable(name)
      .addColumn('id', 'integer', (id) =>
        id.primaryKey().references('badges.id').onDelete('cascade'),
      )
  await ofBadge('badge_documents')
    .addColumn('common_id', 'integer', (common) => common.references('badge_commons.id'))
    .addColumn('packed', dialect === 'sqlite' ? 'blob' : 'bytea', required)
    .execute()
  await ofBadge('badge_drafts')
    .addColumn('endorsement_prepared', 'text')
    .addColumn('endorsement_document', 'text')
    .addColumn('badge_prepared', 'text')
    .execute()
  await moveAll(db)
  for (const column of [...DRAFTED, 'badge_signed', 'badge_document'])
    await db.schema.alterTable('badges').dropColumn(column).execute()
}

const DRAFTED = ['endorsement_prepared', 'endorsement_document', 'badge_prepared'] as const
type Text = string | null
type Drafted = Record<(typeof DRAFTED)[number], Text>
type Tables = {
  badges: Drafted & { id: number; badge_signed: Text; badge_document: Text }
  badge_documents: { id: number; common_id: number | null; packed: Uint8Array }
  badge_drafts: Drafted & { id: number }
}

const PAGE = 200

async function moveAll(db: Kysely<Tables>): Promise<void> {
  for (let after = 0; ;) {
    const rows = await db
      .selectFrom('badges')
      .selectAll()
      .where('id', '>', after)
      .orderBy('id')
      .limit(PAGE)
      .execute()
    for (const row of rows) {
      const { id, badge_signed, badge_document } = row
      const document = badge_document ?? badge_signed
      if (document !== null) {
        const packed = pack(document, undefined)
        await db.insertInto('badge_documents').values({ id, common_id: null, packed }).execute()
      }
      if (badge_document !== null) continue
      const { endorsement_prepared, endorsement_document, badge_prepared } = row
      await db
        .insertInto('badge_drafts')
        .values({ id, endorsement_prepared, endorsement_document, badge_prepared })
        .execute()
    }
    const last = rows.at(-1)
    if (!last) return
    after = last.id
  }
}
