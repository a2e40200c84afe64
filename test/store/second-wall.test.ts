import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openDatabase } from '../../src/store/open.js'
import type { Db } from '../../src/store/schema.js'
import { asService, inScope, NOBODY, type Scope } from '../../src/store/scope.js'
import { wallOf } from '../../src/store/wall.js'
import { openWalledPglite } from '../support/pglite.js'
import { openSqlite } from '../support/sqlite.js'
import { NOT_WALLED } from './not-walled.data.js'
import * as rows from './walled-rows.js'
import { SIDES, companyOf, type Run, type Side } from './walled-rows.js'

const SERVER = process.env.TEST_POSTGRES_URL

const schoolOf = (side: Side): Scope => ({ organisations: [side], personId: null })
const studentOf = (side: Side): Scope => ({ organisations: [], personId: side })
const employerOf = (side: Side): Scope => ({ organisations: [companyOf(side)], personId: null })

/** What is between a student, their family and their school: a company has nothing to do with it. */
const OF_SCHOOL_ALONE = [
  ...['consent_records', 'erasure_requests', 'guardian_links', 'guardians', 'objections'],
  ...['record_openings', 'selections', 'student_outcomes', 'correction_requests'],
  ...['identity_changes', 'portfolios'],
]
/** Of a school or an organisation as a whole: no student of theirs reads it. */
const OF_NO_STUDENT = ['batch_rows', 'batches', 'pending_imports']

type Walled = Readonly<{ db: Db; asOwner: Run; close: () => Promise<void> }>

async function onPglite(): Promise<Walled> {
  const { db, asOwner } = await openWalledPglite()
  return { db, asOwner, close: () => db.destroy() }
}

async function onServer(): Promise<Walled> {
  const client = await rows.superuser()
  const { username } = new URL(SERVER ?? '')
  await client.query(`drop schema public cascade; create schema public authorization ${username}`)
  const db = await openDatabase(SERVER ?? '')
  const close = async () => {
    await client.end()
    await db.destroy()
  }
  return { db, asOwner: (statement) => client.query(statement), close }
}

