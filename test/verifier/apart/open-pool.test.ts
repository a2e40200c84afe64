import { afterEach, describe, expect, test } from 'vitest'
import { openPool, POOL_LIMITS, type OpenPool } from '../../../src/verifier/apart/open-pool.js'

const FILE = new URL('../../support/poison-worker.mjs', import.meta.url)
const LIMITS = { milliseconds: 2_000, heapMiB: 32, threads: 2, waiting: 1 }

let pool: OpenPool
const open = (changes = {}) => (pool = openPool(FILE, { ...LIMITS, ...changes }))
afterEach(() => pool.close())

describe('a pool of threads', () => {
  test('promises three seconds and 128 MiB', () => {
    open()
    expect(POOL_LIMITS).toMatchObject({ milliseconds: 3_000, heapMiB: 128 })
  })

  test('hands back what its threads answer', async () => {
    expect(await open().run(['a', 1])).toEqual({ echo: ['a', 1] })
  })

  test.each(['loop', 'memory', 'exit', 'throw'])(
    'RL-14 a task that ends in “%s” costs its sender the answer, and nobody else',
    async (poison) => {
      open({ milliseconds: poison === 'loop' ? 3_000 : 10_000 })
      const [ended, other] = await Promise.allSettled([pool.run(poison), pool.run('other')])
      expect(ended).toMatchObject({
        status: 'rejected',
        reason: { code: 'verification-aborted', words: { fr: expect.stringContaining('arrêtée') } },
      })
      expect(other).toMatchObject({ value: { echo: 'other' } })
      expect(await Promise.all([pool.run(1), pool.run(2)])).toEqual([{ echo: 1 }, { echo: 2 }])
    },
  )

  test('RL-14 as many poisoned tasks as there are threads, again and again: the pool comes back', async () => {
    open({ milliseconds: 10_000, waiting: 4 })
    const ended = await Promise.allSettled(Array.from({ length: 6 }, () => pool.run('exit')))
    expect(ended.map(({ status }) => status)).toEqual(Array(6).fill('rejected'))
    expect(await Promise.all([pool.run(1), pool.run(2)])).toEqual([{ echo: 1 }, { echo: 2 }])
  })

  test('sends away who finds the line full, and serves those who wait', async () => {
    open({ threads: 1 })
    const [first, waiting, refused] = await Promise.allSettled([1, 2, 3].map((n) => pool.run(n)))
    expect(first).toMatchObject({ value: { echo: 1 } })
    expect(waiting).toMatchObject({ value: { echo: 2 } })
    expect(refused).toMatchObject({ reason: { code: 'overloaded' } })
  })

  test('the main thread answers while all threads loop', async () => {
    open({ milliseconds: 1_000 })
    const ended = Promise.allSettled([pool.run('loop'), pool.run('loop')])
    let turns = 0
    const counting = setInterval(() => (turns += 1), 1)
    await ended
    clearInterval(counting)
    expect(turns).toBeGreaterThan(10)
  })
})
