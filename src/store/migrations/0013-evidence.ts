import { sql, type Kysely } from 'kysely'
import { maybeTo, required, table, to, unique, type DialectName } from './columns.js'

/**
 * The book of evidence holds three schemes: a cohort may be a cordée or a pair, a mentor needs no account,
 * a placement is known before its days are, and what was corrected keeps its versions.
 */
export async function up(db: Kysely<unknown>, dialect: DialectName): Promise<void> {
  await organisationColumns(db)
  await relaxColumns(db, dialect)
  await cohortColumns(db)
  await cohortSchools(db, dialect)
  await factColumns(db)
  await mentorTables(db, dialect)
  await versionTables(db, dialect)
}

async function organisationColumns(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('organisations').addColumn('type', 'text').execute()
  await db.schema.alterTable('organisations').addColumn('academy_code', 'text').execute()
  await db.schema
    .createIndex('organisations_academy')
    .on('organisations')
    .column('academy_code')
    .execute()
}

/** Columns that were required and are not any more. SQLite can't say so of a table that is there: it is made anew. */
async function relaxColumns(db: Kysely<unknown>, dialect: DialectName): Promise<void> {
  if (dialect === 'postgres') {
    await sql`alter table cohorts alter column class_id drop not null`.execute(db)
    await sql`alter table cohorts alter column entry_year drop not null`.execute(db)
    await sql`alter table placements alter column days_done drop not null`.execute(db)
    return
  }
  // Inside a transaction the pragma does nothing; without it the tables that refer to these forbid to drop them.
  await sql`pragma foreign_keys = off`.execute(db)
  await db.transaction().execute(async (trx) => {
    await madeAnew(trx, 'cohorts', ['"class_id" integer not null', '"entry_year" integer not null'])
    await madeAnew(trx, 'placements', ['"days_done" integer not null'])
  })
  await sql`pragma foreign_keys = on`.execute(db)
}

async function madeAnew(
  db: Kysely<unknown>,
  name: string,
  relaxed: readonly string[],
): Promise<void> {
  const { rows: objects } = await sql<{ type: string; sql: string }>`
    select type, sql from sqlite_master where tbl_name = ${name} and sql is not null`.execute(db)
  const made = objects.find(({ type }) => type === 'table')?.sql ?? ''
  const relaxedSql = relaxed.reduce(
    (text, column) => {
      if (!text.includes(column)) throw new Error(`The table ${name} has no column ${column}.`)
      return text.replace(column, column.replace(' not null', ''))
    },
    made.replace(`"${name}"`, `"${name}_anew"`),
  )
  await sql.raw(relaxedSql).execute(db)
  await sql`insert into ${sql.table(`${name}_anew`)} select * from ${sql.table(name)}`.execute(db)
  await sql`drop table ${sql.table(name)}`.execute(db)
  await sql`alter table ${sql.table(`${name}_anew`)} rename to ${sql.table(name)}`.execute(db)
  for (const { type, sql: text } of objects) {
    if (type === 'index') await sql.raw(text).execute(db)
  }
}

async function cohortColumns(db: Kysely<unknown>): Promise<void> {
  const alter = () => db.schema.alterTable('cohorts')
  await alter()
    .addColumn('scheme', 'text', (c) => c.notNull().defaultTo('PTECH'))
    .execute()
  await alter().addColumn('owner_id', 'integer', maybeTo('organisations')).execute()
  await alter().addColumn('name', 'text').execute()
  await alter().addColumn('closed_on', 'text').execute()
  await sql`update cohorts set owner_id =
    (select school_id from ptech_classes where ptech_classes.id = cohorts.class_id)`.execute(db)
  await db.schema
    .createIndex('cohorts_owner')
    .on('cohorts')
    .columns(['owner_id', 'scheme'])
    .execute()
  await db.schema.alterTable('enrolments').addColumn('volunteered_on', 'text').execute()
}

/** A cohort crosses schools: a BTS may be elsewhere, and a cordée has several. */
async function cohortSchools(db: Kysely<unknown>, dialect: DialectName): Promise<void> {
  await table(db, dialect, 'cohort_schools')
    .addColumn('cohort_id', 'integer', to('cohorts'))
    .addColumn('school_id', 'integer', to('organisations'))
    .addColumn('from_day', 'text', required)
    .addColumn('until_day', 'text')
    .addUniqueConstraint('cohort_schools_once', ['cohort_id', 'school_id', 'from_day'])
    .execute()
  await db.schema
    .createIndex('cohort_schools_school')
    .on('cohort_schools')
    .column('school_id')
    .execute()
  await sql`insert into cohort_schools (cohort_id, school_id, from_day)
    select id, owner_id, cast(entry_year as text) || '-09-01' from cohorts`.execute(db)
}

