import { execFileSync } from 'node:child_process'
import { copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import SqliteDatabase from 'better-sqlite3'
import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { isOpenInBackup, planOfBackup } from '../../../src/issuer/rights/seal-backup.js'
import { HELD } from '../../../src/issuer/rights/tables.data.js'
import { openStudentKeys } from '../../../src/key-files/student-keys.js'
import { forgetCopy, isCopy } from '../../../src/store/backup.js'
import { openParcels, type Open } from '../../../src/store/open-parcels.js'
import { openBare, openDatabase } from '../../../src/store/open.js'
import { assertNoTables, restoreIntoPostgres } from '../../../src/store/restore-postgres.js'
import type { Db } from '../../../src/store/schema.js'
import { asService } from '../../../src/store/scope.js'
import { copySealedFromPostgres } from '../../../src/store/sealed-copy-postgres.js'
import { copySealed } from '../../../src/store/sealed-copy.js'
import { memoryKeys } from '../../support/keys.js'
import { newDatabase, openPostgres } from '../../support/postgres.js'
import { openEveryRow, type Mark } from './every-row.js'

// Each makes a PostgreSQL of its own, by all migrations.
vi.setConfig({ testTimeout: 180_000 })
const DAY = '2026-11-24'
/** On a real server: `npm run test:ci:postgres`. */
const onServer = test.runIf(process.env.TEST_POSTGRES_URL)
const { vault } = memoryKeys()
let folder: string
let empty: string
let store: ReturnType<typeof openEveryRow>
const opened: Db[] = []
let url = ''
beforeAll(async () => {
  empty = mkdtempSync(join(tmpdir(), 'sceau-empty-'))
  await (await openDatabase(`sqlite:${empty}/empty.sqlite`)).destroy()
})
afterAll(() => rmSync(empty, { recursive: true }))
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sceau-sealed-'))
  copyFileSync(join(empty, 'empty.sqlite'), at('live.sqlite'))
  store = openEveryRow(at('live.sqlite'), vault.fingerprint)
})
afterEach(async () => {
  store.close()
  for (const db of opened.splice(0)) await db.destroy()
  rmSync(folder, { recursive: true })
})

const at = (name: string) => join(folder, name)
const studentKeys = () => openStudentKeys(at('keys/student-keys.sqlite'), vault)
const plan = () => planOfBackup({ vault, studentKeys: studentKeys() }, DAY)
const command = <T>(act: () => Promise<T>) => asService('command', act)
const open: Open = (student, sealed) => studentKeys().findAll().of(student)?.open(sealed)

/** A PostgreSQL without our tables, at `url`. */
async function bare(): Promise<Db> {
  url = await newDatabase()
  const db = await openBare(url)
  opened.push(db)
  return db
}

async function restored(copy: string, by: Open = open): Promise<Db> {
  const db = await bare()
  await command(() => restoreIntoPostgres(db, at(copy), { open: by }))
  return db
}

const backUpLive = () => copySealed(at('live.sqlite'), at('of-sqlite'), plan())
const backUp = (db: Db, copy: string, how = plan()) =>
  command(() => copySealedFromPostgres(db, at(copy), how))

type Everything = Record<string, unknown[]>
const plain = (rows: readonly object[]) =>
  rows
    .map((row) =>
      Object.entries(row).map(([name, value]) => [
        name,
        value instanceof Uint8Array ? Buffer.from(value).toString('hex') : (value as unknown),
      ]),
    )
    .map((row) => JSON.stringify(row.toSorted()))
    .toSorted()

/** All rows but of migrations, which each store has done for itself. */
function inFile(name: string): Everything {
  const file = new SqliteDatabase(at(name), { readonly: true })
  const tables = file
    .prepare<[], string>(
      `select name from sqlite_master where type = 'table' and name not like 'kysely%'`,
    )
    .pluck()
    .all()
  const rows = tables
    .filter((table) => !['sqlite_sequence', 'parcels'].includes(table))
    .map((table) => [table, plain(file.prepare<[], object>(`select * from "${table}"`).all())])
  file.close()
  return Object.fromEntries(rows) as Everything
}

