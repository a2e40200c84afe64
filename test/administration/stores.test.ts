import { describe, expect, test } from 'vitest'
import {
  AUDIT_JOB,
  checkAuditOnSchedule,
  orderAuditCheck,
  startAuditChecks,
} from '../../src/administration/check-audit.js'
import { retryJob, seeJobs } from '../../src/administration/jobs.js'
import { seeAudit } from '../../src/administration/see-audit.js'
import { seeHealth } from '../../src/administration/see-health.js'
import { OPERATOR } from '../../src/people/operator.js'
import type { Actor } from '../../src/context.js'
import { appendAudit, appendOfMany } from '../../src/store/audit.js'
import { readAuditPart, SCAN } from '../../src/store/audit-read.js'
import { enqueue } from '../../src/store/jobs.js'
import { runNextJob } from '../../src/worker.js'
import { STORES } from '../support/dialects.js'
import { DAY, HOUR, openWorld, SECOND, type World } from '../support/world.js'
import { aLycee, refusalOf } from '../people/people.js'

const READER: Actor = {
  personId: null,
  publicId: 'reader',
  assignments: [{ role: 'platform-admin', organisationId: null }],
  via: 'session',
  scopes: [],
}
const APPROVER: Actor = { ...READER, assignments: [{ role: 'school-approver', organisationId: 1 }] }

const line = (at: Date, subject: string, action = 'badge.held') =>
  ({ at, actor: 'somebody', action, subject, details: { badge: `b-${subject}` } }) as const

async function aFailedJob(world: World): Promise<void> {
  const job = { id: 'job-1', kind: 'no-such-kind', key: 'x', payload: { secret: 'Zoé' } }
  await enqueue(world.db, { ...job, runAt: world.now() })
  await runNextJob(world)
}

