import { createHash } from 'node:crypto'
import { PGlite } from '@electric-sql/pglite'
import SqliteDatabase from 'better-sqlite3'
import { Kysely, PGliteDialect, sql, SqliteDialect } from 'kysely'
import { Migrator } from 'kysely/migration'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { receiptIn } from '../../src/issuer/batches/store-receipts.js'
import { openDetails } from '../../src/store/audit-of-many.js'
import { appendOfMany, validateAudit } from '../../src/store/audit.js'
import { migrations } from '../../src/store/migrations/index.js'
import type { Schema } from '../../src/store/schema.js'
import { storedBadges } from '../issuer/stored.js'

const BEFORE = '0038-token-keys'
const AT = '2026-11-24T12:00:00.000Z'
const PREPARATION = '{"digest":"abc"}'
const RECEIPT = JSON.stringify({ type: 'SceauBatchReceipt', rows: [{ row: 1, outcome: 'done' }] })

const DIALECTS = [
  { name: 'sqlite', dialect: () => new SqliteDialect({ database: strict() }) },
  { name: 'postgres', dialect: () => new PGliteDialect({ pglite: new PGlite() }) },
] as const

function strict(): SqliteDatabase.Database {
  const database = new SqliteDatabase(':memory:')
  database.pragma('foreign_keys = ON')
  return database
}

