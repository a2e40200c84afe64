import { sql, type RawBuilder } from 'kysely'
import type { Db, Schema } from './schema.js'

/** Some rows of a table: what a feature knows of a person, said as data. */
export type Rows = Readonly<{ table: keyof Schema; where: RawBuilder<boolean> }>

/** @returns whole rows, in the order in which they were written */
export async function readRows(
  db: Db,
  { table, where }: Rows,
): Promise<Readonly<Record<string, unknown>>[]> {
  const { rows } = await sql<Record<string, unknown>>`
    select * from ${sql.table(table)} where ${where} order by id`.execute(db)
  return rows
}

export async function deleteRows(db: Db, { table, where }: Rows): Promise<void> {
  await sql`delete from ${sql.table(table)} where ${where}`.execute(db)
}

export async function countRows(db: Db, { table, where }: Rows): Promise<number> {
  const { rows } = await sql<{ count: number | string }>`
    select count(*) as count from ${sql.table(table)} where ${where}`.execute(db)
  // PostgreSQL tells a count as text.
  return Number(rows[0]?.count ?? 0)
}

/** The first rows only, in the order in which they were written. */
export async function deleteFirstRows(db: Db, rows: Rows, most: number): Promise<void> {
  const table = sql.table(rows.table)
  await sql`delete from ${table} where id in (
    select id from ${table} where ${rows.where} order by id limit ${most})`.execute(db)
}

/** Puts other values into some rows. @param values by column, asked for anew for each row */
export async function changeRows(
  db: Db,
  rows: Rows,
  values: Readonly<Record<string, () => RawBuilder<unknown>>>,
): Promise<void> {
  const table = sql.table(rows.table)
  for (const { id } of await readRows(db, rows)) {
    const set = Object.entries(values).map(
      ([column, value]) => sql`${sql.ref(column)} = ${value()}`,
    )
    await sql`update ${table} set ${sql.join(set)} where id = ${id}`.execute(db)
  }
}
