import type { Kysely } from 'kysely'
import { maybeTo, required, table, to, unique, type DialectName } from './columns.js'

/** How we know that a company is who it says: what a person saw, a mailbox answered, its representative declared. */
export async function up(db: Kysely<unknown>, dialect: DialectName): Promise<void> {
  await table(db, dialect, 'authority_proofs')
    .addColumn('organisation_id', 'integer', to('organisations'))
    .addColumn('kind', 'text', required)
    .addColumn('value', 'text', required)
    .addColumn('source', 'text', required)
    .addColumn('day', 'text', required)
    .addColumn('by_id', 'integer', maybeTo('persons'))
    .addColumn('at', 'text', required)
    .addColumn('expires_at', 'text', required)
    .execute()
  await db.schema
    .createIndex('authority_proofs_of')
    .on('authority_proofs')
    .column('organisation_id')
    .execute()
  await table(db, dialect, 'domain_questions')
    .addColumn('organisation_id', 'integer', to('organisations'))
    .addColumn('domain', 'text', required)
    .addColumn('token_hash', 'text', unique)
    .addColumn('made_by_id', 'integer', to('persons'))
    .addColumn('made_at', 'text', required)
    .addColumn('expires_at', 'text', required)
    .addColumn('used_at', 'text')
    .execute()
}