async function factColumns(db: Kysely<unknown>): Promise<void> {
  const session = () => db.schema.alterTable('mentoring_sessions')
  await session()
    .addColumn('version', 'integer', (c) => c.notNull().defaultTo(1))
    .execute()
  await session()
    .addColumn('place', 'text', (c) => c.notNull().defaultTo('SCHOOL'))
    .execute()
  await session().addColumn('topic_agreed_by_id', 'integer', maybeTo('persons')).execute()
  await session().addColumn('topic_agreed_on', 'text').execute()
  await session().addColumn('coordinated_by_id', 'integer', maybeTo('persons')).execute()
  await db.schema
    .createIndex('session_mentors_person')
    .on('session_mentors')
    .column('person_id')
    .execute()
  await db.schema
    .alterTable('placements')
    .addColumn('version', 'integer', (c) => c.notNull().defaultTo(1))
    .execute()
  await db.schema
    .createIndex('placements_student')
    .ifNotExists()
    .on('placements')
    .column('student_id')
    .execute()
  await db.schema
    .createIndex('placements_tutor')
    .ifNotExists()
    .on('placements')
    .column('tutor_id')
    .execute()
}

async function mentorTables(db: Kysely<unknown>, dialect: DialectName): Promise<void> {
  await table(db, dialect, 'mentors')
    .addColumn('public_id', 'text', unique)
    .addColumn('person_id', 'integer', to('persons'))
    .addColumn('organisation_id', 'integer', to('organisations'))
    .addColumn('sex', 'text')
    .addColumn('from_day', 'text', required)
    .addColumn('until_day', 'text')
    .addColumn('vetting', 'text', required)
    .addColumn('vetted_on', 'text')
    .addColumn('renew_by', 'text')
    .addColumn('charter_on', 'text')
    .addColumn('created_at', 'text', required)
    .addUniqueConstraint('mentors_once', ['person_id', 'organisation_id'])
    .execute()
  await db.schema
    .createIndex('mentors_organisation')
    .on('mentors')
    .column('organisation_id')
    .execute()
  await table(db, dialect, 'answer_links')
    .addColumn('public_id', 'text', unique)
    .addColumn('token_hash', 'text', unique)
    .addColumn('purpose', 'text', required)
    .addColumn('session_id', 'integer', maybeTo('mentoring_sessions'))
    .addColumn('placement_id', 'integer', maybeTo('placements'))
    .addColumn('person_id', 'integer', to('persons'))
    .addColumn('made_by_id', 'integer', maybeTo('persons'))
    .addColumn('made_at', 'text', required)
    .addColumn('expires_at', 'text', required)
    .addColumn('used_at', 'text')
    .addColumn('revoked_at', 'text')
    .execute()
  await db.schema
    .createIndex('answer_links_session')
    .on('answer_links')
    .column('session_id')
    .execute()
  await db.schema
    .createIndex('answer_links_placement')
    .on('answer_links')
    .column('placement_id')
    .execute()
}

async function versionTables(db: Kysely<unknown>, dialect: DialectName): Promise<void> {
  await table(db, dialect, 'fact_versions')
    .addColumn('kind', 'text', required)
    .addColumn('fact_id', 'integer', required)
    .addColumn('version', 'integer', required)
    .addColumn('content', 'text', required)
    .addColumn('digest', 'text', required)
    .addColumn('reason', 'text')
    .addColumn('by_id', 'integer', maybeTo('persons'))
    .addColumn('at', 'text', required)
    .addUniqueConstraint('fact_versions_once', ['kind', 'fact_id', 'version'])
    .execute()
  await table(db, dialect, 'kept_warnings')
    .addColumn('subject_kind', 'text', required)
    .addColumn('subject_id', 'text', required)
    .addColumn('rule', 'text', required)
    .addColumn('by_id', 'integer', maybeTo('persons'))
    .addColumn('at', 'text', required)
    .addUniqueConstraint('kept_warnings_once', ['subject_kind', 'subject_id', 'rule'])
    .execute()
}
