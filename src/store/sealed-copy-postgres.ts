import type SqliteDatabase from 'better-sqlite3'
import { sql, type RawBuilder } from 'kysely'
import { openDatabase } from './open.js'
import type { Db } from './schema.js'
import {
  addPieces,
  columnsOf,
  endCopy,
  isSealedIn,
  makeParcels,
  openCopy,
  sealOwners,
  toDisk,
  valuesInCopy,
  type Growing,
  type Owner,
  type SealedCopyPlan,
} from './sealed-parts.js'

/** Rows at a time, which are in memory meanwhile: of the largest, documents of badges, some 10 MB. */
const ROWS = 1_000

/**
 * The same as `copySealed` of one moment of a PostgreSQL, into the same kind of file: what it was taken from, the copy does not tell.
 * The tables of both are the same. To be called in the scope of a service, which sees everybody.
 *
 * @returns how many students there are in it
 * @throws {Error} when the copy is not sound
 */
export async function copySealedFromPostgres(
  db: Db,
  copy: string,
  plan: SealedCopyPlan,
): Promise<number> {
  const all = await tablesOfSqlite()
  const tables = all.filter(({ type }) => type === 'table')
  const made = openCopy(copy)
  try {
    made.exec('begin')
    makeParcels(made)
    for (const table of tables) made.exec(table.sql)
    const students = await inOneMoment(db, async (trx) => {
      const sealed = await sealStudents(made, trx, plan)
      for (const { name } of tables)
        if (!plan.leftOut.includes(name)) await copyRows({ made, trx, plan }, name)
      await copySequences(made, trx, tables)
      return sealed
    })
    for (const one of all) if (one.type !== 'table') made.exec(one.sql)
    made.exec('commit')
    endCopy(made)
    return students
  } finally {
    made.close()
    toDisk(copy)
  }
}

type Made = Readonly<{ type: string; name: string; sql: string }>

/** As the migrations of this version make them. */
async function tablesOfSqlite(): Promise<readonly Made[]> {
  const template = await openDatabase('sqlite::memory:')
  try {
    const asked = sql<Made>`select type, name, sql from sqlite_master
      where sql is not null and name not like 'sqlite!_%' escape '!'`
    return (await asked.execute(template)).rows
  } finally {
    await template.destroy()
  }
}

function inOneMoment<T>(db: Db, act: (trx: Db) => Promise<T>): Promise<T> {
  return db
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute(async (trx) => {
      // It is idle while parcels are sealed, and while another process has the keys of students.
      await sql`set local idle_in_transaction_session_timeout = '10min'`.execute(trx)
      // To compile each of these questions takes longer than to answer it.
      await sql`set local jit = off`.execute(trx)
      return act(trx)
    })
}

async function sealStudents(
  made: SqliteDatabase.Database,
  trx: Db,
  plan: SealedCopyPlan,
): Promise<number> {
  let [students, after] = [0, -1]
  for (;;) {
    const { rows: owners } = await (plan.owners(after) as RawBuilder<Owner>).execute(trx)
    const last = owners.at(-1)
    if (!last) return students
    const parcels: Growing = new Map()
    for (const { table, where, isOpen } of plan.taken) {
      const columns = columnsOf(made, table).filter(isSealedIn(isOpen))
      if (columns.length === 0) continue
      const names = columns.map(({ name }) => name)
      const { rows } = await piecesOf({ table, where, names }, owners, plan).execute(trx)
      addPieces(made, table, { rows, parcels })
    }
    sealOwners(made, plan, { owners, parcels })
    students += owners.length
    after = last.o_student
  }
}

type Pieces = Readonly<{ table: string; where: RawBuilder<boolean>; names: readonly string[] }>

/** Student by student (`offset 0` keeps the planner from joining them all), which takes the indexes of what refers to a student. */
function piecesOf(
  { table, where, names }: Pieces,
  owners: readonly Owner[],
  { fingerprint }: SealedCopyPlan,
): RawBuilder<Record<string, unknown>> {
  const columns = sql.join(names.map((name) => sql.ref(name)))
  const written = sql.join(
    names.map((name) => sql`${sql.ref(name)} is not null`),
    sql` or `,
  )
  const ids = owners.map(({ o_student }) => o_student)
  const persons = owners.map(({ o_person }) => o_person)
  const accounts = owners.map(({ o_account }) => o_account)
  const hashes = owners.map(({ o_email }) => (o_email === null ? '' : fingerprint(o_email)))
  return sql`select o_student as owner, t.* from
    unnest(${ids}::integer[], ${persons}::integer[], ${accounts}::integer[], ${hashes}::text[]) as owners (o_student, o_person, o_account, o_email_hash),
    lateral (select id as row, ${columns} from ${sql.table(table)} where (${where}) and (${written}) offset 0) as t`
}

type Copying = Readonly<{ made: SqliteDatabase.Database; trx: Db; plan: SealedCopyPlan }>

async function copyRows({ made, trx, plan }: Copying, table: string): Promise<void> {
  const columns = columnsOf(made, table)
  const { values, asks } = valuesInCopy(plan, { table, columns }, () => '?')
  const read = columns.filter((_, at) => values[at] !== 'null').map(({ name }) => name)
  const names = columns.map(({ name }) => `"${name}"`).join(', ')
  const add = made.prepare(
    `insert into main."${table}" (${names}) select ${values.join(', ')} from ${
      asks
        ? '(select cast(? as integer) as id) as t left join temp.taken as k on k.of_table = ? and k.id = t.id'
        : '(select 1)'
    }`,
  )
  const ordered = columns.some(({ name }) => name === 'id') ? sql`order by id` : sql``
  const all = sql`select ${sql.join(read.map((name) => sql.ref(name)))} from ${sql.table(table)} ${ordered}`
  for await (const row of rowsOf(trx, all)) {
    const own = read.map((name) => row[name])
    add.run(...own, ...(asks ? [row.id, table] : []))
  }
}

/** Rows of a cursor: all of a table would not fit into memory. */
async function* rowsOf(trx: Db, all: RawBuilder<unknown>): AsyncGenerator<Record<string, unknown>> {
  await sql`declare rows_in_order no scroll cursor for ${all}`.execute(trx)
  for (;;) {
    const asked = sql<Record<string, unknown>>`fetch ${sql.lit(ROWS)} from rows_in_order`
    const { rows } = await asked.execute(trx)
    if (rows.length === 0) break
    yield* rows
  }
  await sql`close rows_in_order`.execute(trx)
}

/** What id was given last, of a row that may be gone: none is given twice. */
async function copySequences(
  made: SqliteDatabase.Database,
  trx: Db,
  tables: readonly Made[],
): Promise<void> {
  const counted = tables.filter((table) => /\bautoincrement\b/i.test(table.sql))
  const asked = sql<{ name: string; seq: string }>`select name, seq from (
      select name, pg_sequence_last_value(pg_get_serial_sequence(name, 'id')::regclass) as seq
      from unnest(${counted.map(({ name }) => name)}::text[]) as name) as given where seq is not null`
  made.exec('delete from main.sqlite_sequence')
  const add = made.prepare('insert into main.sqlite_sequence (name, seq) values (?, ?)')
  for (const { name, seq } of (await asked.execute(trx)).rows) add.run(name, Number(seq))
}
