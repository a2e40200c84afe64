import SqliteDatabase from 'better-sqlite3'
import { sql } from 'kysely'
import { markCopy, SEALED_COPY } from './backup.js'
import { migrate } from './open.js'
import { parcelsOf, type Open } from './open-parcels.js'
import type { Db } from './schema.js'
import { columnsOf, fromValue, type Column, type Parcel } from './sealed-parts.js'

/** Rows of one statement. */
const ROWS = 1_000

/** @throws {Error} for a database that has tables, but those of extensions */
export async function assertNoTables(db: Db): Promise<void> {
  const asked = sql<{ name: string }>`select relname as name from pg_class as c
    where relnamespace = current_schema()::regnamespace and relkind in ('r', 'p')
      and not exists (select 1 from pg_depend where classid = 'pg_class'::regclass and objid = c.oid and deptype = 'e')
    order by relname limit 1`
  const [found] = (await asked.execute(db)).rows
  if (found)
    throw new Error(
      `The database of DATABASE_URL is not empty, it has a table ${found.name}: nothing is restored. Create a new database, name it in DATABASE_URL, and restore again.`,
    )
}

/**
 * Makes a store of a copy in an empty PostgreSQL, in one transaction: tables, rows, what was sealed of each student whose key is there.
 * Ended anywhere it has left nothing. To be called in the scope of a service.
 *
 * @param db as `openBare` gives it
 * @param last is done just before the commit
 * @returns how many students were opened
 * @throws {Error} for a database that has tables, a copy of another version, or a parcel that its key does not open
 */
export async function restoreIntoPostgres(
  db: Db,
  copy: string,
  { open, last }: Readonly<{ open: Open; last?: () => void }>,
): Promise<number> {
  const file = new SqliteDatabase(copy, { readonly: true })
  try {
    const opened = await db.transaction().execute(async (trx) => {
      await sql`set local idle_in_transaction_session_timeout = '10min'`.execute(trx)
      await assertNoTables(trx)
      await migrate(trx, 'postgres')
      await assertSameVersion(trx, file)
      const tables = tablesOf(file)
      const tighten = await loosen(trx, tables)
      for (const table of tables) await fill(trx, file, table)
      const whole = await putBack(trx, file, open)
      await setSequences(trx, file)
      await tighten()
      await markCopy(trx)
      last?.()
      return whole
    })
    // Its planner knows nothing of the rows yet, and each that was opened left one behind. Else the server does it later.
    await sql`vacuum (analyze)`.execute(db).catch(() => undefined)
    return opened
  } finally {
    file.close()
  }
}

/** @throws {Error} for a copy with other tables: rows of students that are sealed can't be brought up to date */
async function assertSameVersion(trx: Db, file: SqliteDatabase.Database): Promise<void> {
  const asked = sql<{ name: string }>`select name from kysely_migration`
  const known = new Set((await asked.execute(trx)).rows.map(({ name }) => name))
  const done = file.prepare<[], string>('select name from kysely_migration').pluck().all()
  const unknown = done.find((name) => !known.has(name))
  if (unknown !== undefined)
    throw new Error(
      `The backup is newer than this version of Sceau (${unknown}): install the later version.`,
    )
  if (done.length < known.size)
    throw new Error(
      'The backup is older than this version of Sceau: restore it into a SQLite file (DATABASE_URL=sqlite:…), start the service on that once, back it up, and restore that backup here.',
    )
}

/** Those of migrations are there already. */
function tablesOf(file: SqliteDatabase.Database): string[] {
  return file
    .prepare<[], string>(
      `select name from sqlite_master where type = 'table' and name <> 'parcels'
        and name not like 'sqlite!_%' escape '!' and name not like 'kysely!_%' escape '!' order by name`,
    )
    .pluck()
    .all()
}

type ForeignKey = Readonly<{ of: string; name: string; definition: string }>

/**
 * Takes away what rows refer to each other by, and what refuses changes, and the rows that migrations have made.
 *
 * @returns what puts it back: then every row must refer to one that is there
 */
async function loosen(trx: Db, tables: readonly string[]): Promise<() => Promise<void>> {
  const asked = sql<ForeignKey>`
    select relname as of, conname as name, pg_get_constraintdef(k.oid) as definition
    from pg_constraint as k join pg_class as c on c.oid = k.conrelid
    where k.contype = 'f' and c.relnamespace = current_schema()::regnamespace`
  const { rows: keys } = await asked.execute(trx)
  for (const { of, name } of keys)
    await sql`alter table ${sql.table(of)} drop constraint ${sql.id(name)}`.execute(trx)
  for (const table of tables) {
    await sql`alter table ${sql.table(table)} disable trigger user`.execute(trx)
    await sql`delete from ${sql.table(table)}`.execute(trx)
  }
  return async () => {
    for (const { of, name, definition } of keys) {
      const key = sql`constraint ${sql.id(name)} ${sql.raw(definition)}`
      await sql`alter table ${sql.table(of)} add ${key}`.execute(trx)
    }
    for (const table of tables)
      await sql`alter table ${sql.table(table)} enable trigger user`.execute(trx)
  }
}

