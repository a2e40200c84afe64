import { sql, type Kysely } from 'kysely'
import type { DialectName } from './columns.js'

/**
 * A key is announced before it signs: who keeps a copy of did.json has it by then. The database itself lets one
 * key of an organisation sign, and one wait.
 */
export async function up(db: Kysely<unknown>, _dialect: DialectName): Promise<void> {
  await db.schema.alterTable('organisation_keys').addColumn('activated_at', 'text').execute()
  await sql`update organisation_keys set activated_at = created_at`.execute(db)
  await sql`create unique index organisation_keys_one_signs on organisation_keys (organisation_id)
    where activated_at is not null and retired_at is null and revoked_at is null`.execute(db)
  await sql`create unique index organisation_keys_one_announced on organisation_keys (organisation_id)
    where activated_at is null and revoked_at is null`.execute(db)
}
