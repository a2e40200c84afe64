import type { Kysely } from 'kysely'
import { required, table, unique, type DialectName } from './columns.js'

/** The keys of the service itself, which belong to no organisation. */
export async function up(db: Kysely<unknown>, dialect: DialectName): Promise<void> {
  await table(db, dialect, 'service_keys')
    // The first, the second …: of two processes that start together, one makes it.
    .addColumn('number', 'integer', unique)
    .addColumn('public_key_multibase', 'text', unique)
    .addColumn('created_at', 'text', required)
    .addColumn('retired_at', 'text')
    .addColumn('revoked_at', 'text')
    .execute()
}
