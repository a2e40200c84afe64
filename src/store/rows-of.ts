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
