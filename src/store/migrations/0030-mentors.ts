import type { Kysely } from 'kysely'
import { maybeTo, required, table, unique, type DialectName } from './columns.js'

/**
 * As what an organisation added a mentor: a lycée may be both a school with a P-TECH class and who runs a cordée,
 * and those who coordinate the one do not read the mentors of the other. And which academies refuse, instead of
 * warning, a session one to one with a minor that MENT-01 is not content with.
 */
export async function up(db: Kysely<unknown>, dialect: DialectName): Promise<void> {
  await db.schema
    .alterTable('mentors')
    .addColumn('added_as', 'text', (column) => column.notNull().defaultTo('SCHOOL'))
    .execute()
  const store = db as Kysely<{
    mentors: { added_through_id: number | null; added_as: string }
    organisations: { id: number; kind: string }
  }>
  await store
    .updateTable('mentors')
    .set({ added_as: 'RUNNER' })
    .where('added_through_id', 'in', (of) =>
      of.selectFrom('organisations').select('id').where('kind', 'not in', ['lycee', 'college']),
    )
    .execute()
  await table(db, dialect, 'vetting_orders')
    .addColumn('academy_code', 'text', unique)
    .addColumn('since_day', 'text', required)
    .addColumn('said_by_id', 'integer', maybeTo('persons'))
    .addColumn('said_at', 'text', required)
    .execute()
}
