import type { Kysely } from 'kysely'
import { maybeTo, required, table, to, unique, type DialectName } from './columns.js'

/** The address that stays with a student after school, whether they took their portfolio, and letters to those who leave. */
export async function up(db: Kysely<unknown>, dialect: DialectName): Promise<void> {
  await table(db, dialect, 'private_contacts')
    .addColumn('person_id', 'integer', (column) => to('persons')(column).unique())
    .addColumn('address_sealed', 'text')
    .addColumn('address_hash', 'text', (column) => column.unique())
    .addColumn('confirmed_at', 'text')
    .addColumn('not_before', 'text')
    .execute()
  await table(db, dialect, 'private_contact_links')
    .addColumn('person_id', 'integer', (column) => to('persons')(column).unique())
    .addColumn('token_hash', 'text', unique)
    .addColumn('address_sealed', 'text')
    .addColumn('expires_at', 'text', required)
    .execute()
  await table(db, dialect, 'portfolios')
    .addColumn('student_id', 'integer', (column) => to('students')(column).unique())
    .addColumn('taken_at', 'text', required)
    .execute()
  await table(db, dialect, 'leaver_letters')
    .addColumn('public_id', 'text', unique)
    .addColumn('school_id', 'integer', to('organisations'))
    .addColumn('day', 'text', required)
    .addColumn('made_by_id', 'integer', maybeTo('persons'))
    .addColumn('made_at', 'text', required)
    .addUniqueConstraint('leaver_letters_once', ['school_id', 'day'])
    .execute()
}
