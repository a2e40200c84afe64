import { spawn, spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { takeUpBatches } from '../../src/issuer/batches/order.js'
import { takeUpBadges } from '../../src/issuer/take-up-badges.js'
import { runNextJob } from '../../src/worker.js'
import { bytesIn, expectToGoOn, oracle, type Bytes } from './oracle.js'
import * as rig from './rig.js'

/** Of how many calls one is failed, from any of the first on. All of them (1) take about a quarter of an hour. */
const EVERY = Number(process.env.SCEAU_SYSCALL_EVERY ?? 5)
const CALLS = ['openat', 'pwrite64', 'fsync', 'fdatasync', 'ftruncate', 'unlink', 'rename']
const FAULTS = ['error=EIO', 'error=ENOSPC', 'signal=KILL']
const hasStrace = spawnSync('strace', ['-V']).status === 0

let ready: string
let reference: ReadonlyMap<string, Bytes>
beforeAll(async () => {
  ready = await rig.storeOf(async (world, story) => {
    await rig.approveAll(world, story, await rig.publishEach(world, story, 1))
  })
  const folder = rig.copyOf(ready)
  await rig.runChild(folder, {})
  const ctx = await rig.openAt(folder)
  reference = await bytesIn(ctx.db)
  await ctx.close()
  rig.forget(folder)
})
afterAll(() => rig.forget(ready))

type Traced = Readonly<{ left: Map<string, string>; code: number | null }>

/** Issues under strace, which sees the calls that touch the store, its journal and its keys. */
function traced(folder: string, options: readonly string[]): Promise<Traced> {
  const paths = [
    'sceau.sqlite',
    'sceau.sqlite-wal',
    'sceau.sqlite-shm',
    'sceau.sqlite.lock',
  ].flatMap((name) => ['-P', join(folder, 'data', name)])
  const child = spawn(
    'strace',
    [
      '-f',
      '-qq',
      '-o',
      join(folder, 'trace'),
      ...paths,
      ...options,
      process.execPath,
      'test/faults/issuing-child.mjs',
    ],
    { env: { ...process.env, ...rig.environment(folder) }, stdio: ['ignore', 'pipe', 'ignore'] },
  )
  const left = new Map<string, string>()
  let said = ''
  child.stdout.on('data', (text: Buffer) => (said += text.toString()))
  return new Promise((resolve) =>
    child.on('close', (code) => {
      for (const line of said
        .split('\n')
        .filter((one) => one.startsWith('{') && one.endsWith('}'))) {
        const { id, digest } = JSON.parse(line) as { id: string; digest: string }
        left.set(id, digest)
      }
      resolve({ left, code })
    }),
  )
}

test.runIf(hasStrace)(
  'RL-02 each call to the system that touches the store fails once: nothing is lost and nothing is told that is not kept',
  async () => {
    const counted = rig.copyOf(ready)
    await traced(counted, ['-e', `trace=${CALLS.join(',')}`])
    const lines = readFileSync(join(counted, 'trace'), 'utf8').split('\n')
    const count = (call: string) => lines.filter((line) => line.includes(` ${call}(`)).length
    rig.forget(counted)
    const found = Object.fromEntries(CALLS.map((call) => [call, count(call)]))
    expect(found.pwrite64).toBeGreaterThan(10)
    const callsOf = (call: string) =>
      Array.from({ length: count(call) }, (_, n) => n + 1).filter((at) => at % EVERY === first)
    const first = Math.floor(Math.random() * EVERY)
    const cases = CALLS.flatMap((call) =>
      callsOf(call).flatMap((at) => FAULTS.map((fault) => ({ call, at, fault }))),
    )
    const seen = { runs: 0, stopped: 0 }
    const waiting = cases.values()
    const lane = async () => {
      for (const { call, at, fault } of waiting) {
        const folder = rig.copyOf(ready)
        const { left, code } = await traced(folder, [
          '-e',
          `trace=${call}`,
          '-e',
          `inject=${call}:${fault}:when=${at}`,
        ])
        seen.runs += 1
        if (code !== 0) seen.stopped += 1
        const ctx = await rig.openAt(folder)
        try {
          const before = await bytesIn(ctx.db)
          await takeUpBadges(ctx)
          await takeUpBatches(ctx)
          while (await runNextJob(ctx));
          await oracle(ctx, left)
          const after = await bytesIn(ctx.db)
          expectToGoOn(before, after)
          expect(after).toEqual(reference)
        } catch (error) {
          throw new Error(`after ${call} ${fault} ${at}`, { cause: error })
        } finally {
          await ctx.close()
          rig.forget(folder)
        }
      }
    }
    await Promise.all([lane(), lane()])
    rig.report('calls to the system', { ...found, ...seen })
  },
)
