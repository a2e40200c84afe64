import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { appendAudit, validateAudit } from '../../src/store/audit.js'
import {
  claim,
  countJobs,
  enqueue,
  finishJob,
  giveUpJob,
  postponeJob,
} from '../../src/store/jobs.js'
import type { Db } from '../../src/store/schema.js'
import { STORES } from '../support/dialects.js'

const NOON = new Date('2026-11-24T12:00:00Z')
const later = (seconds: number) => new Date(NOON.getTime() + seconds * 1000)
const job = (key: string, runAt = NOON) => ({
  id: `job-${key}`,
  kind: 'issue-badge',
  key,
  payload: { key },
  runAt,
})
const line = (subject: string) => ({
  at: NOON,
  actor: 'somebody',
  action: 'dossier.opened',
  subject,
})

describe.each(STORES)('the store on $name', ({ open, concurrent }) => {
  let db: Db
  beforeAll(async () => {
    db = await open()
  }, 120_000)
  afterAll(() => db.destroy())

  test('a job is hidden for its lease, then offered again', async () => {
    await enqueue(db, job('lease'))
    expect(await claim(db, NOON)).toMatchObject({ public_id: 'job-lease', attempts: 1 })
    expect(await claim(db, later(59))).toBeUndefined()
    const again = await claim(db, later(61))
    expect(again).toMatchObject({ public_id: 'job-lease', attempts: 2 })
    await finishJob(db, again!.id, later(62))
    expect(await claim(db, later(999))).toBeUndefined()
  })

  test('a job asked for twice is one job', async () => {
    await enqueue(db, job('once'))
    await enqueue(db, { ...job('once'), id: 'another-id' })
    const taken = await claim(db, NOON)
    expect(await claim(db, NOON)).toBeUndefined()
    await finishJob(db, taken!.id, NOON)
  })

  test('a job that failed waits, and one that was given up is counted', async () => {
    await enqueue(db, job('fails'))
    const first = await claim(db, NOON)
    await postponeJob(db, first!.id, 'no', later(30))
    expect(await claim(db, later(29))).toBeUndefined()
    const second = await claim(db, later(30))
    await giveUpJob(db, second!.id, 'no', later(31))
    expect(await claim(db, later(9999))).toBeUndefined()
    expect(await countJobs(db)).toEqual({ waiting: 0, givenUp: 1 })
  })

  test('a transaction that fails leaves neither a job nor a line of audit', async () => {
    const before = await validateAudit(db)
    await expect(
      db.transaction().execute(async (trx) => {
        await enqueue(trx, job('undone'))
        await appendAudit(trx, line('undone'))
        throw new Error('no')
      }),
    ).rejects.toThrow('no')
    expect(await claim(db, NOON)).toBeUndefined()
    expect(await validateAudit(db)).toEqual(before)
  })

  test('the audit is a chain, and writers at the same time make one chain', async () => {
    const append = (n: number) => db.transaction().execute((trx) => appendAudit(trx, line(`s${n}`)))
    await Promise.all(Array.from({ length: 20 }, (_, n) => append(n)))
    expect(await validateAudit(db)).toMatchObject({ sound: true, entries: 20 })
  })

  test('MT-08 the database refuses to change or delete a line of audit', async () => {
    await expect(
      db.updateTable('audit').set({ actor: 'x' }).where('id', '=', 1).execute(),
    ).rejects.toThrow()
    await expect(db.deleteFrom('audit').execute()).rejects.toThrow()
    expect(await validateAudit(db)).toMatchObject({ sound: true })
  })

  test('PT-11 the second cohort of a class in a year is refused by the database', async () => {
    const school = await db
      .insertInto('organisations')
      .values({
        public_id: 'o1',
        slug: 'l1',
        kind: 'lycee',
        name: 'Lycée',
        created_at: NOON.toISOString(),
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    const made = {
      public_id: 'k1',
      school_id: school.id,
      name: 'Classe',
      mef: '2472250331',
      track: 'Plastiques',
      created_at: NOON.toISOString(),
    }
    const { id } = await db
      .insertInto('ptech_classes')
      .values(made)
      .returning('id')
      .executeTakeFirstOrThrow()
    const cohort = (public_id: string) =>
      db
        .insertInto('cohorts')
        .values({ public_id, class_id: id, entry_year: 2026, created_at: NOON.toISOString() })
        .execute()
    await cohort('c1')
    await expect(cohort('c2')).rejects.toThrow()
  })

  if (concurrent)
    test('two workers never take the same job', async () => {
      for (let n = 0; n < 20; n++) await enqueue(db, job(`many-${n}`))
      const taken = await Promise.all(Array.from({ length: 20 }, () => claim(db, NOON)))
      expect(new Set(taken.map((one) => one?.public_id)).size).toBe(20)
    })

  // Last: it breaks the chain.
  test('MT-08 the validator names the first entry that was changed behind our back', async () => {
    const sqlite = await sql`select sqlite_version()`.execute(db).then(
      () => true,
      () => false,
    )
    if (sqlite) await sql`drop trigger audit_no_update`.execute(db)
    else await sql`alter table audit disable trigger audit_no_change`.execute(db)
    await db.updateTable('audit').set({ actor: 'intruder' }).where('subject', '=', 's7').execute()
    const changed = await db
      .selectFrom('audit')
      .select('id')
      .where('subject', '=', 's7')
      .executeTakeFirstOrThrow()
    expect(await validateAudit(db)).toMatchObject({ sound: false, brokenAt: changed.id })
  })
})
