import type { Kysely } from 'kysely'
import { required, table, to, unique, type DialectName } from './columns.js'

/**
 * Passkeys, the challenges that they answer, and sessions that know what was shown last. Sessions live twelve hours at
 * most: those that there are end, and whoever was signed in signs in again.
 */
export async function up(db: Kysely<unknown>, dialect: DialectName): Promise<void> {
  await db.schema.dropTable('web_sessions').execute()
  await table(db, dialect, 'web_sessions')
    .addColumn('public_id', 'text', unique)
    .addColumn('token_hash', 'text', unique)
    .addColumn('person_id', 'integer', to('persons'))
    .addColumn('csrf_token', 'text', required)
    .addColumn('roles', 'text', required)
    .addColumn('created_at', 'text', required)
    .addColumn('last_seen_at', 'text', required)
    .addColumn('proven_by', 'text')
    .addColumn('proven_at', 'text')
    .addColumn('browser', 'text')
    .addColumn('network', 'text')
    .addColumn('ended_at', 'text')
    .execute()
  await table(db, dialect, 'passkeys')
    .addColumn('public_id', 'text', unique)
    .addColumn('person_id', 'integer', to('persons'))
    .addColumn('name', 'text', required)
    .addColumn('credential_id', 'text', unique)
    .addColumn('public_key', 'text', required)
    .addColumn('transports', 'text', required)
    .addColumn('sign_count', 'integer', required)
    .addColumn('created_at', 'text', required)
    .addColumn('last_used_at', 'text')
    .execute()
  await table(db, dialect, 'passkey_challenges')
    .addColumn('challenge', 'text', unique)
    .addColumn('purpose', 'text', required)
    .addColumn('holder_hash', 'text', required)
    .addColumn('expires_at', 'text', required)
    .execute()
  for (const name of ['web_sessions', 'passkeys'])
    await db.schema.createIndex(`${name}_person`).on(name).column('person_id').execute()
}
