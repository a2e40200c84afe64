import { closeSync, fsyncSync, openSync } from 'node:fs'
import SqliteDatabase from 'better-sqlite3'
import type { RawBuilder } from 'kysely'
import { SEALED_COPY } from './backup.js'

type Value = string | number | null | Readonly<{ base64: string }>

/** What was taken out of the rows of one student: by table, id of the row and column. */
export type Parcel = Readonly<
  Record<string, readonly (readonly [number, Readonly<Record<string, Value>>])[]>
>

/** Rows of which something is taken out, told by the columns of `owners`. */
export type Taken = Readonly<{
  table: string
  /** Names `o_student`, `o_person`, `o_account` and `o_email_hash`. */
  where: RawBuilder<boolean>
  /** Whether a column stays; numbers do in any case. */
  isOpen: (column: string) => boolean
}>

export type SealedCopyPlan = Readonly<{
  /** Selects `o_student` (its id, which orders them), `o_public_id`, `o_person`, `o_account` and `o_email` of some students after one. */
  owners: (after: number) => RawBuilder<unknown>
  taken: readonly Taken[]
  /** Tables that are copied without their rows. */
  leftOut: readonly string[]
  /** Columns that are copied as null, by table. */
  blank: Readonly<Record<string, readonly string[] | undefined>>
  /** What stands in `o_email_hash` for an address. */
  fingerprint: (email: string) => string
  /** Seals the parcels of some students; who has no key has no parcel. */
  seal: (students: readonly string[]) => (student: string, clear: string) => string | undefined
}>

export type Owner = Readonly<{
  o_student: number
  o_public_id: string
  o_person: number
  o_account: number
  o_email: string | null
}>

/** Parcels that are being filled, by `o_student`. */
export type Growing = Map<number, Record<string, [number, Record<string, Value>][]>>

/** A new copy: whoever is killed meanwhile leaves a file that is begun anew. */
export function openCopy(copy: string): SqliteDatabase.Database {
  const made = new SqliteDatabase(copy, { timeout: 5_000 })
  for (const pragma of ['main.journal_mode = OFF', 'main.synchronous = OFF']) made.pragma(pragma)
  for (const pragma of ['foreign_keys = OFF', 'trusted_schema = OFF']) made.pragma(pragma)
  return made
}

/** Room for the parcels, and for what rows they are of. */
export function makeParcels(made: SqliteDatabase.Database): void {
  made.exec(`create table main.parcels (student text primary key, sealed text);
    create temp table taken (of_table text, id integer, primary key (of_table, id)) without rowid`)
}

/** Takes note of rows of which something is taken out, and puts it into the parcels of whose they are. */
export function addPieces(
  made: SqliteDatabase.Database,
  table: string,
  { rows, parcels }: Readonly<{ rows: readonly Record<string, unknown>[]; parcels: Growing }>,
): void {
  const note = made.prepare('insert or ignore into temp.taken (of_table, id) values (?, ?)')
  for (const { owner, row, ...values } of rows) {
    const kept = Object.entries(values).filter(([, value]) => value !== null)
    note.run(table, row)
    const parcel = parcels.get(Number(owner)) ?? {}
    const pieces = (parcel[table] ??= [])
    pieces.push([Number(row), Object.fromEntries(kept.map(([name, one]) => [name, toValue(one)]))])
    parcels.set(Number(owner), parcel)
  }
}

function toValue(value: unknown): Value {
  if (value instanceof Uint8Array) return { base64: Buffer.from(value).toString('base64') }
  if (typeof value === 'string' || typeof value === 'number') return value
  throw new Error('A column holds what is no text, number or bytes.')
}

export function fromValue(value: Value): string | number | Buffer | null {
  return typeof value === 'object' && value !== null ? Buffer.from(value.base64, 'base64') : value
}

/** Writes the parcels of some students. */
export function sealOwners(
  made: SqliteDatabase.Database,
  { seal }: SealedCopyPlan,
  { owners, parcels }: Readonly<{ owners: readonly Owner[]; parcels: Growing }>,
): void {
  const add = made.prepare('insert into main.parcels (student, sealed) values (?, ?)')
  const sealed = seal(owners.map(({ o_public_id }) => o_public_id))
  for (const { o_student, o_public_id } of owners)
    add.run(o_public_id, sealed(o_public_id, JSON.stringify(parcels.get(o_student) ?? {})))
}

export type Column = Readonly<{ name: string; type: string; notnull: number }>

export function columnsOf(
  database: SqliteDatabase.Database,
  table: string,
  schema: 'main' | 'live' = 'main',
): Column[] {
  return database.prepare<[], Column>(`pragma ${schema}.table_info("${table}")`).all()
}

export function isSealedIn(isOpen: Taken['isOpen']): (column: Column) => boolean {
  return ({ name, type }) => type.toLowerCase() !== 'integer' && !isOpen(name)
}

/**
 * How a row `t` is written into the copy, `k` being the note that something is taken out of it.
 *
 * @param own the value of a column as it is
 * @returns SQL for each column, and whether it asks for `k`
 */
export function valuesInCopy(
  plan: SealedCopyPlan,
  { table, columns }: Readonly<{ table: string; columns: readonly Column[] }>,
  own: (column: Column) => string,
): Readonly<{ values: readonly string[]; asks: boolean }> {
  const taken = plan.taken.find((one) => one.table === table)
  const sealed = taken ? columns.filter(isSealedIn(taken.isOpen)) : []
  const blank = plan.blank[table] ?? []
  const values = columns.map((column) => {
    if (blank.includes(column.name)) return 'null'
    return sealed.includes(column)
      ? `case when k.id is null then ${own(column)} else ${placeholder(column)} end`
      : own(column)
  })
  return { values, asks: sealed.length > 0 }
}

/** What the constraints take: no two rows have the same. */
function placeholder({ type, notnull }: Column): string {
  if (notnull === 0) return 'null'
  return type.toLowerCase() === 'text' ? `'sealed ' || t.id` : `x''`
}

/** @throws {Error} when the copy is not sound */
export function endCopy(made: SqliteDatabase.Database): void {
  const found = made.pragma('integrity_check', { simple: true })
  if (found !== 'ok') throw new Error(`The copy is not sound: ${String(found)}`)
  if ((made.pragma('foreign_key_check') as unknown[]).length > 0)
    throw new Error('The copy is not sound: rows refer to nothing.')
  made.pragma(`user_version = ${SEALED_COPY}`)
}

export function toDisk(file: string): void {
  const opened = openSync(file, 'r+')
  fsyncSync(opened)
  closeSync(opened)
}
