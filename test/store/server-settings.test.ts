import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { serverNow } from '../../src/store/clock.js'
import { openDatabase } from '../../src/store/open.js'

const SERVER = process.env.TEST_POSTGRES_URL

// What a server answers is tried on a real one: `npm run test:ci:postgres`.
describe.runIf(SERVER)('a PostgreSQL server', () => {
  const url = SERVER ?? ''

  test('RL-25 that acknowledges before it has written is refused at the start', async () => {
    const off = `${url}?options=${encodeURIComponent('-c synchronous_commit=off')}`
    for (const access of ['write', 'read'] as const)
      await expect(openDatabase(off, access)).rejects.toThrow('synchronous_commit = off')
  })

  test('RL-25 is asked to write first, and forgets no transaction for longer than 15 s', async () => {
    const db = await openDatabase(url)
    const { rows } = await sql<Record<string, string>>`select
      current_setting('synchronous_commit') as durable,
      current_setting('idle_in_transaction_session_timeout') as idle`.execute(db)
    expect(rows).toEqual([{ durable: 'on', idle: '15s' }])
    await db.destroy()
  })

  test('RL-12 tells its time, which is that of all nodes', async () => {
    const db = await openDatabase(url)
    const before = Date.now()
    const told = (await serverNow(db)).getTime()
    expect(told).toBeGreaterThanOrEqual(before - 1)
    expect(told).toBeLessThanOrEqual(Date.now() + 1)
    await db.destroy()
  })
})
