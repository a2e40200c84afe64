import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import SqliteDatabase from 'better-sqlite3'
import { Kysely, PostgresDialect, SqliteDialect, type Dialect } from 'kysely'
import { Migrator } from 'kysely/migration'
import pg from 'pg'
import type { DialectName } from './migrations/columns.js'
import { migrations } from './migrations/index.js'
import type { Db, Schema } from './schema.js'

/** What SQLite must answer on our connection, or we don't start: durability is a promise. */
const SQLITE_SETTINGS = {
  journal_mode: 'wal',
  synchronous: 2,
  foreign_keys: 1,
  trusted_schema: 0,
} as const

/**
 * Opens the store that a URL names and brings its tables up to date: `sqlite:data/sceau.sqlite`,
 * `sqlite::memory:` or `postgres://…`.
 */
export async function openDatabase(url: string): Promise<Db> {
  if (url.startsWith('sqlite:')) return migrated(sqlite(url.slice('sqlite:'.length)), 'sqlite')
  return migrated(new PostgresDialect({ pool: postgresPool(url) }), 'postgres')
}

/** Opens a store on any dialect, with all migrations done. */
export async function migrated(dialect: Dialect, name: DialectName): Promise<Db> {
  const db = new Kysely<Schema>({ dialect })
  const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations(name) } })
  const { error } = await migrator.migrateToLatest()
  if (error) {
    await db.destroy()
    throw error instanceof Error ? error : new Error('The migration of the database failed.')
  }
  return db
}

function sqlite(file: string): Dialect {
  const inMemory = file === ':memory:'
  if (!inMemory) mkdirSync(dirname(file), { recursive: true })
  const database = new SqliteDatabase(file, { timeout: 5_000 })
  database.pragma('journal_mode = WAL')
  // After journal_mode: the driver lowers it to NORMAL when WAL is set.
  database.pragma('synchronous = FULL')
  database.pragma('foreign_keys = ON')
  database.pragma('trusted_schema = OFF')
  for (const [name, wanted] of Object.entries(SQLITE_SETTINGS)) {
    const found = database.pragma(name, { simple: true })
    if (found !== wanted && !(inMemory && name === 'journal_mode')) {
      throw new Error(`SQLite answers ${name} = ${String(found)}; we need ${wanted}.`)
    }
  }
  return new SqliteDialect({ database })
}

function postgresPool(connectionString: string): pg.Pool {
  return new pg.Pool({
    connectionString,
    max: 10,
    // A transaction that its client forgot must not hold rows for ever.
    options: '-c idle_in_transaction_session_timeout=15000 -c synchronous_commit=on',
  })
}
