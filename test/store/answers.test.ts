import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { forgetAnswers, getAnswer, saveAnswer, takeKey } from '../../src/store/answers.js'
import { enqueue, renew } from '../../src/store/jobs.js'
import { assertSound } from '../../src/store/open.js'
import type { Db } from '../../src/store/schema.js'
import { asOne, onceCommitted, within } from '../../src/store/within.js'
import { STORES } from '../support/dialects.js'

const NOON = new Date('2026-11-24T12:00:00Z')
const asked = { actor: 'token', operation: 'POST /api/x', key: 'k', digest: 'd' }
const job = (key: string) => ({ id: `job-${key}`, kind: 'any', key, payload: {}, runAt: NOON })

describe.each(STORES)('kept answers on $name', ({ open, concurrent }) => {
  let db: Db
  beforeAll(async () => {
    db = await open()
  }, 120_000)
  afterAll(() => db.destroy())
  const jobs = async () =>
    (await db.selectFrom('jobs').select('key').orderBy('id').execute()).map(({ key }) => key)

  test('a key is taken once, whoever else has one of the same name, and swept when it is old', async () => {
    expect(await takeKey(db, asked, NOON)).toBe(true)
    expect(await takeKey(db, asked, NOON)).toBe(false)
    expect(await takeKey(db, { ...asked, actor: 'another' }, NOON)).toBe(true)
    await saveAnswer(db, asked, { status: 201, type: 'application/json', bodySealed: 's' })
    expect(await getAnswer(db, asked)).toMatchObject({ status: 201, request_digest: 'd' })
    await forgetAnswers(db, NOON)
    expect(await takeKey(db, asked, NOON)).toBe(false)
    await forgetAnswers(db, new Date(NOON.getTime() + 1))
    expect(await takeKey(db, asked, NOON)).toBe(true)
  })

  test('a part that fails is undone alone; the whole that fails, with all its parts', async () => {
    const write = (inside: Db, key: string, then?: Error) =>
      inside.transaction().execute(async (trx) => {
        await enqueue(trx, job(key))
        if (then) throw then
      })
    await db.transaction().execute(async (trx) => {
      const inside = within(trx)
      await write(inside, 'kept')
      await expect(write(inside, 'undone', new Error('no'))).rejects.toThrow('no')
      await enqueue(inside, job('beside'))
    })
    expect(await jobs()).toEqual(['kept', 'beside'])
    const whole = db.transaction().execute(async (trx) => {
      await write(within(trx), 'lost')
      throw new Error('no')
    })
    await expect(whole).rejects.toThrow('no')
    expect(await jobs()).toEqual(['kept', 'beside'])
  })

  test('what is outside the store is done once all is committed, or at once where nothing is open', async () => {
    const done: string[] = []
    const leave = (inside: Db, what: string) =>
      onceCommitted(inside, async (outside) => {
        done.push(`${what} ${outside === db}`)
      })
    await leave(db, 'at once')
    expect(done.splice(0)).toEqual(['at once true'])
    const made = await asOne(db, async (inside) => {
      await leave(inside, 'first')
      const refused = inside.transaction().execute(async (trx) => {
        await leave(trx, 'undone')
        await leave(within(trx), 'undone')
        throw new Error('no')
      })
      await expect(refused).rejects.toThrow('no')
      await asOne(inside, (again) => leave(again, 'deep'))
      await inside.transaction().execute((trx) => leave(trx, 'last'))
      return done.length
    })
    expect([made, ...done.splice(0)]).toEqual([0, 'first true', 'deep true', 'last true'])
    const whole = asOne(db, async (inside) => {
      await leave(inside, 'never')
      throw new Error('no')
    })
    await expect(whole).rejects.toThrow('no')
    expect(done).toEqual([])
    const lost = db.transaction().execute((trx) => leave(trx, 'by nobody'))
    await expect(lost).rejects.toThrow('after the commit')
  })

  test('a job that was given up, or is in the hands of a dead worker, is due again', async () => {
    await enqueue(db, job('again'))
    const over = { given_up_at: NOON.toISOString(), leased_until: '2099', attempts: 30 }
    await db.updateTable('jobs').set(over).where('key', '=', 'again').execute()
    await renew(db, job('again'))
    const row = db.selectFrom('jobs').selectAll().where('key', '=', 'again')
    expect(await row.execute()).toMatchObject([
      { public_id: 'job-again', given_up_at: null, leased_until: null, attempts: 0 },
    ])
  })

  if (concurrent)
    test('RL-13 who asks at the same time waits for the answer', async () => {
      const at = { ...asked, key: 'at once' }
      const answers = await Promise.all(
        Array.from({ length: 20 }, () =>
          db.transaction().execute(async (trx) => {
            if (!(await takeKey(trx, at, NOON))) return (await getAnswer(trx, at)).status
            await new Promise((resolve) => setTimeout(resolve, 100))
            await saveAnswer(trx, at, { status: 201, type: null, bodySealed: null })
            return 201
          }),
        ),
      )
      expect(new Set(answers)).toEqual(new Set([201]))
    })
})

test.each(['3.51.3', '3.52.0', '3.44.6', '3.50.7', '3.60.1'])(
  'RL-08 SQLite %s is trusted',
  (version) => assertSound(version),
)
test.each(['3.51.2', '3.50.6', '3.44.5', '3.45.9', '3.49.0', '2.8.17', '4.0.0', 'x'])(
  'RL-08 SQLite %s is not',
  (version) => expect(() => assertSound(version)).toThrow('not trusted'),
)
