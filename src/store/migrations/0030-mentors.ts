import type { Kysely } from 'kysely'

/**
 * As what an organisation added a mentor: a lycée may be both a school with a P-TECH class and who runs a cordée,
 * and those who coordinate the one do not read the mentors of the other.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
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
}
