import { sql, type RawBuilder } from 'kysely'
import { hasRowLocks } from './row-locks.js'
import type { Db, Row, Schema } from './schema.js'

type Value = string | number | Uint8Array | null
type Kind = 'integer' | 'text' | 'bytes'

/** PostgreSQL asks for the types of values that no column tells; SQLite would change bytes by such a word. */
const POSTGRES_TYPES = { integer: 'integer', text: 'text', bytes: 'bytea' } as const

/** SQLite takes 32,766 values in a statement. */
const ROWS_AT_ONCE = 1_000

/**
 * Changes many rows of a table by one statement, each in its own way.
 *
 * @param change.columns what is set, and of which kind it is
 * @param change.where what must hold of a row besides, if anything
 * @returns ids of the rows that were changed
 */
export async function updateMany<Table extends keyof Schema>(
  db: Db,
  table: Table,
  change: Readonly<{
    columns: Readonly<Partial<Record<keyof Row<Table>, Kind>>>
    rows: readonly Readonly<{ id: number; set: readonly Value[] }>[]
    where?: RawBuilder<unknown>
  }>,
): Promise<Set<number>> {
  const found = new Set<number>()
  for (let from = 0; from < change.rows.length; from += ROWS_AT_ONCE)
    for (const { id } of await updated(db, table, change, from)) found.add(id)
  return found
}

async function updated(
  db: Db,
  table: string,
  { columns, rows, where = sql`true` }: Parameters<typeof updateMany>[2],
  from: number,
): Promise<{ id: number }[]> {
  const kinds: Kind[] = ['integer', ...Object.values(columns)]
  const names = ['id', ...Object.keys(columns)].map((name) => sql.ref(name))
  const isPostgres = hasRowLocks(db)
  const typed = (value: Value, at: number) =>
    sql`cast(${value} as ${sql.raw(POSTGRES_TYPES[kinds[at] ?? 'text'])})`
  // The first row tells the types of all.
  const values = rows.slice(from, from + ROWS_AT_ONCE).map(({ id, set }, row) => {
    const all = [id, ...set]
    return sql`(${sql.join(isPostgres && row === 0 ? all.map(typed) : all)})`
  })
  const set = names.slice(1).map((name) => sql`${name} = given.${name}`)
  const changing = sql.table(table)
  // An update by itself would take them in the order of its plan.
  const held = sql`(select id from ${changing} where id in (select id from given) order by id for no key update)`
  const { rows: changed } = await sql<{ id: number }>`
    with given(${sql.join(names)}) as (values ${sql.join(values)})
    update ${changing} set ${sql.join(set)} from given ${isPostgres ? sql`, ${held} as held` : sql``}
    where ${changing}.id = given.id ${isPostgres ? sql`and held.id = given.id` : sql``} and ${where}
    returning ${changing}.id`.execute(db)
  return changed
}
