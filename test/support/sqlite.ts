import SqliteDatabase from 'better-sqlite3'
import { Kysely } from 'kysely'
import { migrated, onSqlite } from '../../src/store/open.js'
import type { Db, Schema } from '../../src/store/schema.js'

/** A new store in memory, a copy of one that was migrated: the migrations take twenty times as long. */
export async function openSqlite(): Promise<Db> {
  empty ??= migrateOnce()
  return new Kysely<Schema>({ dialect: onSqlite(new SqliteDatabase(await empty)) })
}

let empty: Promise<Buffer> | undefined

async function migrateOnce(): Promise<Buffer> {
  const database = new SqliteDatabase(':memory:')
  const db = await migrated(onSqlite(database), 'sqlite')
  const bytes = database.serialize()
  await db.destroy()
  return bytes
}