async function inServer(db: Db): Promise<Everything> {
  return command(async () => {
    const found: Everything = {}
    for (const table of Object.keys(inFile('live.sqlite')))
      found[table] = plain((await sql<object>`select * from ${sql.table(table)}`.execute(db)).rows)
    return found
  })
}

function expectEqual(found: Everything, expected: Everything): void {
  expect(Object.keys(found).toSorted()).toEqual(Object.keys(expected).toSorted())
  for (const [table, rows] of Object.entries(expected)) expect(found[table], table).toEqual(rows)
}

const marked = (name: string) => (table: string, column: string) =>
  `${name}·${table}·${column}·'"\\{},é\n`
const erased = new Set<string>(
  HELD.filter(({ erase }) => erase !== 'keep').map(({ table }) => table),
)
const isSecret = ({ table, column }: Mark) =>
  erased.has(table) && !isOpenInBackup(table as 'badges', column)
const readIn = (bytes: Buffer, marks: readonly Mark[]) =>
  marks.filter(({ value }) => bytes.includes(value)).map(({ value }) => value)
const dump = async (db: Db) => Buffer.from(JSON.stringify(await inServer(db)))

onServer(
  'every row of every table goes from SQLite to PostgreSQL, from there to another and back, equal in every field',
  async () => {
    for (const name of ['one', 'two', 'three']) store.addStudent(name, marked(name))
    const before = inFile('live.sqlite')
    expect(backUpLive()).toBe(3)
    const first = await restored('of-sqlite')
    expectEqual(await inServer(first), before)
    expect(await backUp(first, 'of-postgres')).toBe(3)
    const second = await restored('of-postgres')
    expectEqual(await inServer(second), before)
    copyFileSync(at('of-postgres'), at('back.sqlite'))
    expect(openParcels(at('back.sqlite'), open)).toBe(3)
    expectEqual(inFile('back.sqlite'), before)
  },
)

onServer(
  'a backup of a PostgreSQL has the rows, sealed and not, that one of the same SQLite has',
  async () => {
    const marks = store.addStudent('one', marked('one'))
    store.insert('kept_answers', { status: 201 }, () => 'answer about many')
    backUpLive()
    const db = await restored('of-sqlite')
    await command(() => sql`update kept_answers set body_sealed = 'of many'`.execute(db))
    const person_id = store.database.prepare('select id from persons limit 1').pluck().get()
    const school_id = store.database.prepare('select id from organisations limit 1').pluck().get()
    const waiting = { public_id: 'list', person_id, school_id, sealed: 'class list', kind: 'x' }
    const columns = (
      await sql<{ name: string }>`select column_name as name
    from information_schema.columns where table_name = 'pending_imports'`.execute(db)
    ).rows
    const own = columns.map(({ name }) => (waiting as Record<string, unknown>)[name] ?? 7)
    await command(() =>
      sql`insert into pending_imports (${sql.join(columns.map(({ name }) => sql.ref(name)))})
      values (${sql.join(own)})`.execute(db),
    )
    expect(await backUp(db, 'of-postgres')).toBe(1)
    expectEqual(inFile('of-postgres'), inFile('of-sqlite'))
    expect(readIn(readFileSync(at('of-postgres')), marks.filter(isSecret))).toEqual([])
    const objects = (name: string) => {
      const file = new SqliteDatabase(at(name), { readonly: true })
      const all = file.prepare('select type, name from sqlite_master order by 1, 2').all()
      file.close()
      return all
    }
    expect(objects('of-postgres')).toEqual(objects('of-sqlite'))
  },
)

