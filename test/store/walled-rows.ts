import { sql } from 'kysely'
import pg from 'pg'
import type { Db } from '../../src/store/schema.js'

/** Organisations of the two sides: a school, and a company beside it. */
export const SIDES = [1, 2] as const
export type Side = (typeof SIDES)[number]
export const companyOf = (side: Side) => 100 + side

type Column = Readonly<{ table: string; name: string; type: string }>
export type Run = (statement: string) => Promise<unknown>

/** The tables that have the second wall, by the catalogue of the server. */
export async function walledTables(db: Db): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`select relname as name from pg_class
    where relkind = 'r' and relrowsecurity and relforcerowsecurity order by 1`.execute(db)
  return rows.map(({ name }) => name)
}

export async function allTables(db: Db): Promise<string[]> {
  const { rows } = await sql<{
    name: string
  }>`select table_name as name from information_schema.tables
    where table_schema = 'public' and table_type = 'BASE TABLE' order by 1`.execute(db)
  return rows.map(({ name }) => name).filter((name) => !name.startsWith('kysely_'))
}

export async function columnsOf(db: Db, tables: readonly string[]): Promise<Column[]> {
  const { rows } =
    await sql<Column>`select table_name as table, column_name as name, data_type as type
    from information_schema.columns where table_schema = 'public' and is_nullable = 'NO'`.execute(
      db,
    )
  return rows.filter(({ table }) => tables.includes(table))
}

/**
 * A row of a table that is of one side: each number in it is that of the side, so that the student, the dossier and
 * the school of the side are all one number.
 */
export function rowOf(columns: readonly Column[], side: Side, id: number): string {
  const table = columns[0]?.table ?? ''
  const values = columns.map((column) => valueOf(column, side, id))
  // What is tied by a column that may be null.
  const tied = table === 'students' ? [['person_id', String(side)]] : []
  const erased = table === 'erasure_requests' ? [['student_id', String(side)]] : []
  const more = [...tied, ...erased]
  const names = [...columns.map(({ name }) => `"${name}"`), ...more.map(([name]) => name)]
  return `insert into ${table} (${names.join(', ')}) values (${[...values, ...more.map(([, value]) => value)].join(', ')})`
}

function valueOf({ name, type }: Column, side: Side, id: number): string {
  if (name === 'id') return String(id)
  if (name === 'company_id') return String(companyOf(side))
  if (name === 'kind') return "'placement'"
  if (type === 'integer' || type === 'bigint') return String(side)
  if (type === 'bytea') return "'\\x00'"
  return `'${name}-${id}'`
}

/** One row of each side in each table, without what else they would refer to. */
export async function fillBothSides(db: Db, tables: readonly string[], asOwner: Run) {
  const columns = await columnsOf(db, tables)
  await asOwner('set session_replication_role = replica')
  for (const table of tables)
    for (const side of SIDES) await asOwner(rowOf(of(columns, table), side, side))
  await asOwner('set session_replication_role = origin')
}

export const of = (columns: readonly Column[], table: string) =>
  columns.filter((column) => column.table === table)

/** A client of the server as its superuser. */
export async function superuser(): Promise<pg.Client> {
  const client = new pg.Client(process.env.TEST_POSTGRES_SUPERUSER_URL)
  await client.connect()
  return client
}
