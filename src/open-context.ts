import { randomBytes } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { pino, type DestinationStream, type Logger } from 'pino'
import type { Config } from './config.js'
import type { Context, Vault } from './context.js'
import { DomainError } from './errors.js'
import { openStudentKeys, studentKeysFile } from './key-files/student-keys.js'
import { openVault } from './key-files/vault.js'
import { openCheckers } from './issuer/apart/check-apart.js'
import { openKeyRing } from './key-ring.js'
import { LOG_LINES } from './log-lines.js'
import { takeLock, type Lock } from './store/lock.js'
import { serverNow } from './store/clock.js'
import { openPublished } from './store/published.js'
import { openDatabase, sqliteFile, type Access } from './store/open.js'
import { openApart } from './verifier/apart/badge-work.js'
import { openGeneralApart } from './verifier/vc-api/canonize-apart.js'
import { openSafeFetch, openSignInServers } from './web/safe-fetch.js'

/** The clock of this machine. */
export const systemNow = (): Date => new Date()

/** A Context with what it takes to end it. */
export type OpenContext = Context & Readonly<{ close(): Promise<void> }>

/**
 * Opens the real world. Tests open theirs in test/support/world.ts.
 *
 * @param options.access `read` runs beside the service; the others are one process a SQLite file
 * @param options.now another clock than this machine's: the demo lives its past
 * @throws {DomainError} conflict while another process writes to the same file
 */
export async function openContext(
  config: Config,
  options: Readonly<{ access?: Access; now?: () => Date }> = {},
): Promise<OpenContext> {
  const { access = 'write', now = systemNow } = options
  const log = openLog(config)
  const lock = access === 'read' ? undefined : lockOf(config)
  try {
    const db = await openDatabase(config.databaseUrl, access)
    const apart = openApart()
    const generalApart = openGeneralApart()
    const checkers = openCheckers()
    const [keys, vault] = [await openKeyRing(config), await openVault(config)]
    return {
      config,
      db,
      log,
      now,
      ...(isShared(config, now) && { storeNow: serverNow }),
      newId: () => randomBytes(16).toString('base64url'),
      randomBytes: (count) => randomBytes(count),
      keys,
      vault,
      ...(access !== 'read' && besideStore(config.dataDir, vault)),
      ...waysOut(log),
      apart,
      generalApart,
      checkers,
      async close() {
        await Promise.all([apart.close(), generalApart.close(), checkers.close()])
        keys.close()
        await db.destroy()
        lock?.release()
      },
    }
  } catch (error) {
    lock?.release()
    throw error
  }
}

function besideStore(
  dataDir: string,
  vault: Vault,
): Pick<Context, 'published' | 'erased' | 'studentKeys'> {
  return {
    published: openPublished(join(dataDir, 'published')),
    erased: openPublished(join(dataDir, 'erased')),
    studentKeys: openStudentKeys(studentKeysFile(dataDir), vault),
  }
}

function waysOut(log: Logger): Pick<Context, 'outside' | 'signInServers'> {
  return {
    outside: openSafeFetch({ log, now: systemNow }),
    signInServers: openSignInServers(),
  }
}

/** A PostgreSQL tells its time; a clock that is set, as in a demo, is not held against it. */
function isShared(config: Config, now: () => Date): boolean {
  return sqliteFile(config.databaseUrl) === undefined && now === systemNow
}

/**
 * Several services may share a PostgreSQL; a SQLite file has one writing process.
 *
 * @throws {DomainError} conflict while that is another one
 */
export function lockOf(config: Config): Lock | undefined {
  const file = sqliteFile(config.databaseUrl)
  if (file === undefined || file === ':memory:') return undefined
  const lock = takeLockBeside(file)
  if (typeof lock !== 'number') return lock
  throw new DomainError('conflict', {
    fr: `Sceau tourne déjà sur ces données (processus ${lock}) et lui seul y écrit : servez-vous de ses pages ou de son API, ou arrêtez-le d’abord.`,
    en: `Sceau is running on this data (process ${lock}) and alone writes to it: use its pages or its API, or stop it first.`,
  })
}

function takeLockBeside(file: string): Lock | number {
  try {
    mkdirSync(dirname(file), { recursive: true })
    return takeLock(lockFileOf(file))
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'unknown'
    throw new Error(`The folder of the database ${file} can’t be written: ${reason}.`, {
      cause: error,
    })
  }
}

export const lockFileOf = (sqliteFile: string): string => `${sqliteFile}.lock`

/**
 * One JSON line an event, ids never content. Standard error: standard output belongs to commands.
 *
 * @param to where a test reads the lines
 */
export function openLog(
  config: Pick<Config, 'logLevel'>,
  to: DestinationStream = pino.destination({ dest: 2, sync: true }),
): Logger {
  return pino(
    {
      ...LOG_LINES,
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
    to,
  )
}
