import type { ColumnDefinitionBuilder, CreateTableBuilder, Kysely } from 'kysely'

export type DialectName = 'sqlite' | 'postgres'

/** A table with our integer primary key: small, clustered, and never shown outside. */
export function table(
  db: Kysely<unknown>,
  dialect: DialectName,
  name: string,
): CreateTableBuilder<string, string> {
  const key = (column: ColumnDefinitionBuilder) =>
    dialect === 'sqlite'
      ? column.primaryKey().autoIncrement()
      : column.primaryKey().generatedByDefaultAsIdentity()
  return db.schema.createTable(name).addColumn('id', 'integer', key)
}

export const required = (column: ColumnDefinitionBuilder): ColumnDefinitionBuilder =>
  column.notNull()
export const unique = (column: ColumnDefinitionBuilder): ColumnDefinitionBuilder =>
  column.notNull().unique()

/** A required reference to another table's id. */
export const to =
  (target: string) =>
  (column: ColumnDefinitionBuilder): ColumnDefinitionBuilder =>
    column.notNull().references(`${target}.id`)

/** An optional one. */
export const maybeTo =
  (target: string) =>
  (column: ColumnDefinitionBuilder): ColumnDefinitionBuilder =>
    column.references(`${target}.id`)
