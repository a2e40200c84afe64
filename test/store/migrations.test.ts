import { PGlite } from '@electric-sql/pglite'
import SqliteDatabase from 'better-sqlite3'
import { Kysely, PGliteDialect, sql, SqliteDialect } from 'kysely'
import { Migrator } from 'kysely/migration'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { migrations } from '../../src/store/migrations/index.js'
import type { Schema } from '../../src/store/schema.js'

const BEFORE = '0012-trust-lists'

const DIALECTS = [
  { name: 'sqlite', dialect: () => new SqliteDialect({ database: strict() }) },
  { name: 'postgres', dialect: () => new PGliteDialect({ pglite: new PGlite() }) },
] as const

function strict(): SqliteDatabase.Database {
  const database = new SqliteDatabase(':memory:')
  database.pragma('foreign_keys = ON')
  return database
}

describe.each(DIALECTS)('a store of before, brought up to date on $name', ({ dialect, name }) => {
  let db: Kysely<Schema>
  let migrator: Migrator

  beforeAll(async () => {
    db = new Kysely<Schema>({ dialect: dialect() })
    migrator = new Migrator({ db, provider: { getMigrations: async () => migrations(name) } })
    await done(migrator.migrateTo(BEFORE))
    await fill(db)
    await done(migrator.migrateToLatest())
  }, 120_000)
  afterAll(() => db.destroy())

  test('has its cohorts and placements, in the same words', async () => {
    expect(await db.selectFrom('cohorts').selectAll().execute()).toMatchObject([
      { id: 1, public_id: 'cohort', class_id: 1, entry_year: 2025, scheme: 'PTECH', owner_id: 1 },
    ])
    expect(await db.selectFrom('placements').selectAll().execute()).toMatchObject([
      { id: 1, public_id: 'placement', days_done: 9, version: 1 },
    ])
  })

  test('knows the school of each cohort since its entry', async () => {
    const schools = await db.selectFrom('cohort_schools').selectAll().execute()
    expect(schools).toMatchObject([
      { cohort_id: 1, school_id: 1, from_day: '2025-09-01', until_day: null },
    ])
  })

  test('PT-11 still refuses the second cohort of a class in a year', async () => {
    const again = { public_id: 'again', class_id: 1, entry_year: 2025, created_at: AT }
    await expect(db.insertInto('cohorts').values(again).execute()).rejects.toThrow(/unique/i)
  })

  test('still refuses an enrolment in a cohort that is not there', async () => {
    const row = { student_id: 1, cohort_id: 99, from_day: '2025-09-01' }
    await expect(db.insertInto('enrolments').values(row).execute()).rejects.toThrow(/foreign key/i)
  })

  test('takes a cordée, which has no class, and a placement whose days are to come', async () => {
    const cordee = { public_id: 'cordee', scheme: 'CORDEES', owner_id: 1, created_at: AT }
    await db.insertInto('cohorts').values(cordee).execute()
    await db.insertInto('placements').values(placement('planned', null)).execute()
    expect(await db.selectFrom('placements').selectAll().execute()).toHaveLength(2)
  })
})

const AT = '2026-09-01T08:00:00.000Z'

async function done(migrating: ReturnType<Migrator['migrateToLatest']>): Promise<void> {
  const { error } = await migrating
  if (error instanceof Error) throw error
}

/** By statements of then: the tables have other columns now. */
async function fill(db: Kysely<Schema>): Promise<void> {
  await sql`insert into organisations (public_id, slug, kind, name, created_at)
    values ('school', 'school', 'lycee', 'Lycée DÉMO', ${AT})`.execute(db)
  await sql`insert into persons (public_id, given_name, family_name, created_at)
    values ('person', 'Camille', 'Martin', ${AT})`.execute(db)
  await sql`insert into ptech_classes (public_id, school_id, name, mef, track, created_at)
    values ('class', 1, '2PC', '2472250331', 'Plastiques', ${AT})`.execute(db)
  await sql`insert into cohorts (public_id, class_id, entry_year, created_at)
    values ('cohort', 1, 2025, ${AT})`.execute(db)
  await sql`insert into students
      (public_id, school_id, given_name, family_name, birth_date_sealed, ine_fingerprint, created_at)
    values ('student', 1, 'Zoé', 'Kerguélen', 'sealed', 'print', ${AT})`.execute(db)
  await sql`insert into enrolments (student_id, cohort_id, from_day)
    values (1, 1, '2025-09-01')`.execute(db)
  await sql`insert into placements (public_id, student_id, company_id, tutor_id, from_day, until_day,
      days_done, recorded_by_id, recorded_at)
    values ('placement', 1, 1, 1, '2025-11-02', '2025-11-13', 9, 1, ${AT})`.execute(db)
}

function placement(publicId: string, daysDone: number | null) {
  return {
    public_id: publicId,
    student_id: 1,
    company_id: 1,
    tutor_id: 1,
    from_day: '2026-11-02',
    until_day: '2026-11-13',
    days_done: daysDone,
    recorded_by_id: 1,
    recorded_at: AT,
  }
}
