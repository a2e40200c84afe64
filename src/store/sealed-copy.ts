import { closeSync, fsyncSync, openSync } from 'node:fs'
import SqliteDatabase from 'better-sqlite3'
import { SEALED_COPY } from './backup.js'

type Query = Readonly<{ sql: string; parameters: readonly unknown[] }>
type Value = string | number | null | Readonly<{ base64: string }>

/** What was taken out of the rows of one student: by table, id of the row and column. */
export type Parcel = Readonly<
  Record<string, readonly (readonly [number, Readonly<Record<string, Value>>])[]>
>

/** Rows of which something is taken out, told by the columns of `owners`. */
export type Taken = Readonly<{
  table: string
  where: Query
  /** Whether a column stays; numbers do in any case. */
  isOpen: (column: string) => boolean
}>

export type SealedCopyPlan = Readonly<{
  /** Selects `o_student` (its id, which orders them), `o_public_id` and what else `taken` asks of some students after one. */
  owners: (after: number) => Query
  taken: readonly Taken[]
  /** Tables that are copied without their rows. */
  leftOut: readonly string[]
  /** Columns that are copied as null, by table. */
  blank: Readonly<Record<string, readonly string[] | undefined>>
  /** Functions of one argument that `owners` uses. */
  functions: Readonly<Record<string, (value: string) => string>>
  /** Seals the parcels of some students; who has no key has no parcel. */
  seal: (students: readonly string[]) => (student: string, clear: string) => string | undefined
}>

/**
 * Writes one moment of a SQLite store, while it is in use, into a new file: without what says who a student is, which stands in a sealed
 * parcel a student (table `parcels`). Nothing else ever reaches that file: it is written row by row, not cleaned afterwards.
 *
 * @returns how many students there are in it
 * @throws {Error} when the copy is not sound
 */
export function copySealed(file: string, copy: string, plan: SealedCopyPlan): number {
  const made = new SqliteDatabase(copy, { timeout: 5_000 })
  try {
    // Who is killed here leaves a file that is begun anew.
    for (const pragma of ['main.journal_mode = OFF', 'main.synchronous = OFF']) made.pragma(pragma)
    for (const pragma of ['foreign_keys = OFF', 'trusted_schema = OFF']) made.pragma(pragma)
    for (const [name, act] of Object.entries(plan.functions)) made.function(name, act)
    made.prepare('attach ? as live').run(file)
    made.exec('begin')
    const students = sealStudents(made, plan)
    copyAll(made, plan)
    made.exec('commit; detach live')
    assertSound(made)
    made.pragma(`user_version = ${SEALED_COPY}`)
    return students
  } finally {
    made.close()
    toDisk(copy)
  }
}

/** Writes the parcels, and notes in `taken` what rows they are of: before there are other tables, whose names would hide those of the store. */
function sealStudents(made: SqliteDatabase.Database, plan: SealedCopyPlan): number {
  made.exec(`create table main.parcels (student text primary key, sealed text);
    create temp table taken (of_table text, id integer, primary key (of_table, id)) without rowid`)
  const add = made.prepare('insert into main.parcels (student, sealed) values (?, ?)')
  let [students, after] = [0, -1]
  for (;;) {
    const { sql, parameters } = plan.owners(after)
    made.exec('drop table if exists temp.owners')
    made.prepare(`create temp table owners as ${sql}`).run(...parameters)
    const owners = made
      .prepare<[], Owner>('select o_student, o_public_id from temp.owners order by 1')
      .all()
    const last = owners.at(-1)
    if (!last) return students
    made.exec('create unique index temp.owners_student on owners (o_student)')
    const parcels = takeOut(made, plan)
    const seal = plan.seal(owners.map(({ o_public_id }) => o_public_id))
    for (const { o_student, o_public_id } of owners)
      add.run(o_public_id, seal(o_public_id, JSON.stringify(parcels.get(o_student) ?? {})))
    students += owners.length
    after = last.o_student
  }
}

type Owner = Readonly<{ o_student: number; o_public_id: string }>
type Growing = Record<string, [number, Record<string, Value>][]>

