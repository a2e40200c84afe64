import type { Kysely } from 'kysely'
import { table, unique, type DialectName } from './columns.js'

/**
 * A share link ends on a day, shows more or less, counts how often it was opened, and may answer whose badge it is.
 * Of links that were erased with their student the hash of the token stays, which is about nobody: it answers 410.
 */
export async function up(db: Kysely<unknown>, dialect: DialectName): Promise<void> {
  const links = () => db.schema.alterTable('share_links')
  await links().addColumn('until_day', 'text').execute()
  // What links showed before there was a choice.
  await links()
    .addColumn('shows', 'text', (column) => column.notNull().defaultTo('evidence'))
    .execute()
  for (const name of ['opened_count', 'name_check', 'wrong_names'])
    await links()
      .addColumn(name, 'integer', (column) => column.notNull().defaultTo(0))
      .execute()
  await links().addColumn('last_opened_day', 'text').execute()
  await table(db, dialect, 'erased_links').addColumn('token_hash', 'text', unique).execute()
}
