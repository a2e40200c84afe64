import { existsSync, mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import SqliteDatabase from 'better-sqlite3'
import {
  Kysely,
  PostgresDialect,
  sql,
  SqliteDialect,
  type Dialect,
  type SqliteDatabase as SqliteStore,
} from 'kysely'
import { Migrator, type MigrationInfo } from 'kysely/migration'
import pg from 'pg'
import { SEALED_COPY } from './backup.js'
import type { DialectName } from './migrations/columns.js'
import { migrations } from './migrations/index.js'
import type { Db, Schema } from './schema.js'
import { asService, NOBODY, type Scope } from './scope.js'
import { walled } from './walled-dialect.js'

/** What SQLite must answer on our connection, or we don't start: durability is a promise. */
const SQLITE_SETTINGS = {
  journal_mode: 'wal',
  synchronous: 2,
  foreign_keys: 1,
  trusted_schema: 0,
  // What is deleted is overwritten with zeros.
  secure_delete: 1,
} as const

/**
 * `write` brings the tables up to date; `read` changes nothing and may run beside the service;
 * `fill` is `write` without waiting for the disk, for a file that may be lost: open it anew, and
 * so durably, before anything is promised of it.
 */
export type Access = 'read' | 'write' | 'fill'

/**
 * Opens the store that a URL names: `sqlite:data/sceau.sqlite`, `sqlite::memory:` or `postgres://…`.
 *
 * @param outside the scope of what is asked of a PostgreSQL in none: nobody's, but in a test that calls acts by themselves
 */
export async function openDatabase(
  url: string,
  access: Access = 'write',
  outside: Scope = NOBODY,
): Promise<Db> {
  const file = sqliteFile(url)
  const [dialect, name] =
    file === undefined
      ? ([walled(new PostgresDialect({ pool: postgresPool(url) }), outside), 'postgres'] as const)
      : ([sqlite(file, access), 'sqlite'] as const)
  const db = await (access === 'read' ? upToDate(dialect, name) : migrated(dialect, name))
  if (name === 'postgres') await assertDurable(db)
  return db
}

/** Opens a PostgreSQL as it is, without our tables, for who makes them. */
export async function openBare(url: string): Promise<Db> {
  const dialect = walled(new PostgresDialect({ pool: postgresPool(url) }), NOBODY)
  const db = new Kysely<Schema>({ dialect })
  await assertDurable(db)
  return db
}

/** @throws {Error} for a server that acknowledges what it may lose: the address, or a proxy, may overrule our wish */
async function assertDurable(db: Db): Promise<void> {
  const asked = sql<{ answer: string }>`select current_setting('synchronous_commit') as answer`
  const answer = (await asked.execute(db)).rows[0]?.answer
  if (answer !== 'off') return
  await db.destroy()
  throw new Error(
    'PostgreSQL answers synchronous_commit = off; we need on: take it out of DATABASE_URL, or of the settings of the proxy.',
  )
}

/** The file of a SQLite store, `:memory:` included; undefined for another store. */
export function sqliteFile(url: string): string | undefined {
  return url.startsWith('sqlite:') ? url.slice('sqlite:'.length) : undefined
}

/**
 * Opens a store on any dialect, with all migrations done: all of those that were waiting, or none. Whoever is
 * killed in between leaves the store as it was.
 */
export async function migrated(dialect: Dialect, name: DialectName): Promise<Db> {
  const db = new Kysely<Schema>({ dialect })
  try {
    if (name === 'sqlite') await db.connection().execute(migrateAsOne)
    else await asService('migration', () => migrate(db, name))
    return db
  } catch (error) {
    await db.destroy()
    throw error
  }
}

/** @param db in an open transaction all migrations are a part of it */
export async function migrate(db: Db, name: DialectName): Promise<void> {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations(name) } })
  await assertNotNewer(db, await migrator.getMigrations())
  const { error } = await migrator.migrateToLatest()
  if (error)
    throw error instanceof Error ? error : new Error('The migration of the database failed.')
}

/** SQLite's tables change in transactions, but Kysely begins none: this does. */
async function migrateAsOne(db: Db): Promise<void> {
  // A table that others refer to can't be made anew otherwise, and inside a transaction the pragma does nothing.
  await sql`pragma foreign_keys = off`.execute(db)
  await sql`begin immediate`.execute(db)
  try {
    await migrate(db, 'sqlite')
    const { rows } = await sql`pragma foreign_key_check`.execute(db)
    if (rows.length > 0) throw new Error('The migration would leave rows that refer to nothing.')
    await sql`commit`.execute(db)
  } catch (error) {
    await sql`rollback`.execute(db).catch(() => undefined)
    throw error
  }
  await sql`pragma foreign_keys = on`.execute(db)
}

/** Opens a store whose tables are those that this version knows. @throws {Error} for any other */
async function upToDate(dialect: Dialect, name: DialectName): Promise<Db> {
  const db = new Kysely<Schema>({ dialect })
  const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations(name) } })
  try {
    const known = await migrator.getMigrations()
    await assertNotNewer(db, known)
    if (known.every(({ executedAt }) => executedAt)) return db
    throw new Error(
      'The database is older than this version of Sceau: start the service once, which brings it up to date.',
    )
  } catch (error) {
    await db.destroy()
    throw error
  }
}