describe.each(DIALECTS)('a store whose badges cost more, on $name', ({ dialect, name }) => {
  let db: Kysely<Schema>
  let before: unknown[]

  beforeAll(async () => {
    db = new Kysely<Schema>({ dialect: dialect() })
    const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations(name) } })
    await done(migrator.migrateTo(BEFORE))
    await fill(db)
    before = (
      await sql`select id, at, actor, action, subject, details, hash from audit`.execute(db)
    ).rows
    await done(migrator.migrateToLatest())
  }, 120_000)
  afterAll(() => db.destroy())

  test('MT-08 keeps its audit line by line, and the chain holds', async () => {
    const { rows } =
      await sql`select id, at, actor, action, subject, details, hash from audit`.execute(db)
    expect(rows).toEqual(before)
    expect(await validateAudit(db)).toMatchObject({ sound: true, entries: 3 })
  })

  test('keeps what is frozen of a badge until its release', async () => {
    expect(await storedBadges(db)).toMatchObject([
      {
        public_id: 'badge',
        endorsement_preparation: PREPARATION,
        endorsement_prepared: '{}',
        badge_preparation: null,
      },
    ])
    const places = await db.selectFrom('status_entries').selectAll().orderBy('id').execute()
    expect(places).toMatchObject([{ position: 3 }, { position: 5 }])
  })

  test('has its receipts, and what has none has none', async () => {
    const batches = await db.selectFrom('batches').selectAll().orderBy('id').execute()
    expect(batches.map(receiptIn)).toEqual([RECEIPT, null])
  })

  test('still refuses a badge of a dossier that has one, and a place that is taken', async () => {
    const badge = { public_id: 'two', dossier_id: 1, status_entry_id: 1, endorsement_entry_id: 2 }
    const ids = { credential_id: 'urn:three', endorsement_id: 'urn:four', reserved_at: AT }
    await expect(
      db
        .insertInto('badges')
        .values({ ...badge, ...ids })
        .execute(),
    ).rejects.toThrow(/unique/i)
    const place = { list_id: 1, position: 3 }
    await expect(db.insertInto('status_entries').values(place).execute()).rejects.toThrow(/unique/i)
    const draft = { id: 99, endorsement_prepared: '{}' }
    await expect(db.insertInto('badge_drafts').values(draft).execute()).rejects.toThrow(
      /foreign key/i,
    )
  })

  test('tells of many by one line, and finds each in it, beside lines of before', async () => {
    const step = { at: new Date(AT), actor: 'issuer', action: 'badge.released' }
    const told = ['x', 'y'].map((subject) => ({ subject, details: { digest: `of ${subject}` } }))
    await db.transaction().execute((trx) => appendOfMany(trx, step, told))
    await db.transaction().execute((trx) => appendOfMany(trx, step, []))
    const alone = { subject: 'z', details: { digest: 'of z' } }
    await db.transaction().execute((trx) => appendOfMany(trx, step, [alone]))
    expect(await validateAudit(db)).toMatchObject({ sound: true, entries: 5 })
    const find = openDetails(db)
    for (const { subject, details } of [...told, alone])
      expect(await find('badge.released', subject, AT)).toEqual(details)
    expect(await find('badge.released', 'nobody', AT)).toBeUndefined()
    expect(await find('badge.signing', 'x', AT)).toBeUndefined()
    expect(await find('badge.released', 'x', null)).toBeUndefined()
    expect(await find('line 1', 's1', null)).toEqual({ n: 1 })
  })

  test('refuses details of different names in one line', async () => {
    const step = { at: new Date(AT), actor: 'issuer', action: 'badge.released' }
    const told = [
      { subject: 'x', details: { digest: 'd' } },
      { subject: 'y', details: { document: 'd' } },
    ]
    await expect(appendOfMany(db, step, told)).rejects.toThrow('same kind of details')
  })

  test('MT-08 still lets nobody change or delete a line, and names one that was', async () => {
    const change = () => db.updateTable('audit').set({ packed: Buffer.from('no') })
    const many = db.selectFrom('audit').selectAll().where('packed', 'is not', null)
    const line = await many.executeTakeFirstOrThrow()
    await expect(change().where('id', '=', line.id).execute()).rejects.toThrow('append-only')
    await expect(db.deleteFrom('audit').execute()).rejects.toThrow('append-only')
    if (name === 'sqlite') await sql`drop trigger audit_no_update`.execute(db)
    else await sql`alter table audit disable trigger audit_no_change`.execute(db)
    await change().where('id', '=', line.id).execute()
    expect(await validateAudit(db)).toMatchObject({ sound: false, brokenAt: line.id })
    // Without what it tells of each it is another line, too.
    await db.updateTable('audit').set({ packed: null }).where('id', '=', line.id).execute()
    expect(await validateAudit(db)).toMatchObject({ sound: false, brokenAt: line.id })
  })
})

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
  await sql`insert into students
      (public_id, school_id, given_name, family_name, birth_date_sealed, ine_fingerprint, created_at)
    values ('student', 1, 'Zoé', 'Kerguélen', 'sealed', 'print', ${AT})`.execute(db)
  await sql`insert into templates (public_id, creator_id, created_at) values ('t', 1, ${AT})`.execute(
    db,
  )
  await sql`insert into template_versions (template_id, number, definition, digest, created_at, created_by_id)
    values (1, 1, '{}', 'd', ${AT}, 1)`.execute(db)
  await sql`insert into dossiers (public_id, student_id, template_version_id, school_id, company_id, state,
      subject, opened_by_id, opened_at)
    values ('dossier', 1, 1, 1, 1, 'approved', 'urn:subject', 1, ${AT})`.execute(db)
  await sql`insert into status_lists (public_id, organisation_id, number, entries, opened_at)
    values ('list', 1, 1, 131072, ${AT})`.execute(db)
  await sql`insert into status_entries (list_id, position, credential_id)
    values (1, 3, 'urn:one'), (1, 5, 'urn:two')`.execute(db)
  await sql`insert into badges (public_id, dossier_id, credential_id, status_entry_id, endorsement_id,
      endorsement_entry_id, endorsement_preparation, reserved_at)
    values ('badge', 1, 'urn:one', 1, 'urn:two', 2, ${PREPARATION}, ${AT})`.execute(db)
  await sql`insert into badge_drafts (id, endorsement_prepared) values (1, '{}')`.execute(db)
  for (const [id, receipt] of [
    ['b1', RECEIPT],
    ['b2', null],
  ] as const)
    await sql`insert into batches (public_id, act, organisation_id, made_by_id, key, made_at, receipt)
      values (${id}, 'approve', 1, 1, ${id}, ${AT}, ${receipt})`.execute(db)
  await chain(db)
}

/** Three lines, as they were written then. */
async function chain(db: Kysely<Schema>): Promise<void> {
  let prev = '0'.repeat(64)
  for (const n of [1, 2, 3]) {
    const fields = [prev, AT, 'somebody', `line ${n}`, `s${n}`, JSON.stringify({ n })]
    const hash = createHash('sha256').update(JSON.stringify(fields)).digest('hex')
    const [, at, actor, action, subject, details] = fields
    await sql`insert into audit (at, actor, action, subject, details, prev_hash, hash)
      values (${at}, ${actor}, ${action}, ${subject}, ${details}, ${prev}, ${hash})`.execute(db)
    prev = hash
  }
  await sql`update audit_head set last_id = 3, hash = ${prev}, latest_at = ${AT}`.execute(db)
}
