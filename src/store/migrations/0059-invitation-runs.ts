import type { Kysely } from 'kysely'
import { maybeTo, required, table, to, unique, type DialectName } from './columns.js'

/** Persons who were invited together, from a list. */
export async function up(db: Kysely<unknown>, dialect: DialectName): Promise<void> {
  await table(db, dialect, 'invitation_runs')
    .addColumn('public_id', 'text', unique)
    .addColumn('key', 'text', unique)
    .addColumn('organisation_id', 'integer', maybeTo('organisations'))
    .addColumn('made_by_id', 'integer', maybeTo('persons'))
    .addColumn('made_at', 'text', required)
    .execute()
  await db.schema
    .createIndex('invitation_runs_of')
    .on('invitation_runs')
    .column('organisation_id')
    .execute()
  await table(db, dialect, 'invited_people')
    .addColumn('run_id', 'integer', to('invitation_runs'))
    .addColumn('person_id', 'integer', to('persons'))
    .addColumn('role', 'text', required)
    .addColumn('function', 'text')
    .addColumn('withdrawn_at', 'text')
    .execute()
  await db.schema
    .createIndex('invited_people_once')
    .unique()
    .on('invited_people')
    .columns(['run_id', 'person_id', 'role'])
    .execute()
  await db.schema
    .createIndex('invited_people_person')
    .on('invited_people')
    .column('person_id')
    .execute()
}