/** @throws {Error} for tables that a later version has made: what this one would write there may be wrong */
async function assertNotNewer(db: Db, known: readonly MigrationInfo[]): Promise<void> {
  if (known.every(({ executedAt }) => !executedAt)) return
  const done = await sql<{ name: string }>`select name from kysely_migration`.execute(db)
  const unknown = done.rows.find(({ name }) => known.every((one) => one.name !== name))
  if (unknown)
    throw new Error(
      `The database is newer than this version of Sceau (${unknown.name}): install the later version again, or restore the backup made before it.`,
    )
}

function sqlite(file: string, access: Access): Dialect {
  if (access === 'read') return new SqliteDialect({ database: readOnly(file) })
  if (file !== ':memory:') mkdirSync(dirname(file), { recursive: true })
  const database = writable(file)
  const dialect = onSqlite(database)
  if (access === 'fill') database.pragma('synchronous = OFF')
  return dialect
}

/** Speaks to an open SQLite database, with our settings on its connection. @throws {Error} if it does not take them */
export function onSqlite(database: SqliteDatabase.Database): Dialect {
  database.pragma('journal_mode = WAL')
  // After journal_mode: the driver lowers it to NORMAL when WAL is set.
  database.pragma('synchronous = FULL')
  database.pragma('foreign_keys = ON')
  database.pragma('trusted_schema = OFF')
  database.pragma('secure_delete = ON')
  assertSettings(database)
  assertVersion(database)
  return new SqliteDialect({ database: preparedOnce(database) })
}

/** @throws {Error} saying so when the file, or its folder, takes no writes */
function writable(file: string): SqliteDatabase.Database {
  try {
    const database = new SqliteDatabase(file, { timeout: 5_000 })
    // Takes the lock of a writer and gives it back: a file that can only be read is found out now.
    database.exec('begin immediate; commit')
    assertNotSealed(database)
    return database
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'unknown'
    throw new Error(`The database ${file} can’t be written: ${reason}.`, { cause: error })
  }
}

function assertNotSealed(database: SqliteDatabase.Database): void {
  if (database.pragma('user_version', { simple: true }) === SEALED_COPY)
    throw new Error('it is a backup in which students are sealed, put it back with "sceau restore"')
}

/** The least patch of each line of SQLite that we trust with what is committed; of later lines, any. */
const SOUND_SQLITE: readonly (readonly [number, number])[] = [
  [44, 6],
  [50, 7],
  [51, 3],
]

/** @throws {Error} for a version that may lose what was committed when a WAL is reset */
export function assertSound(version: string): void {
  const [major = 0, minor = 0, patch = 0] = version.split('.').map(Number)
  const least = SOUND_SQLITE.find(([line]) => line === minor)?.[1]
  if (major === 3 && (minor > 51 || (least !== undefined && patch >= least))) return
  throw new Error(
    `SQLite ${version} is not trusted with badges: 3.51.3 or later is needed (or 3.44.6, 3.50.7).`,
  )
}

function assertVersion(database: SqliteDatabase.Database): void {
  assertSound(String(database.prepare('select sqlite_version()').pluck().get()))
}

/** Statements that are kept ready: more than this service has. */
const STATEMENTS = 1_000

/** A statement of many rows is as long as they are many: a few of them would take 100 MB if they were kept. */
const LONGEST_KEPT = 10_000

/** To prepare a statement takes longer than to run it; Kysely would do it each time. */
function preparedOnce(database: SqliteDatabase.Database): SqliteStore {
  const kept = new Map<string, SqliteDatabase.Statement>()
  return {
    close: () => void database.close(),
    prepare(asked) {
      // After a full disk or an error of input or output SQLite has rolled back by itself: to ask for it
      // again would fail, and hide what happened.
      const sql = asked === 'rollback' && !database.inTransaction ? 'select 1' : asked
      const found = kept.get(sql)
      if (found) return found
      const made = database.prepare(sql)
      if (sql.length > LONGEST_KEPT) return made
      if (kept.size >= STATEMENTS) kept.clear()
      kept.set(sql, made)
      return made
    },
  }
}

function readOnly(file: string): SqliteDatabase.Database {
  if (!existsSync(file)) throw new Error(`There is no database at ${file}: start the service once.`)
  const database = new SqliteDatabase(file, { timeout: 5_000, readonly: true })
  database.pragma('trusted_schema = OFF')
  assertVersion(database)
  return database
}

function assertSettings(database: SqliteDatabase.Database): void {
  for (const [name, wanted] of Object.entries(SQLITE_SETTINGS)) {
    const found = database.pragma(name, { simple: true })
    if (found !== wanted && !(database.memory && name === 'journal_mode')) {
      throw new Error(`SQLite answers ${name} = ${String(found)}; we need ${wanted}.`)
    }
  }
}

function postgresPool(connectionString: string): pg.Pool {
  const pool = new pg.Pool({
    connectionString,
    max: 10,
    // A transaction that its client forgot must not hold rows for ever.
    options: '-c idle_in_transaction_session_timeout=15000 -c synchronous_commit=on',
  })
  // Without a listener the loss of a connection would end the process. Whoever waits for an answer is told by
  // their query, and the pool opens another connection for the next.
  pool.on('connect', (client) => client.on('error', () => undefined))
  pool.on('error', () => undefined)
  return pool
}
