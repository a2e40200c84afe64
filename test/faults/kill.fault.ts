import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { takeUpBatches } from '../../src/issuer/batches/order.js'
import { takeUpBadges } from '../../src/issuer/take-up-badges.js'
import { runNextJob } from '../../src/worker.js'
import { bytesIn, expectToGoOn, oracle, type Bytes } from './oracle.js'
import {
  BADGES,
  copyOf,
  forget,
  openAt,
  readyStore,
  report,
  runChild,
  type Ended,
  type Scene,
} from './rig.js'

/** Kills at any moment in all, and every how many statements one kills itself. Smaller settings make a sample of it. */
const KILLS = Number(process.env.SCEAU_KILLS ?? 200)
const EVERY = Number(process.env.SCEAU_CRASH_EVERY ?? 1)
const START_MS = 10_000
/** Services at a time: while one starts, the store of another is looked at. */
const LANES = 2

const SCENES: Scene[] = ['one by one', 'in a batch']

describe.each(SCENES)('badges that are issued %s', (scene) => {
  let ready: string
  let whole: Ended
  let reference: ReadonlyMap<string, Bytes>
  const seen = { deaths: 0, ends: 0, left: 0 }
  beforeAll(async () => {
    ready = await readyStore(scene)
    const folder = copyOf(ready)
    whole = await runChild(folder, {})
    const ctx = await openAt(folder)
    reference = await bytesIn(ctx.db)
    await ctx.close()
    forget(folder)
  })
  afterAll(() => {
    forget(ready)
    const { statements, signatures, ms } = whole
    report(scene, { statements, signatures, ms, ...seen })
  })

  /** Dies, starts again, and all is as if it had not died. */
  async function survives(crash: Record<string, string>, killAfter?: number): Promise<void> {
    const folder = copyOf(ready)
    const { signal, left } = await runChild(folder, crash, { killAfter })
    seen[signal === null ? 'ends' : 'deaths'] += 1
    seen.left += left.size
    const began = performance.now()
    const ctx = await openAt(folder)
    try {
      const before = await bytesIn(ctx.db)
      await takeUpBadges(ctx)
      await takeUpBatches(ctx)
      while (await runNextJob(ctx));
      expect(performance.now() - began).toBeLessThan(START_MS)
      await oracle(ctx, left)
      const after = await bytesIn(ctx.db)
      expectToGoOn(before, after)
      expect(after.size).toBe(BADGES[scene])
      // What was approved before the fault has its ids, and so its bytes; a batch approves after it.
      if (scene === 'one by one') expect(after).toEqual(reference)
      const batches = await ctx.db.selectFrom('batches').select('receipt_packed').execute()
      expect(batches.filter(({ receipt_packed }) => receipt_packed === null)).toEqual([])
      const rows = await ctx.db.selectFrom('batch_rows').select('outcome').execute()
      expect(rows.filter(({ outcome }) => outcome !== 'done')).toEqual([])
    } finally {
      await ctx.close()
      forget(folder)
    }
  }

  async function eachSurvives(deaths: readonly (readonly [Record<string, string>, number?])[]) {
    const waiting = deaths.values()
    const lane = async () => {
      for (const [crash, killAfter] of waiting)
        await survives(crash, killAfter).catch((error: unknown) => {
          throw new Error(`after ${JSON.stringify(crash)} ${killAfter ?? ''}`, { cause: error })
        })
    }
    await Promise.all(Array.from({ length: LANES }, lane))
  }

  test('nobody kills the service: it issues them all', () => {
    expect(whole.signal).toBeNull()
    expect(whole.left.size).toBe(BADGES[scene])
    expect(reference.size).toBe(BADGES[scene])
  })

  test('RL-01 it kills itself before a statement, each in turn', async () => {
    expect(whole.statements).toBeGreaterThan(50)
    const count = Math.ceil(whole.statements / EVERY)
    await eachSurvives(
      Array.from({ length: count }, (_, n) => [{ CRASH_AT: String(1 + n * EVERY) }]),
    )
  })

  test('RL-01 it kills itself before and after each signature', async () => {
    expect(whole.signatures).toBeGreaterThanOrEqual(BADGES[scene] * 2)
    await eachSurvives(
      Array.from({ length: whole.signatures }, (_, n) => n + 1).flatMap((at) => [
        [{ CRASH_SIGN: `before:${at}` }],
        [{ CRASH_SIGN: `after:${at}` }],
      ]),
    )
  })

  const kills = Math.ceil(KILLS / SCENES.length)
  test(`RL-01 it is killed from outside at any moment, ${kills} times`, async () => {
    await eachSurvives(Array.from({ length: kills }, () => [{}, Math.random() * whole.ms]))
  })
})
