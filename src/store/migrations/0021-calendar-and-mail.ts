import type { Kysely } from 'kysely'
import type { Schema } from '../schema.js'
import { SCHOOL_BREAKS } from './0021-school-breaks.data.js'
import { required, table, to, unique, type DialectName } from './columns.js'

/** School holidays as data, mail that leaves with what it tells, and who wants it. */
export async function up(db: Kysely<unknown>, dialect: DialectName): Promise<void> {
  await table(db, dialect, 'school_breaks')
    .addColumn('public_id', 'text', unique)
    .addColumn('zone', 'text', required)
    .addColumn('school_year', 'integer', required)
    .addColumn('name_fr', 'text', required)
    .addColumn('name_en', 'text', required)
    .addColumn('from_day', 'text', required)
    .addColumn('until_day', 'text', required)
    .addColumn('source', 'text', required)
    .addColumn('verified_on', 'text')
    .addUniqueConstraint('school_breaks_once', ['zone', 'school_year', 'name_fr'])
    .execute()
  await mailTables(db, dialect)
  await seedBreaks(db)
}

async function mailTables(db: Kysely<unknown>, dialect: DialectName): Promise<void> {
  await table(db, dialect, 'outbox_mails')
    .addColumn('public_id', 'text', unique)
    .addColumn('key', 'text', unique)
    .addColumn('to_person_id', 'integer', to('persons'))
    .addColumn('language', 'text', required)
    .addColumn('subject', 'text', required)
    .addColumn('body', 'text', required)
    .addColumn('created_at', 'text', required)
    .addColumn('sent_at', 'text')
    .addColumn('given_up_at', 'text')
    .addColumn('given_up_why', 'text')
    .execute()
  await db.schema
    .createIndex('outbox_mails_created')
    .on('outbox_mails')
    .column('created_at')
    .execute()
  await table(db, dialect, 'mail_settings')
    .addColumn('person_id', 'integer', (column) => to('persons')(column).unique())
    .addColumn('digest', 'text')
    .addColumn('refused_address', 'text')
    .addColumn('refused_at', 'text')
    .execute()
}

/** What is there already, and may have been corrected, stays as it is. */
export async function seedBreaks(db: Kysely<Schema>): Promise<void> {
  const rows = SCHOOL_BREAKS.flatMap(({ year, source, verifiedOn, holidays }) =>
    holidays.flatMap(({ code, fr, en, days }) =>
      (['A', 'B', 'C'] as const).flatMap((zone) => {
        const [from_day, until_day] = days[zone] ?? days.all ?? []
        if (from_day === undefined || until_day === undefined) return []
        const public_id = `${year}-${zone.toLowerCase()}-${code}`
        const names = { name_fr: fr, name_en: en }
        const of = { public_id, zone, school_year: year, source, verified_on: verifiedOn }
        return [{ ...of, ...names, from_day, until_day }]
      }),
    ),
  )
  await db
    .insertInto('school_breaks')
    .values(rows)
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}