async function fill(trx: Db, file: SqliteDatabase.Database, table: string): Promise<void> {
  const columns = columnsOf(file, table)
  const names = columns.map(({ name }) => `"${name}"`).join(', ')
  const page = file
    .prepare<[number, number], [number, ...unknown[]]>(
      `select rowid, ${names} from "${table}" where rowid > ? order by rowid limit ?`,
    )
    .raw()
  let after = Number.MIN_SAFE_INTEGER
  for (;;) {
    const rows = page.all(after, ROWS)
    const last = rows.at(-1)
    if (!last) return
    const values = columns.map((_, at) => rows.map((row) => row[at + 1]))
    const into = sql.join(columns.map(({ name }) => sql.ref(name)))
    const asked = sql`insert into ${sql.table(table)} (${into}) select * from ${unnested(columns, values)}`
    await taken(table, () => asked.execute(trx))
    after = last[0]
  }
}

/** Rows as a list for each column, which is one question however many there are. */
function unnested(columns: readonly Column[], values: readonly (readonly unknown[])[]) {
  const lists = columns.map(({ type }, at) => sql`${values[at]}::${sql.raw(listOf(type))}`)
  return sql`unnest(${sql.join(lists)})`
}

function listOf(type: string): string {
  const lower = type.toLowerCase()
  if (lower === 'integer') return 'integer[]'
  return lower === 'blob' ? 'bytea[]' : 'text[]'
}

/** The server may quote what it refuses, which may name somebody: its code says why. */
async function taken(table: string, act: () => Promise<unknown>): Promise<void> {
  try {
    await act()
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'no answer'
    throw new Error(
      `PostgreSQL does not take the rows of ${table} (${code}): nothing is restored.`,
      { cause: code },
    )
  }
}

async function putBack(trx: Db, file: SqliteDatabase.Database, open: Open): Promise<number> {
  // A store of before there were parcels has none.
  if (file.pragma('user_version', { simple: true }) !== SEALED_COPY) return 0
  let opened = 0
  for (const parcels of parcelsOf(file, open)) {
    for (const group of grouped(parcels)) {
      const byName = new Map(columnsOf(file, group.table).map((one) => [one.name, one]))
      const columns = group.names.flatMap((name) => byName.get(name) ?? [])
      await taken(group.table, () => update(trx, group, columns))
    }
    opened += parcels.length
  }
  return opened
}

type Group = Readonly<{
  table: string
  names: readonly string[]
  ids: number[]
  values: unknown[][]
}>

/** Rows of one table of which the same columns were sealed. */
function grouped(parcels: readonly Parcel[]): Iterable<Group> {
  const groups = new Map<string, Group>()
  for (const parcel of parcels)
    for (const [table, rows] of Object.entries(parcel))
      for (const [id, values] of rows) {
        const names = Object.keys(values)
        const key = [table, ...names].join(' ')
        const group = groups.get(key) ?? { table, names, ids: [], values: names.map(() => []) }
        groups.set(key, group)
        group.ids.push(id)
        for (const [at, name] of names.entries())
          group.values[at]?.push(fromValue(values[name] ?? null))
      }
  return groups.values()
}

async function update(trx: Db, { table, ids, values }: Group, columns: readonly Column[]) {
  const of = sql.table(table)
  const set = columns.map(({ name }) => sql`${sql.ref(name)} = opened.${sql.ref(name)}`)
  const id = { name: 'opened_id', type: 'integer', notnull: 1 }
  const named = sql.join([id, ...columns].map(({ name }) => sql.ref(name)))
  await sql`update ${of} set ${sql.join(set)}
    from ${unnested([id, ...columns], [ids, ...values])} as opened (${named})
    where ${of}.id = opened.opened_id`.execute(trx)
}

/** An id that was given is not given again, though its row may be gone. */
async function setSequences(trx: Db, file: SqliteDatabase.Database): Promise<void> {
  const given = file
    .prepare<[], { name: string; seq: number }>(
      'select name, seq from sqlite_sequence where seq > 0',
    )
    .all()
  for (const { name, seq } of given)
    await sql`select setval(pg_get_serial_sequence(${name}, 'id')::regclass, ${seq})`.execute(trx)
}