describe.each(STORES)('on $name', ({ open }) => {
  test('the audit is read from its end, page by page, each line once', async () => {
    const world = await openWorld({ db: await open() })
    const all = Array.from({ length: 120 }, (_, at) => line(world.now(), `s${at}`))
    for (const one of all) await appendAudit(world.db, one)
    const seen: number[] = []
    let before: number | undefined
    do {
      const page = await seeAudit(world, OPERATOR, { before })
      seen.push(...page.lines.map(({ id }) => id))
      before = page.before
    } while (before !== undefined)
    expect(seen).toEqual(Array.from({ length: 120 }, (_, at) => 120 - at))
  })

  test('a line of many is one line, and is found by each subject that it tells of, with what it tells of that one', async () => {
    const world = await openWorld({ db: await open() })
    await appendAudit(world.db, line(world.now(), 'before'))
    const told = ['s1', 's2', 's3'].map((subject) => ({
      subject,
      details: { digest: `d-${subject}` },
    }))
    await appendOfMany(
      world.db,
      { at: world.now(), actor: 'issuer', action: 'badge.released' },
      told,
    )
    await appendAudit(world.db, line(world.now(), 's2'))
    const of = async (asked: object) =>
      (await seeAudit(world, OPERATOR, asked)).lines.map((one) => [
        one.id,
        one.subject,
        one.details,
      ])
    expect((await of({}))[1]).toEqual([2, '*', '{"subjects":3}'])
    expect(await of({ subject: 's3' })).toEqual([[2, 's3', '{"digest":"d-s3"}']])
    expect((await of({ subject: 's2' })).map(([id]) => id)).toEqual([3, 2])
    expect(await of({ subject: 's4' })).toEqual([])
  })

  test('the audit is narrowed by who, what, on what and when', async () => {
    const world = await openWorld({ db: await open() })
    await appendAudit(world.db, line(new Date('2026-11-23T22:59:59.999Z'), 'one'))
    await appendAudit(world.db, line(new Date('2026-11-23T23:00:00.000Z'), 'two', 'badge.shared'))
    await appendAudit(world.db, line(new Date('2026-11-24T22:59:59.999Z'), 'two'))
    await appendAudit(world.db, line(new Date('2026-11-24T23:00:00.000Z'), 'six'))
    const ids = async (asked: object) =>
      (await seeAudit(world, OPERATOR, asked)).lines.map(({ id }) => id)
    // A day at school begins at 23:00 UTC in winter.
    expect(await ids({ day: '2026-11-24' })).toEqual([3, 2])
    expect(await ids({ subject: 'two' })).toEqual([3, 2])
    expect(await ids({ subject: 'two', action: 'badge.shared' })).toEqual([2])
    expect(await ids({ actor: 'nobody' })).toEqual([])
    // What the details name is found as well.
    expect(await ids({ subject: 'b-six' })).toEqual([4])
  })

  test('a search stops after so many lines and says where to go on', async () => {
    const world = await openWorld({ db: await open() })
    await appendAudit(world.db, line(world.now(), 'rare'))
    const asked = { before: SCAN + 2, limit: 50 }
    const first = await readAuditPart(world.db, { subject: 'rare' }, asked)
    expect(first).toEqual({ lines: [], before: 2 })
    const next = await readAuditPart(world.db, { subject: 'rare' }, { before: 2, limit: 50 })
    expect(next.lines.map(({ id }) => id)).toEqual([1])
    expect(next.before).toBeUndefined()
  })

  test('ids of organisations are named, persons are not', async () => {
    const world = await openWorld({ db: await open() })
    const lycee = await aLycee(world)
    const { named } = await seeAudit(world, OPERATOR, {})
    expect(named.get(lycee.publicId)?.words.fr).toBe(lycee.name)
    expect(named.get('operator')?.words.en).toContain('command line')
  })

  test('that the audit was read is told in it, once a day for each reader', async () => {
    const world = await openWorld({ db: await open() })
    const readings = async () => (await seeAudit(world, OPERATOR, { action: 'audit.read' })).lines
    await seeAudit(world, READER, {})
    await seeAudit(world, READER, { subject: 'x' })
    expect(await readings()).toHaveLength(1)
    await seeAudit(world, { ...READER, publicId: 'other' }, {})
    expect(await readings()).toHaveLength(2)
    world.clock.advance(13 * HOUR)
    await seeAudit(world, READER, {})
    expect(await readings()).toMatchObject([{ actor: 'reader' }, { actor: 'other' }, {}])
  })

  test('AZ: nobody but the platform’s administrator reads audit, health or jobs', async () => {
    const world = await openWorld({ db: await open() })
    for (const see of [seeHealth, seeJobs]) {
      expect((await refusalOf(see(world, APPROVER))).code).toBe('not-found')
    }
    expect((await refusalOf(seeAudit(world, APPROVER, {}))).code).toBe('not-found')
    expect((await refusalOf(retryJob(world, APPROVER, 'x'))).code).toBe('not-found')
    expect((await refusalOf(orderAuditCheck(world, APPROVER))).code).toBe('not-found')
    // A program neither: it takes a person.
    const program: Actor = { ...READER, via: 'token' }
    expect((await refusalOf(retryJob(world, program, 'x'))).code).toBe('forbidden')
  })

  test('what is looked for in the details is found letter by letter', async () => {
    const world = await openWorld({ db: await open() })
    const at = world.now()
    await world.db.transaction().execute(async (trx) => {
      for (const id of ['a_b', 'axb', 'a%b'])
        await appendAudit(trx, {
          at,
          actor: 'x',
          action: 'badge.held',
          subject: 's',
          details: { id },
        })
    })
    const found = async (subject: string) =>
      (await readAuditPart(world.db, { subject }, { limit: 10 })).lines.map(
        ({ details }) => details,
      )
    expect(await found('a_b')).toHaveLength(1)
    expect(await found('a%b')).toHaveLength(1)
    expect(await found('axb')).toHaveLength(1)
  })

  test('a job that failed is shown without what it is about, and tried again once', async () => {
    const world = await openWorld({ db: await open() })
    await aFailedJob(world)
    const { kinds, troubled } = await seeJobs(world, READER)
    expect(kinds).toMatchObject([{ kind: 'no-such-kind', waiting: 1, failed: 1, givenUp: 0 }])
    expect(troubled).toMatchObject([{ id: 'job-1', attempts: 1, givenUpAt: null }])
    expect(JSON.stringify(troubled)).not.toContain('Zoé')
    expect(await retryJob(world, READER, 'job-1')).toBe(true)
    expect(await retryJob(world, READER, 'job-1')).toBe(false)
    expect((await seeJobs(world, READER)).troubled).toEqual([])
    const told = await seeAudit(world, OPERATOR, { action: 'job.retried' })
    expect(told.lines).toMatchObject([{ subject: 'job-1', details: '{"kind":"no-such-kind"}' }])
    expect(await runNextJob(world)).toBe(true)
  })

  test('a job that was given up is tried again; one that is in hand or done is not', async () => {
    const world = await openWorld({ db: await open() })
    await aFailedJob(world)
    const given = { given_up_at: world.now().toISOString(), attempts: 30 }
    await world.db.updateTable('jobs').set(given).execute()
    expect((await seeJobs(world, READER)).kinds).toMatchObject([{ waiting: 0, givenUp: 1 }])
    const leased = { leased_until: new Date(world.now().getTime() + SECOND).toISOString() }
    await world.db.updateTable('jobs').set(leased).execute()
    expect(await retryJob(world, READER, 'job-1')).toBe(false)
    world.clock.advance(SECOND)
    expect(await retryJob(world, READER, 'job-1')).toBe(true)
    const done = { finished_at: world.now().toISOString(), last_error: 'x' }
    await world.db.updateTable('jobs').set(done).execute()
    expect(await retryJob(world, READER, 'job-1')).toBe(false)
    expect((await refusalOf(retryJob(world, READER, 'nothing'))).code).toBe('not-found')
  })

  test('the audit is validated once a day, and when it is ordered', async () => {
    const world = await openWorld({ db: await open() })
    const audit = async () =>
      (await seeHealth(world, READER)).parts.find(({ name }) => name === 'audit')
    expect(await audit()).toMatchObject({ state: 'unknown' })
    await startAuditChecks(world)
    await startAuditChecks(world)
    expect(await runNextJob(world)).toBe(true)
    expect(await audit()).toMatchObject({ state: 'well', found: { entries: 0 } })
    expect(await runNextJob(world)).toBe(false)
    await orderAuditCheck(world, READER)
    expect(await runNextJob(world)).toBe(true)
    expect(await audit()).toMatchObject({ state: 'well', found: { entries: 1 } })
    world.clock.advance(DAY)
    expect(await runNextJob(world)).toBe(true)
    const waiting = world.db.selectFrom('jobs').where('finished_at', 'is', null).selectAll()
    expect(await waiting.execute()).toMatchObject([{ kind: AUDIT_JOB, key: '2026-11-26' }])
  })

  test('an audit that is broken is not well, at the line that is not as it was written', async () => {
    const world = await openWorld({ db: await open() })
    for (const subject of ['one', 'two']) await appendAudit(world.db, line(world.now(), subject))
    await world.db.updateTable('audit_head').set({ last_id: 7 }).execute()
    await checkAuditOnSchedule(world)
    const { state, parts } = await seeHealth(world, READER)
    expect(state).toBe('not-well')
    const { found } = parts.find(({ name }) => name === 'audit')!
    expect(found).toMatchObject({ brokenAt: 2, head: null })
  })

  test('keys that are away are not well; a folder that can’t be looked at is unknown, never well', async () => {
    const plain = await openWorld({ db: await open() })
    const away = async () => ({ fr: 'loin', en: 'away' })
    const world: World = {
      ...plain,
      keys: { ...plain.keys, away },
      config: { ...plain.config, dataDir: '/nowhere/at/all' },
    }
    const { parts } = await seeHealth(world, READER)
    const stateOf = Object.fromEntries(parts.map(({ name, state }) => [name, state]))
    expect(stateOf).toEqual({
      store: 'well',
      audit: 'unknown',
      clock: 'well',
      keys: 'not-well',
      mail: 'unknown',
      jobs: 'unknown',
      lists: 'unknown',
      erasures: 'well',
      disk: 'unknown',
      backup: 'unknown',
    })
  })
})