onServer(
  'once the key of a student is destroyed, nobody reads them in a backup of a PostgreSQL, nor in what is restored; the others are whole',
  async () => {
    const marks = store.addStudent('one', (table, column) => `one·${table}·${column}·é`)
    const others = store.addStudent('two', (table, column) => `two·${table}·${column}·é`)
    backUpLive()
    const db = await restored('of-sqlite')
    expect(readIn(await dump(db), marks.filter(isSecret))).not.toEqual([])
    await backUp(db, 'copy')
    studentKeys().destroy(['one'])
    studentKeys().scrub()
    const secret = marks.filter(isSecret)
    expect(secret.length).toBeGreaterThan(50)
    expect(readIn(readFileSync(at('copy')), secret)).toEqual([])
    const again = await dump(await restored('copy'))
    expect(readIn(again, secret)).toEqual([])
    const text = (mark: Mark) => again.includes(mark.value) || again.includes(hex(mark.value))
    expect(others.filter((mark) => !text(mark))).toEqual([])
  },
)
const hex = (value: string) => Buffer.from(value).toString('hex')

onServer(
  'ids that were given are not given again, though their rows are gone, in either store',
  async () => {
    store.addStudent('one', marked('one'))
    const last = 5_000
    store.insert('organisations', { id: last }, (column) => `gone ${column}`)
    store.database.prepare('delete from organisations where id = ?').run(last)
    backUpLive()
    const first = await restored('of-sqlite')
    const next = async (db: Db) =>
      (
        await sql<{ id: number }>`select nextval(pg_get_serial_sequence('organisations', 'id'))::int
        as id`.execute(db)
      ).rows[0]!.id
    expect(await next(first)).toBe(last + 1)
    await backUp(first, 'copy')
    expect(await next(await restored('copy'))).toBe(last + 2)
    openParcels(at('copy'), open)
    const file = new SqliteDatabase(at('copy'))
    const seq = file.prepare(`select seq from sqlite_sequence where name = 'organisations'`).pluck()
    expect(seq.get()).toBe(last + 1)
    file.close()
  },
)

onServer(
  'a restored PostgreSQL has every constraint, trigger, index and wall of a new one, and says that it is a copy until a start',
  async () => {
    store.addStudent('one', marked('one'))
    backUpLive()
    const db = await restored('of-sqlite')
    const fresh = await openPostgres()
    opened.push(fresh)
    const all = sql<object>`
    select conrelid::regclass::text as of, conname as name, pg_get_constraintdef(oid) || convalidated::text as is
      from pg_constraint where connamespace = 'public'::regnamespace
    union all select tgrelid::regclass::text, tgname, tgenabled::text || pg_get_triggerdef(oid)
      from pg_trigger where not tgisinternal
    union all select tablename, indexname, indexdef from pg_indexes where schemaname = 'public'
    union all select tablename, policyname, coalesce(qual, '') || coalesce(with_check, '') from pg_policies
    union all select relname, 'wall', relrowsecurity::text || relforcerowsecurity::text from pg_class
      where relnamespace = 'public'::regnamespace`
    const of = async (one: Db) => plain((await all.execute(one)).rows)
    expect((await of(fresh)).length).toBeGreaterThan(700)
    expect(await of(db)).toEqual(await of(fresh))
    expect(await isCopy(fresh)).toBe(false)
    expect(await isCopy(db)).toBe(true)
    await forgetCopy(db)
    expect(await isCopy(db)).toBe(false)
    await expect(command(() => sql`truncate audit`.execute(db))).rejects.toThrow()
  },
)

