import type { Kysely } from 'kysely'
import { maybeTo, required, table, to, unique, type DialectName } from './columns.js'

/**
 * A definition is proposed by one person and published by another. Who commits the company may do it by a link.
 * The company may withdraw what it endorsed.
 */
export async function up(db: Kysely<unknown>, dialect: DialectName): Promise<void> {
  const versions = () => db.schema.alterTable('template_versions')
  await versions().addColumn('proposed_at', 'text').execute()
  await versions().addColumn('proposed_by_id', 'integer', maybeTo('persons')).execute()
  await versions().addColumn('proposed_digest', 'text').execute()
  await versions().addColumn('proposed_function', 'text').execute()
  await versions().addColumn('published_function', 'text').execute()
  await versions().addColumn('published_way', 'text').execute()
  await versions().addColumn('endorsement_withdrawn_at', 'text').execute()
  await versions().addColumn('endorsement_withdrawn_reason', 'text').execute()
  const dossiers = () => db.schema.alterTable('dossiers')
  await dossiers().addColumn('assessed_way', 'text').execute()
  await dossiers().addColumn('endorsed_way', 'text').execute()
  await linkTable(db, dialect)
  await table(db, dialect, 'endorsement_withdrawals')
    .addColumn('status_entry_id', 'integer', (c) => to('status_entries')(c).unique())
    .addColumn('badge_id', 'integer', maybeTo('badges'))
    .addColumn('template_version_id', 'integer', maybeTo('template_versions'))
    .addColumn('function', 'text', required)
    .addColumn('reason', 'text', required)
    .addColumn('by_id', 'integer', to('persons'))
    .addColumn('at', 'text', required)
    .execute()
}

async function linkTable(db: Kysely<unknown>, dialect: DialectName): Promise<void> {
  await table(db, dialect, 'endorser_links')
    .addColumn('public_id', 'text', unique)
    .addColumn('token_hash', 'text', unique)
    .addColumn('dossier_id', 'integer', to('dossiers'))
    .addColumn('step', 'text', required)
    .addColumn('digest', 'text', required)
    .addColumn('person_id', 'integer', to('persons'))
    .addColumn('function', 'text', required)
    .addColumn('made_by_id', 'integer', to('persons'))
    .addColumn('made_at', 'text', required)
    .addColumn('expires_at', 'text', required)
    .addColumn('used_at', 'text')
    .addColumn('revoked_at', 'text')
    .addColumn('code_fingerprint', 'text')
    .addColumn('code_sent_at', 'text')
    .addColumn('codes_sent', 'integer', (c) => c.notNull().defaultTo(0))
    .addColumn('wrong_codes', 'integer', (c) => c.notNull().defaultTo(0))
    .execute()
  await db.schema
    .createIndex('endorser_links_dossier')
    .on('endorser_links')
    .column('dossier_id')
    .execute()
}
