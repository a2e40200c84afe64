import type { Kysely } from 'kysely'
import { required, table, unique, type DialectName } from './columns.js'

/** What the last validation of the audit found, and who has read the audit on which day. */
export async function up(db: Kysely<unknown>, dialect: DialectName): Promise<void> {
  await table(db, dialect, 'audit_checks')
    .addColumn('name', 'text', unique)
    .addColumn('checked_at', 'text', required)
    .addColumn('entries', 'integer', required)
    .addColumn('head', 'text')
    .addColumn('broken_at', 'integer')
    .execute()
  await table(db, dialect, 'audit_readings')
    .addColumn('reader', 'text', required)
    .addColumn('day', 'text', required)
    .addUniqueConstraint('audit_readings_once', ['reader', 'day'])
    .execute()
}
