import type { Kysely } from 'kysely'

/**
 * A share link has a short code beside its token, for paper and telephone. 40 bits are found by
 * guessing from a plain hash: the code is kept as a keyed fingerprint, and sealed for its owner.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  const links = () => db.schema.alterTable('share_links')
  await links().addColumn('code_fingerprint', 'text').execute()
  await links().addColumn('code_sealed', 'text').execute()
  // Closed links too: a code that was printed once never leads to another badge.
  await db.schema
    .createIndex('share_links_code')
    .unique()
    .on('share_links')
    .column('code_fingerprint')
    .execute()
}
