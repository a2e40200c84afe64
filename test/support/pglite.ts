import { PGlite } from '@electric-sql/pglite'
import { Kysely, PGliteDialect } from 'kysely'
import { migrated } from '../../src/store/open.js'
import type { Db, Schema } from '../../src/store/schema.js'

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
