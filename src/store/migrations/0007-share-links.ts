import type { Kysely } from 'kysely'

/** A link gets a name of its own: its token is a secret, and is not named in forms or in the audit. */
export async function up(db: Kysely<unknown>): Promise<void> {
  // Nothing had opened a link before: no row lacks one.
  await db.schema.alterTable('share_links').addColumn('public_id', 'text').execute()
  await db.schema
    .createIndex('share_links_public_id')
    .on('share_links')
    .column('public_id')
    .unique()
    .execute()
  await db.schema.createIndex('share_links_badge').on('share_links').column('badge_id').execute()
}
