import type { Kysely } from 'kysely'
import type { DialectName } from './columns.js'

/** Each key remembers who keeps its private half; until now all were files. */
export async function up(db: Kysely<unknown>, _dialect: DialectName): Promise<void> {
  for (const table of ['organisation_keys', 'service_keys'])
    await db.schema
      .alterTable(table)
      .addColumn('provider', 'text', (column) => column.notNull().defaultTo('files'))
      .execute()
}