/** A row that is of several students goes with each: it comes back as long as one of them has a key. */
function takeOut(made: SqliteDatabase.Database, plan: SealedCopyPlan): Map<number, Growing> {
  const note = made.prepare('insert or ignore into temp.taken (of_table, id) values (?, ?)')
  const parcels = new Map<number, Growing>()
  for (const { table, where, isOpen } of plan.taken) {
    const columns = sealedColumns(made, table, isOpen).map(({ name }) => name)
    if (columns.length === 0) continue
    const named = columns.map((name) => `, t."${name}"`).join('')
    const written = columns.map((name) => `t."${name}" is not null`).join(' or ')
    const rows = made
      .prepare<unknown[], Record<string, unknown>>(
        `select o_student as owner, t.id as row${named} from temp.owners cross join live."${table}" as t
          where (${where.sql}) and (${written})`,
      )
      .all(...where.parameters)
    for (const { owner, row, ...values } of rows) {
      const kept = Object.entries(values).filter(([, value]) => value !== null)
      note.run(table, row)
      const parcel = parcels.get(Number(owner)) ?? {}
      const pieces = (parcel[table] ??= [])
      pieces.push([
        Number(row),
        Object.fromEntries(kept.map(([name, one]) => [name, toValue(one)])),
      ])
      parcels.set(Number(owner), parcel)
    }
  }
  return parcels
}

type Column = Readonly<{ name: string; type: string; notnull: number }>

function columnsOf(made: SqliteDatabase.Database, table: string): Column[] {
  return made.prepare<[], Column>(`pragma live.table_info("${table}")`).all()
}

function sealedColumns(
  made: SqliteDatabase.Database,
  table: string,
  isOpen: Taken['isOpen'],
): Column[] {
  return columnsOf(made, table).filter(
    ({ name, type }) => type.toLowerCase() !== 'integer' && !isOpen(name),
  )
}

function toValue(value: unknown): Value {
  if (Buffer.isBuffer(value)) return { base64: value.toString('base64') }
  if (typeof value === 'string' || typeof value === 'number') return value
  throw new Error('A column holds what is no text, number or bytes.')
}

type Made = Readonly<{ type: string; name: string; sql: string }>

function copyAll(made: SqliteDatabase.Database, plan: SealedCopyPlan): void {
  const all = made
    .prepare<[], Made>(
      `select type, name, sql from live.sqlite_master where sql is not null and name not like 'sqlite!_%' escape '!'`,
    )
    .all()
  const tables = all.filter(({ type }) => type === 'table')
  for (const { name, sql } of tables) {
    made.exec(sql)
    if (!plan.leftOut.includes(name)) copyRows(made, plan, name)
  }
  made.exec(`delete from main.sqlite_sequence;
    insert into main.sqlite_sequence select * from live.sqlite_sequence`)
  for (const { type, sql } of all) if (type !== 'table') made.exec(sql)
}

function copyRows(made: SqliteDatabase.Database, plan: SealedCopyPlan, table: string): void {
  const taken = plan.taken.find((one) => one.table === table)
  const sealed = taken ? sealedColumns(made, table, taken.isOpen).map(({ name }) => name) : []
  const blank = plan.blank[table] ?? []
  const columns = columnsOf(made, table)
  const values = columns.map((column) => {
    if (blank.includes(column.name)) return 'null'
    const own = `t."${column.name}"`
    return sealed.includes(column.name)
      ? `case when k.id is null then ${own} else ${placeholder(column)} end`
      : own
  })
  const names = columns.map(({ name }) => `"${name}"`).join(', ')
  const join =
    sealed.length > 0 ? 'left join temp.taken as k on k.of_table = ? and k.id = t.id' : ''
  made
    .prepare(
      `insert into main."${table}" (${names}) select ${values.join(', ')} from live."${table}" as t ${join}`,
    )
    .run(...(join ? [table] : []))
}

/** What the constraints take: no two rows have the same. */
function placeholder({ type, notnull }: Column): string {
  if (notnull === 0) return 'null'
  return type.toLowerCase() === 'text' ? `'sealed ' || t.id` : `x''`
}

function assertSound(made: SqliteDatabase.Database): void {
  const found = made.pragma('integrity_check', { simple: true })
  if (found !== 'ok') throw new Error(`The copy is not sound: ${String(found)}`)
  if ((made.pragma('foreign_key_check') as unknown[]).length > 0)
    throw new Error('The copy is not sound: rows refer to nothing.')
}

export function toDisk(file: string): void {
  const opened = openSync(file, 'r+')
  fsyncSync(opened)
  closeSync(opened)
}
