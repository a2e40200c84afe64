import type { Kysely } from 'kysely'
import { maybeTo, required, table, to, unique, type DialectName } from './columns.js'

/** The calendar of a cohort looks ahead, and programs may read it. */
export async function up(db: Kysely<unknown>, dialect: DialectName): Promise<void> {
  await table(db, dialect, 'planned_sessions')
    .addColumn('public_id', 'text', unique)
    .addColumn('cohort_id', 'integer', to('cohorts'))
    .addColumn('organisation_id', 'integer', to('organisations'))
    .addColumn('mentor_id', 'integer', maybeTo('persons'))
    .addColumn('kind', 'text', required)
    .addColumn('day', 'text', required)
    .addColumn('start_time', 'text')
    .addColumn('minutes', 'integer', required)
    .addColumn('topic', 'text', required)
    .addColumn('planned_by_id', 'integer', to('persons'))
    .addColumn('planned_at', 'text', required)
    .addColumn('cancelled_at', 'text')
    .execute()
  await db.schema
    .createIndex('planned_sessions_cohort')
    .on('planned_sessions')
    .columns(['cohort_id', 'day'])
    .execute()
  await table(db, dialect, 'calendar_feeds')
    .addColumn('public_id', 'text', unique)
    .addColumn('token_hash', 'text', unique)
    .addColumn('cohort_id', 'integer', to('cohorts'))
    .addColumn('person_id', 'integer', to('persons'))
    .addColumn('label', 'text', required)
    .addColumn('language', 'text', required)
    .addColumn('made_at', 'text', required)
    .addColumn('revoked_at', 'text')
    .execute()
  await db.schema
    .createIndex('calendar_feeds_person')
    .on('calendar_feeds')
    .columns(['person_id', 'cohort_id'])
    .execute()
}
