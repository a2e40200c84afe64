import { sql, type Kysely } from 'kysely'
import type { Schema } from '../schema.js'
import { maybeTo, required, table, to, unique, type DialectName } from './columns.js'

/** Who agreed to what; guardians and the links by which they answer; objections and their answers. */
export async function up(db: Kysely<unknown>, dialect: DialectName): Promise<void> {
  await guardianTables(db, dialect)
  await recordTable(db, dialect)
  await table(db, dialect, 'objections')
    .addColumn('public_id', 'text', unique)
    .addColumn('student_id', 'integer', to('students'))
    .addColumn('guardian_id', 'integer', maybeTo('guardians'))
    .addColumn('school_id', 'integer', to('organisations'))
    .addColumn('processing', 'text', required)
    .addColumn('reason_sealed', 'text', required)
    .addColumn('made_at', 'text', required)
    .addColumn('due_on', 'text', required)
    .addColumn('answered_at', 'text')
    .addColumn('answered_by_id', 'integer', maybeTo('persons'))
    .addColumn('outcome', 'text')
    .addColumn('answer_sealed', 'text')
    .execute()
  await db.schema
    .createIndex('objections_school')
    .on('objections')
    .columns(['school_id', 'answered_at'])
    .execute()
  await takeOverOpenLinks(db)
  await forbidChanges(db, dialect)
}

async function guardianTables(db: Kysely<unknown>, dialect: DialectName): Promise<void> {
  await table(db, dialect, 'guardians')
    .addColumn('public_id', 'text', unique)
    .addColumn('student_id', 'integer', to('students'))
    .addColumn('name_sealed', 'text')
    .addColumn('email_sealed', 'text')
    .addColumn('language', 'text', required)
    .addColumn('added_by_id', 'integer', maybeTo('persons'))
    .addColumn('added_at', 'text', required)
    .addColumn('ended_on', 'text')
    .addColumn('ended_why', 'text')
    .execute()
  await db.schema.createIndex('guardians_student').on('guardians').column('student_id').execute()
  await table(db, dialect, 'guardian_links')
    .addColumn('public_id', 'text', unique)
    .addColumn('guardian_id', 'integer', to('guardians'))
    .addColumn('purpose', 'text', required)
    .addColumn('badge_id', 'integer', maybeTo('badges'))
    .addColumn('token_hash', 'text', unique)
    .addColumn('code_fingerprint', 'text', required)
    .addColumn('wrong_codes', 'integer', (column) => column.notNull().defaultTo(0))
    .addColumn('made_by_id', 'integer', maybeTo('persons'))
    .addColumn('made_at', 'text', required)
    .addColumn('expires_at', 'text', required)
    .addColumn('answered_at', 'text')
    .addColumn('revoked_at', 'text')
    .execute()
  await db.schema
    .createIndex('guardian_links_guardian')
    .on('guardian_links')
    .column('guardian_id')
    .execute()
}

async function recordTable(db: Kysely<unknown>, dialect: DialectName): Promise<void> {
  await table(db, dialect, 'consent_records')
    .addColumn('public_id', 'text', unique)
    .addColumn('student_id', 'integer', to('students'))
    .addColumn('purpose', 'text', required)
    .addColumn('badge_id', 'integer', maybeTo('badges'))
    .addColumn('answer', 'text', required)
    .addColumn('capacity', 'text', required)
    .addColumn('guardian_id', 'integer', maybeTo('guardians'))
    .addColumn('method', 'text', required)
    .addColumn('text_hash', 'text')
    .addColumn('language', 'text')
    .addColumn('at', 'text', required)
    .addColumn('day', 'text', required)
    .addColumn('expires_on', 'text')
    .addColumn('recorded_by_id', 'integer', maybeTo('persons'))
    .addColumn('paper_on', 'text')
    .execute()
  await db.schema
    .createIndex('consent_records_student')
    .on('consent_records')
    .columns(['student_id', 'purpose'])
    .execute()
}

/**
 * Who had a link open before there were records had said so themselves by opening it: it is written down as the word
 * of the student, of no text, for as long as one of today. Under 15 it does not show a badge by itself.
 */
export async function takeOverOpenLinks(db: Kysely<Schema>): Promise<void> {
  await sql`insert into consent_records
    (public_id, student_id, purpose, badge_id, answer, capacity, method, at, day, expires_on)
    select 'before-' || min(share_links.public_id), dossiers.student_id, 'public-page', badges.id, 'agreed', 'student',
      'before-records', min(share_links.created_at), substr(min(share_links.created_at), 1, 10),
      cast(cast(substr(max(share_links.created_at), 1, 4) as integer) + 3 as text) || substr(max(share_links.created_at), 5, 6)
    from share_links
    join badges on badges.id = share_links.badge_id
    join dossiers on dossiers.id = badges.dossier_id
    where share_links.closed_at is null
    group by dossiers.student_id, badges.id`.execute(db)
}

/** What somebody said stays said: a withdrawal is a record of its own. */
async function forbidChanges(db: Kysely<unknown>, dialect: DialectName): Promise<void> {
  if (dialect === 'sqlite') {
    for (const change of ['update', 'delete']) {
      await sql`create trigger ${sql.raw(`consent_records_no_${change}`)} before ${sql.raw(change)} on consent_records
        begin select raise(abort, 'the records of consent are append-only'); end`.execute(db)
    }
    return
  }
  await sql`create function consent_records_append_only() returns trigger language plpgsql as
    $$ begin raise exception 'the records of consent are append-only'; end $$`.execute(db)
  await sql`create trigger consent_records_no_change before update or delete or truncate on consent_records
    for each statement execute function consent_records_append_only()`.execute(db)
}
