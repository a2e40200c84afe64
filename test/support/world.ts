import { createHash } from 'node:crypto'
import { pino } from 'pino'
import { loadConfig } from '../../src/config.js'
import type { Context } from '../../src/context.js'
import check, { type CheckTask } from '../../src/issuer/apart/check-worker.js'
import { openApart } from '../../src/verifier/apart/badge-work.js'
import { openGeneralApart } from '../../src/verifier/vc-api/canonize-apart.js'
import { memoryKeys } from './keys.js'
import { openPostgres } from './postgres.js'
import { openSqlite } from './sqlite.js'

/** A Context whose clock the test sets. */
export type World = Context & Readonly<{ clock: Clock }>
export type Clock = { at: Date; advance(milliseconds: number): void }

export const SECOND = 1_000
export const MINUTE = 60 * SECOND
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR

/**
 * The world of one test: a database in memory, keys in memory, ids that are the same each time,
 * and a clock that stands at noon (Paris) of Tuesday 2026-11-24 until the test moves it.
 */
export async function openWorld(changes: Partial<Context> = {}): Promise<World> {
  const clock = clockAt('2026-11-24T11:00:00.000Z')
  const bytes = predictableBytes()
  return {
    // A password that was just typed is enough: few tests have a device.
    config: loadConfig({
      NODE_ENV: 'test',
      PUBLIC_URL: 'https://sceau.example',
      REQUIRE_PASSKEYS: 'off',
    }),
    log: pino({ level: 'silent' }),
    now: () => new Date(clock.at),
    newId: () => Buffer.from(bytes(16)).toString('base64url'),
    randomBytes: bytes,
    ...memoryKeys(),
    outside: {
      fetchText: async () => ({ outcome: 'unreachable', reason: 'Tests speak to nobody.' }),
    },
    // Its threads start with the first costly input, which few tests have.
    apart: openApart(),
    generalApart: openGeneralApart(),
    checkers: { run: (task) => check(task as CheckTask) },
    ...changes,
    db: changes.db ?? (await openStore()),
    clock,
  }
}

/** On a real PostgreSQL instead, behind its second wall: `npm run test:ci:wall`. */
const openStore = () => (process.env.TEST_WORLDS === 'postgres' ? openPostgres() : openSqlite())

function clockAt(instant: string): Clock {
  return {
    at: new Date(instant),
    advance(milliseconds) {
      this.at = new Date(this.at.getTime() + milliseconds)
    },
  }
}

/** Bytes that look random and never repeat in a world, but are the same in every run. */
function predictableBytes(): (count: number) => Uint8Array {
  let calls = 0
  return (count) => {
    calls += 1
    const seed = calls
    const blocks = Array.from({ length: Math.ceil(count / 32) }, (_, block) =>
      createHash('sha256').update(`${seed}.${block}`).digest(),
    )
    return new Uint8Array(Buffer.concat(blocks).subarray(0, count))
  }
}
