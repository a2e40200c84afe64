import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import SqliteDatabase from 'better-sqlite3'
import { Kysely, sql, SqliteDialect, type SqliteDatabase as SqliteStore } from 'kysely'
import { Migrator } from 'kysely/migration'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { validateAudit, appendAudit } from '../../src/store/audit.js'
import { migrations } from '../../src/store/migrations/index.js'
import { migrated, onSqlite, openDatabase } from '../../src/store/open.js'

const EVERY = Number(process.env.SCEAU_CRASH_EVERY ?? 40)
let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sceau-interrupted-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

/** A process that dies before its nth statement: not even a rollback comes after. */
function dyingAt(statement: number, file: string) {
  const database = new SqliteDatabase(file)
  database.pragma('journal_mode = WAL')
  let seen = 0
  const store: SqliteStore = {
    close: () => void database.close(),
    prepare(asked) {
      seen += 1
      if (seen >= statement) throw new Error('the process is dead')
      return database.prepare(asked)
    },
  }
  return { dialect: new SqliteDialect({ database: store }), seen: () => seen, database }
}

const schemaOf = (file: string) => {
  const database = new SqliteDatabase(file, { readonly: true })
  const made = database.prepare('select sql from sqlite_master order by name').pluck().all()
  database.close()
  return made
}

async function upTo(file: string, last: string): Promise<void> {
  const db = new Kysely<unknown>({
    dialect: new SqliteDialect({ database: new SqliteDatabase(file) }),
  })
  const provider = { getMigrations: async () => migrations('sqlite') }
  expect((await new Migrator({ db, provider }).migrateTo(last)).error).toBeUndefined()
  await sql`insert into organisations (public_id, slug, kind, name, created_at)
    values ('school', 'school', 'lycee', 'Lycée DÉMO', '2026-09-01')`.execute(db)
  await db.destroy()
}

describe('RL-22 a migration that is killed before any statement', () => {
  test.each([
    ['of a new store', undefined],
    ['of an older one', '0012-trust-lists'],
  ])(
    '%s leaves it as it was, and the next start ends it',
    async (_, from) => {
      const start = async (name: string) => {
        const file = join(folder, name)
        if (from) await upTo(file, from)
        return file
      }
      const whole = dyingAt(Infinity, await start('whole'))
      await (await migrated(whole.dialect, 'sqlite')).destroy()
      const reference = schemaOf(join(folder, 'whole'))
      expect(whole.seen()).toBeGreaterThan(100)
      for (let at = 1; at <= whole.seen(); at += EVERY) {
        const file = await start(`at-${at}`)
        const before = from && schemaOf(file)
        const dying = dyingAt(at, file)
        await expect(migrated(dying.dialect, 'sqlite')).rejects.toThrow('dead')
        dying.database.close()
        if (before) expect(schemaOf(file), `died before statement ${at}`).toEqual(before)
        const db = await openDatabase(`sqlite:${file}`)
        const kept = await db.selectFrom('organisations').select('slug').execute()
        expect(kept).toHaveLength(from ? 1 : 0)
        expect((await sql`pragma foreign_key_check`.execute(db)).rows).toEqual([])
        expect((await sql`pragma foreign_keys`.execute(db)).rows).toEqual([{ foreign_keys: 1 }])
        await db.destroy()
        expect(schemaOf(file)).toEqual(reference)
      }
    },
    300_000,
  )
})

describe('RL-09 a power loss', () => {
  test('at any byte of the journal leaves a sound store with a beginning of what was acknowledged', async () => {
    const file = join(folder, 'live')
    const db = await openDatabase(`sqlite:${file}`)
    // What the tables are has reached the file itself.
    await sql`pragma wal_checkpoint(truncate)`.execute(db)
    const append = (n: number) =>
      db.transaction().execute(async (trx) => {
        const line = { at: new Date(n), actor: 'x', action: 'y', subject: `s${n}` }
        await appendAudit(trx, line)
      })
    for (let n = 1; n <= 20; n++) await append(n)
    const main = readFileSync(file)
    const journal = readFileSync(`${file}-wal`)
    await db.destroy()
    let seed = 7
    for (let tried = 0; tried < 60; tried++) {
      seed = (seed * 48_271) % 2_147_483_647
      const cut = tried === 0 ? journal.length : seed % journal.length
      const copy = join(folder, `cut-${tried}`)
      writeFileSync(copy, main)
      writeFileSync(`${copy}-wal`, journal.subarray(0, cut))
      const opened = await openDatabase(`sqlite:${copy}`)
      const verdict = await validateAudit(opened)
      expect(verdict, `cut at ${cut}`).toMatchObject({ sound: true })
      // RL-10: a whole journal has all that was acknowledged, each of it written before it was.
      if (tried === 0) expect(verdict.entries).toBe(20)
      const check = await sql`pragma integrity_check`.execute(opened)
      expect(check.rows).toEqual([{ integrity_check: 'ok' }])
      await opened.destroy()
    }
  }, 60_000)
})

describe('RL-22 a disk that is full', () => {
  test.each([
    ['of a new store', undefined],
    ['of an older one', '0012-trust-lists'],
  ])(
    'in the migration %s leaves it as it was, and the next start ends it',
    async (_, from) => {
      const needed = join(folder, 'needed')
      if (from) await upTo(needed, from)
      await (await openDatabase(`sqlite:${needed}`)).destroy()
      const reference = schemaOf(needed)
      const pagesOf = (file: string) => {
        const database = new SqliteDatabase(file)
        const pages = Number(database.pragma('page_count', { simple: true }))
        database.close()
        return pages
      }
      const whole = pagesOf(needed)
      for (let tried = 1; tried <= 3; tried++) {
        const file = join(folder, `full-${tried}`)
        if (from) await upTo(file, from)
        const before = from ? pagesOf(file) : 1
        const most = before + Math.floor(((whole - before) * tried) / 4)
        const database = new SqliteDatabase(file)
        database.pragma(`max_page_count = ${most}`)
        const kept = schemaOf(file)
        await expect(migrated(onSqlite(database), 'sqlite'), `${most} pages`).rejects.toThrow(
          'full',
        )
        expect(schemaOf(file)).toEqual(kept)
        const db = await openDatabase(`sqlite:${file}`)
        expect(await db.selectFrom('organisations').select('slug').execute()).toHaveLength(
          from ? 1 : 0,
        )
        await db.destroy()
        expect(schemaOf(file)).toEqual(reference)
      }
    },
    120_000,
  )
})

describe('RL-22 a store of another version', () => {
  test('that is newer is refused by older code, which changes nothing; an older one is refused where nothing may be written', async () => {
    const newer = join(folder, 'newer')
    const db = await openDatabase(`sqlite:${newer}`)
    const row = { name: '9999-of-tomorrow', timestamp: '2027-01-01' }
    await sql`insert into kysely_migration values (${row.name}, ${row.timestamp})`.execute(db)
    await db.destroy()
    const before = schemaOf(newer)
    await expect(openDatabase(`sqlite:${newer}`)).rejects.toThrow(
      'newer than this version of Sceau (9999-of-tomorrow)',
    )
    expect(schemaOf(newer)).toEqual(before)
    await expect(openDatabase(`sqlite:${newer}`, 'read')).rejects.toThrow('newer')
    const older = join(folder, 'older')
    await upTo(older, '0012-trust-lists')
    await expect(openDatabase(`sqlite:${older}`, 'read')).rejects.toThrow('older')
  })
})
