import type { Kysely } from 'kysely'
import { required, table, to, unique, type DialectName } from './columns.js'

/** Who others say an issuer is: signed lists, as they were last good. */
export async function up(db: Kysely<unknown>, dialect: DialectName): Promise<void> {
  await table(db, dialect, 'trust_lists')
    .addColumn('source', 'text', unique)
    .addColumn('key', 'text', required)
    .addColumn('list_uri', 'text')
    .addColumn('publisher_uri', 'text')
    .addColumn('publisher_fr', 'text')
    .addColumn('publisher_en', 'text')
    .addColumn('valid_from', 'text')
    .addColumn('valid_until', 'text')
    .addColumn('digest', 'text')
    .addColumn('fetched_at', 'text')
    .addColumn('checked_at', 'text', required)
    .addColumn('fault', 'text')
    .execute()
  await table(db, dialect, 'trusted_issuers')
    .addColumn('list_id', 'integer', to('trust_lists'))
    .addColumn('issuer', 'text', required)
    .addColumn('name', 'text', required)
    .addColumn('skeleton', 'text', required)
    .addColumn('valid_from', 'text')
    .addColumn('valid_until', 'text')
    .addUniqueConstraint('one_entry_a_list', ['issuer', 'list_id'])
    .execute()
  await db.schema
    .createIndex('trusted_issuers_list')
    .on('trusted_issuers')
    .column('list_id')
    .execute()
  await db.schema
    .createIndex('trusted_issuers_skeleton')
    .on('trusted_issuers')
    .column('skeleton')
    .execute()
}