onServer(
  'a database that has tables is refused and stays as it is; what fails in the middle leaves nothing',
  async () => {
    for (const name of ['one', 'two']) store.addStudent(name, marked(name))
    backUpLive()
    const db = await bare()
    await sql`create table theirs (id integer)`.execute(db)
    const restore = (by: Open = open) =>
      command(() => restoreIntoPostgres(db, at('of-sqlite'), { open: by }))
    await expect(restore()).rejects.toThrow(/not empty.* theirs.*Create a new database/)
    await sql`drop table theirs`.execute(db)
    let asked = 0
    const broken: Open = (student, sealed) => {
      if ((asked += 1) > 1) throw new Error('A parcel that its key does not open.')
      return open(student, sealed)
    }
    await expect(restore(broken)).rejects.toThrow('does not open')
    await assertNoTables(db)
    const functions = sql`select 1 from pg_proc where pronamespace = 'public'::regnamespace
    and proname like 'sceau%'`
    expect((await functions.execute(db)).rows).toEqual([])
    expect(await restore()).toBe(2)
    await expect(assertNoTables(db)).rejects.toThrow('not empty')
  },
)

onServer('what PostgreSQL does not take is told by the table, not by what is in it', async () => {
  store.addStudent('one', marked('one'))
  store.database.prepare(`update organisations set name = ?`).run('Anne\u0000Onyme')
  backUpLive()
  const db = await bare()
  const refused = command(() => restoreIntoPostgres(db, at('of-sqlite'), { open }))
  await expect(refused).rejects.toThrow(/rows of organisations \(\w+\): nothing is restored/)
  await expect(refused).rejects.not.toThrow('Anne')
  await assertNoTables(db)
})

onServer('a backup of another version is refused, with what to do', async () => {
  backUpLive()
  const file = new SqliteDatabase(at('of-sqlite'))
  const rename = file.prepare('update kysely_migration set name = ? where name = ?')
  rename.run('9999-later', '0068-later-walls')
  const db = await bare()
  const last = vi.fn()
  const restore = () => command(() => restoreIntoPostgres(db, at('of-sqlite'), { open, last }))
  await expect(restore()).rejects.toThrow(/newer.*9999-later/)
  file.exec(`delete from kysely_migration where name = '9999-later'`)
  file.close()
  await expect(restore()).rejects.toThrow(/older.*DATABASE_URL=sqlite/)
  // It would have ended keys for good.
  expect(last).not.toHaveBeenCalled()
  await assertNoTables(db)
})

/** Writes while the backup waits for it: what it does is committed when this returns. */
function meanwhile(statements: string): void {
  const program = `import pg from 'pg'; const client = new pg.Client(process.env.AT)
    await client.connect(); await client.query(process.env.WHAT); await client.end()`
  const env = { ...process.env, AT: url, WHAT: statements }
  execFileSync(process.execPath, ['--input-type=module', '-e', program], { env })
}

onServer(
  'RL-20 a backup of a PostgreSQL is one moment of it, whatever is written meanwhile',
  async () => {
    for (const name of ['one', 'two']) store.addStudent(name, marked(name))
    backUpLive()
    const db = await restored('of-sqlite')
    const before = await inServer(db)
    const own = plan()
    let wrote = 0
    await backUp(db, 'copy', {
      ...own,
      seal(students) {
        if ((wrote += 1) === 1)
          meanwhile(`set sceau.scope = 'service:command';
          update persons set family_name = 'Meanwhile'; delete from sign_in_attempts;
          update organisations set name = 'Meanwhile';
          insert into persons (public_id, given_name, family_name, created_at)
            values ('meanwhile', 'x', 'x', '2026-11-24T11:00:00.000Z')`)
        return own.seal(students)
      },
    })
    expect(wrote).toBe(1)
    expect(await inServer(db)).not.toEqual(before)
    openParcels(at('copy'), open)
    expectEqual(inFile('copy'), before)
  },
)

onServer('MT-05 who is nobody sees no student of a restored PostgreSQL', async () => {
  store.addStudent('one', marked('one'))
  backUpLive()
  const db = await restored('of-sqlite')
  const seen = () => sql`select 1 from students`.execute(db)
  expect((await seen()).rows).toEqual([])
  expect((await command(seen)).rows).toHaveLength(1)
})
