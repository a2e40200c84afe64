import { PGlite } from '@electric-sql/pglite'
import { Kysely, PGliteDialect } from 'kysely'
import { migrated } from '../../src/store/open.js'
import type { Db, Schema } from '../../src/store/schema.js'
import { NOBODY } from '../../src/store/scope.js'
import { walled } from '../../src/store/walled-dialect.js'

/** A new PostgreSQL in this process, a copy of one that was migrated: to make one takes some six seconds. */
export async function openPglite(): Promise<Db> {
  empty ??= migrateOnce()
  const pglite = new PGlite({ loadDataDir: await empty })
  return new Kysely<Schema>({ dialect: new PGliteDialect({ pglite }) })
}

let empty: Promise<Blob> | undefined

async function migrateOnce(): Promise<Blob> {
  const pglite = new PGlite()
  const db = await migrated(new PGliteDialect({ pglite }), 'postgres')
  const files = await pglite.dumpDataDir('none')
  await db.destroy()
  return files
}

/** The same behind the second wall, as an ordinary role sees it, with a way to act as the one that made it. */
export async function openWalledPglite(): Promise<{
  db: Db
  asOwner: (sql: string) => Promise<unknown>
}> {
  empty ??= migrateOnce()
  const pglite = new PGlite({ loadDataDir: await empty })
  await pglite.exec(`create role ordinary nosuperuser;
    grant all on all tables in schema public to ordinary;
    grant all on all sequences in schema public to ordinary; set role ordinary`)
  const db = new Kysely<Schema>({ dialect: walled(new PGliteDialect({ pglite }), NOBODY) })
  const asOwner = (sql: string) => pglite.exec(`reset role; ${sql}; set role ordinary`)
  return { db, asOwner }
}
