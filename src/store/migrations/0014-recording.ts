import type { Kysely } from 'kysely'
import { maybeTo } from './columns.js'

/** Who was there beside the mentor, what a mentor says did not take place, and by whom a mentor became known. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const session = () => db.schema.alterTable('mentoring_sessions')
  await session().addColumn('accompanied_by', 'text').execute()
  await session().addColumn('disputed_at', 'text').execute()
  await session().addColumn('dispute_reason', 'text').execute()
  await session().addColumn('disputed_by_id', 'integer', maybeTo('persons')).execute()
  await db.schema
    .alterTable('mentors')
    .addColumn('added_through_id', 'integer', maybeTo('organisations'))
    .execute()
}
