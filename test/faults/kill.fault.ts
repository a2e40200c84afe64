import { afterAll, beforeAll, expect, test } from 'vitest'
import { countJobs } from '../../src/store/jobs.js'
import { takeUpBadges } from '../../src/issuer/take-up-badges.js'
import { runNextJob } from '../../src/worker.js'
import { oracle, releasedDocuments } from './oracle.js'
import { approvedStore, BADGES, copyOf, forget, openAt, runChild, type Ended } from './rig.js'

/**
 * Kills at any moment, and every how many statements one kills itself. All of both take more than half an hour:
 * smaller settings make a sample of it.
 */
const KILLS = Number(process.env.SCEAU_KILLS ?? 200)
const EVERY = Number(process.env.SCEAU_CRASH_EVERY ?? 5)
const START_MS = 10_000

let approved: string
let whole: Ended
let reference: Map<string, string | null>
beforeAll(async () => {
  approved = await approvedStore()
  const folder = copyOf(approved)
  whole = await runChild(folder, {})
  const ctx = await openAt(folder)
  reference = await releasedDocuments(ctx)
  await ctx.close()
  forget(folder)
})
afterAll(() => forget(approved))

/** Dies, starts again, and all is as if it had not died. */
async function survives(crash: Record<string, string>, killAfter?: number): Promise<void> {
  const folder = copyOf(approved)
  const { left } = await runChild(folder, crash, killAfter)
  const began = performance.now()
  const ctx = await openAt(folder)
  try {
    await takeUpBadges(ctx)
    while (await runNextJob(ctx));
    expect(performance.now() - began).toBeLessThan(START_MS)
    await oracle(ctx, left)
    expect(await releasedDocuments(ctx)).toEqual(reference)
    expect(await countJobs(ctx.db)).toMatchObject({ givenUp: 0 })
  } finally {
    await ctx.close()
    forget(folder)
  }
}

test('a service that nobody kills issues them all', () => {
  expect(whole.signal).toBeNull()
  expect(whole.left.size).toBe(BADGES)
})

test('RL-01 killed by itself before a statement, each in turn', async () => {
  const statements = Number(/statements (\d+)/.exec(whole.last)?.[1])
  expect(statements).toBeGreaterThan(BADGES * 20)
  for (let at = 1; at <= statements; at += EVERY) await survives({ CRASH_AT: String(at) })
})

test('RL-01 killed before and after each signature', async () => {
  const signatures = Number(/signatures (\d+)/.exec(whole.last)?.[1])
  expect(signatures).toBeGreaterThanOrEqual(BADGES * 2)
  for (let at = 1; at <= signatures; at++)
    for (const when of ['before', 'after']) await survives({ CRASH_SIGN: `${when}:${at}` })
})

test(`RL-01 killed from outside at any moment, ${KILLS} times`, async () => {
  for (let n = 0; n < KILLS; n++) await survives({}, Math.random() * 400)
})
