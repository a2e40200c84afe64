import type { Kysely } from 'kysely'
import { required, table, to, type DialectName } from './columns.js'

/**
 * Status lists of the VC-API may be closed, so that no place of them is taken any more; and a place may be revoked
 * that nobody in this store has: it was taken after the copy that the store was restored from.
 */
export async function up(db: Kysely<unknown>, dialect: DialectName): Promise<void> {
  await db.schema.alterTable('vc_status_lists').addColumn('closed_at', 'text').execute()
  await table(db, dialect, 'vc_lost_places')
    .addColumn('list_id', 'integer', to('vc_status_lists'))
    .addColumn('position', 'integer', required)
    .addColumn('revoked_at', 'text', required)
    .addUniqueConstraint('vc_lost_places_once', ['list_id', 'position'])
    .execute()
}