describe(`MT-05 the second wall on ${SERVER ? 'PostgreSQL' : 'PGlite'}`, () => {
  let store: Walled
  let db: Db
  let tables: string[]
  beforeAll(async () => {
    store = await (SERVER ? onServer() : onPglite())
    db = store.db
    tables = await rows.walledTables(db)
    await rows.fillBothSides(db, tables, store.asOwner)
  }, 120_000)
  afterAll(() => store.close())

  const idsIn = async (table: string) => {
    const found = await sql<{ id: number }>`select id from ${sql.table(table)} order by id`.execute(
      db,
    )
    return found.rows.map(({ id }) => id)
  }
  const seenBy = (scope: Scope) =>
    inScope(scope, async () => {
      const seen: Record<string, number[]> = {}
      for (const table of tables) seen[table] = await idsIn(table)
      return seen
    })
  const all = (ids: number[]) => Object.fromEntries(tables.map((table) => [table, ids]))

  test('holds each table, or says why it does not', async () => {
    const held = [...tables, ...Object.keys(NOT_WALLED)].toSorted()
    expect(held).toEqual((await rows.allTables(db)).toSorted())
  })

  test('gives no row of any table to who has no scope, and all to the service', async () => {
    expect(await seenBy(NOBODY)).toEqual(all([]))
    for (const table of tables) expect(await idsIn(table), table).toEqual([])
    expect(await asService('job', () => seenBy({ service: 'job' }))).toEqual(all([1, 2]))
  })

  test.each(SIDES)('gives school %i its own rows and none of the other’s', async (side) => {
    expect(await seenBy(schoolOf(side))).toEqual(all([side]))
  })

  test.each(SIDES)('gives student %i their own rows and none of the other’s', async (side) => {
    const none = Object.fromEntries(OF_NO_STUDENT.map((table) => [table, []]))
    expect(await seenBy(studentOf(side))).toEqual({ ...all([side]), ...none })
  })

  test.each(SIDES)('gives the company of placement %i what it has to do with', async (side) => {
    const none = [...OF_SCHOOL_ALONE, ...OF_NO_STUDENT].map((table) => [table, []])
    expect(await seenBy(employerOf(side))).toEqual({
      ...all([side]),
      ...Object.fromEntries(none),
    })
  })

  test('gives nothing to organisations and persons that have to do with nobody', async () => {
    expect(await seenBy({ organisations: [9, 10], personId: 9 })).toEqual(all([]))
  })

  test('takes from a school no row of the other’s, into any table', async () => {
    const columns = await rows.columnsOf(db, tables)
    for (const table of tables) {
      const insert = sql.raw(rows.rowOf(rows.of(columns, table), 2, 3))
      const written = inScope(schoolOf(1), () => insert.execute(db))
      await expect(written, table).rejects.toThrow(/row-level security/)
    }
    for (const [table, ids] of Object.entries(await seenBy({ service: 'job' })))
      expect(ids, table).toEqual([1, 2])
  })

  test('lets a school change and delete its own rows alone', async () => {
    const { numUpdatedRows } = await inScope(schoolOf(1), () =>
      db.updateTable('students').set({ given_name: 'Zoé' }).executeTakeFirstOrThrow(),
    )
    expect(numUpdatedRows).toBe(1n)
    // One whom a company reaches is no student of its own.
    const byCompany = inScope(employerOf(1), () =>
      db.updateTable('students').set({ given_name: 'Ada' }).execute(),
    )
    await expect(byCompany).rejects.toThrow(/row-level security/)
    const stolen = inScope(schoolOf(1), () =>
      db.updateTable('students').set({ school_id: 2 }).execute(),
    )
    await expect(stolen).rejects.toThrow(/row-level security/)
    const undone = inScope(schoolOf(1), () =>
      db.transaction().execute(async (trx) => {
        const { numDeletedRows } = await trx
          .deleteFrom('placement_visits')
          .executeTakeFirstOrThrow()
        expect(numDeletedRows).toBe(1n)
        throw new Error('undone')
      }),
    )
    await expect(undone).rejects.toThrow('undone')
    expect(await asService('job', () => idsIn('placement_visits'))).toEqual([1, 2])
  })

  test('is of the statement: two scopes may share a transaction, and a rollback leaves none', async () => {
    const students = async (from: Db) =>
      (await from.selectFrom('students').select('id').orderBy('id').execute()).map(({ id }) => id)
    const shared = inScope(schoolOf(1), () =>
      db.transaction().execute(async (trx) => {
        expect(await students(trx)).toEqual([1])
        expect(await asService('class-list', () => students(trx))).toEqual([1, 2])
        expect(await students(trx)).toEqual([1])
        throw new Error('undone')
      }),
    )
    await expect(shared).rejects.toThrow('undone')
    expect(await students(db)).toEqual([])
    expect(await inScope(schoolOf(2), () => students(db))).toEqual([2])
    const failed = inScope(schoolOf(1), () =>
      db.transaction().execute((trx) => sql`select 1 / 0`.execute(trx)),
    )
    await expect(failed).rejects.toThrow(/zero/)
    expect(await students(db)).toEqual([])
  })

  test('leaves nothing on a connection for whoever comes next', async () => {
    const setting = async () => {
      const asked = sql<{ scope: string }>`select current_setting('sceau.scope', true) as scope`
      return (await asked.execute(db)).rows[0]?.scope ?? ''
    }
    const many = Array.from({ length: 20 }, (_, at) => schoolOf(at % 2 ? 1 : 2))
    await Promise.all(many.map((scope) => inScope(scope, () => idsIn('students'))))
    expect(await Promise.all(many.map(setting))).toEqual(many.map(() => ''))
    expect(await inScope(schoolOf(2), setting)).toBe('of:2;')
  })

  test('of 200 interleaved runs, none sees a row of the other school', async () => {
    const readings = ['students', 'placements', 'badges', 'guardians']
    const runs = Array.from({ length: 200 }, async (_, at) => {
      const side = at % 2 === 0 ? 1 : 2
      await inScope(schoolOf(side), async () => {
        for (const table of readings) {
          await sleep(Math.random() * 20)
          expect(await idsIn(table)).toEqual([side])
        }
        const begun = db.transaction().execute(async (trx) => {
          await sleep(Math.random() * 5)
          const found = await trx.selectFrom('dossiers').select('id').execute()
          if (at % 4 < 2) throw new Error('undone')
          return found
        })
        if (at % 4 < 2) await expect(begun).rejects.toThrow('undone')
        else expect(await begun).toEqual([{ id: side }])
        expect(await idsIn('consent_records')).toEqual([side])
      })
    })
    await Promise.all(runs)
    expect(await idsIn('students')).toEqual([])
  }, 60_000)

  test('says whether it stands', async () => {
    expect(await wallOf(db)).toBe('stands')
    const sqlite = await openSqlite()
    expect(await wallOf(sqlite)).toBe('none')
    await sqlite.destroy()
  })

  test.runIf(SERVER)('is none for a superuser, who is told so', async () => {
    const owner = await openDatabase(process.env.TEST_POSTGRES_SUPERUSER_URL ?? '', 'read')
    expect(await wallOf(owner)).toBe('bypassed')
    await owner.destroy()
  })
})
