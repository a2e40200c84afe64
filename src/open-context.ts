import { randomBytes } from 'node:crypto'
import { pino, type Logger } from 'pino'
import type { Config } from './config.js'
import type { Context } from './context.js'
import { openKeys, openVault } from './key-files.js'
import { openDatabase } from './store/open.js'
import { openSafeFetch } from './web/safe-fetch.js'

/** The clock of this machine. */
export const systemNow = (): Date => new Date()

/** Opens the real world. Tests open theirs in test/support/world.ts. */
export async function openContext(config: Config): Promise<Context> {
  const log = openLog(config)
  const keys = await openKeys(config)
  return {
    config,
    db: await openDatabase(config.databaseUrl),
    log,
    now: systemNow,
    newId: () => randomBytes(16).toString('base64url'),
    randomBytes: (count) => randomBytes(count),
    keys,
    vault: await openVault(config),
    outside: openSafeFetch({ log, now: systemNow }),
  }
}

/** One JSON line an event, ids never content. Standard error: standard output belongs to commands. */
export function openLog(config: Config): Logger {
  return pino(
    {
      level: config.logLevel,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: [
        'email',
        'password',
        'token',
        'cookie',
        'authorization',
        '*.email',
        '*.password',
        '*.token',
      ],
    },
    pino.destination({ dest: 2, sync: true }),
  )
}
