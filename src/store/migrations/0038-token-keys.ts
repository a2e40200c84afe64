import { sql, type Kysely } from 'kysely'
import { maybeTo, required, table, to, unique, type DialectName } from './columns.js'

/**
 * An organisation signs tokens with an RSA key, beside the Ed25519 key of its badges: one of each kind signs, and
 * one of each may wait. What has no JWK is an Ed25519 key. Beside them, the keys, lists and credentials of the VC-API:
 * of each credential its digest, never its content.
 */
export async function up(db: Kysely<unknown>, dialect: DialectName): Promise<void> {
  await db.schema.alterTable('organisation_keys').addColumn('public_key_jwk', 'text').execute()
  for (const [stage, those] of [
    ['signs', 'activated_at is not null and retired_at is null and revoked_at is null'],
    ['announced', 'activated_at is null and revoked_at is null'],
  ] as const) {
    const name = `organisation_keys_one_${stage}`
    await sql`drop index ${sql.raw(name)}`.execute(db)
    await sql`create unique index ${sql.raw(name)} on organisation_keys (organisation_id)
      where ${sql.raw(those)} and public_key_jwk is null`.execute(db)
    await sql`create unique index ${sql.raw(`${name}_rsa`)} on organisation_keys (organisation_id)
      where ${sql.raw(those)} and public_key_jwk is not null`.execute(db)
  }
  await table(db, dialect, 'vc_issuers')
    .addColumn('organisation_id', 'integer', to('organisations'))
    .addColumn('curve', 'text', required)
    .addColumn('public_key_multibase', 'text', unique)
    .addColumn('provider', 'text', required)
    .addColumn('created_at', 'text', required)
    .addUniqueConstraint('vc_issuers_once', ['organisation_id', 'curve'])
    .execute()
  await table(db, dialect, 'vc_status_lists')
    .addColumn('public_id', 'text', unique)
    .addColumn('issuer_id', 'integer', to('vc_issuers'))
    .addColumn('number', 'integer', required)
    .addColumn('entries', 'integer', required)
    .addColumn('opened_at', 'text', required)
    .addColumn('revision', 'integer', (column) => column.notNull().defaultTo(0))
    .addColumn('document', 'text')
    .addColumn('published_at', 'text')
    .addColumn('published_revision', 'integer')
    .addUniqueConstraint('vc_status_lists_once', ['issuer_id', 'number'])
    .execute()
  await table(db, dialect, 'vc_credentials')
    .addColumn('public_id', 'text', unique)
    .addColumn('issuer_id', 'integer', to('vc_issuers'))
    .addColumn('credential_id', 'text')
    .addColumn('digest', 'text', required)
    .addColumn('list_id', 'integer', maybeTo('vc_status_lists'))
    .addColumn('position', 'integer')
    .addColumn('issued_at', 'text', required)
    .addColumn('log_position', 'integer', unique)
    .addColumn('log_nonce', 'text', required)
    .addColumn('revoked_at', 'text')
    .addUniqueConstraint('vc_credentials_place', ['list_id', 'position'])
    .execute()
  await db.schema
    .createIndex('vc_credentials_credential_id')
    .on('vc_credentials')
    .column('credential_id')
    .execute()
}
