import { sql, type Kysely } from 'kysely'
import type { DialectName } from './columns.js'

/**
 * An organisation signs tokens with an RSA key, beside the Ed25519 key of its badges: one of each kind signs, and
 * one of each may wait. What has no JWK is an Ed25519 key.
 */
export async function up(db: Kysely<unknown>, _dialect: DialectName): Promise<void> {
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
}
