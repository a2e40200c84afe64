import { existsSync } from 'node:fs'
import { cp, mkdir, readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Command } from 'commander'
import { BACKUP_MARK } from '../administration/see-health.js'
import { loadConfig, type Config } from '../config.js'
import { validateAudit } from '../store/audit.js'
import { copySqlite } from '../store/backup.js'
import { openDatabase, sqliteFile } from '../store/open.js'
import { systemNow } from '../open-context.js'
import { COPY_DAYS, findOldCopies } from './old-copies.js'
import { answer, type Shell } from './shell.js'

export function addBackup(program: Command, shell: Shell): void {
  program
    .command('backup')
    .description('copy the SQLite store and the keys into a new folder, while the service runs')
    .argument('<folder>', 'the folder to make; it must be empty or not be there')
    .option('--delete-old', `delete the copies beside it that are older than ${COPY_DAYS} days`)
    .option('--json', 'print what was copied as a JSON object')
    .action(async (folder: string, options: { json?: boolean; deleteOld?: boolean }) => {
      const report = await backUp(loadConfig(shell.env), folder)
      await endOldCopies(shell, folder, options.deleteOld)
      const { entries, keyFiles, opensItself } = report
      answer(shell, options.json, {
        json: report,
        words: {
          fr: `Sauvegardé dans ${folder} : ${entries} lignes d’audit intactes, ${keyFiles} fichiers de clés.`,
          en: `Backed up into ${folder}: ${entries} sound audit entries, ${keyFiles} key files.`,
        },
      })
      if (opensItself) {
        shell.tell(
          'master.key is in it and opens the keys: guard this copy like the service, or set KEYS_PASSPHRASE.',
        )
      }
    })
}

/** A copy outlives an erasure: what is past its age is deleted if that was asked for, else named, with the status of a no. */
async function endOldCopies(shell: Shell, folder: string, deleteOld = false): Promise<void> {
  const old = await findOldCopies(folder, systemNow())
  for (const copy of old) {
    if (deleteOld) await rm(copy, { recursive: true })
    shell.tell(
      deleteOld
        ? `${copy} was older than ${COPY_DAYS} days: it is deleted.`
        : `${copy} is older than ${COPY_DAYS} days and may hold students who were erased: delete it, or add --delete-old.`,
    )
  }
  if (old.length > 0 && !deleteOld) shell.answerNo()
}

export type BackUpReport = Readonly<{
  folder: string
  /** Lines of audit in the copy, whose chain was validated. */
  entries: number
  head: string
  keyFiles: number
  /** The keys are opened by `master.key`, which was copied with them. */
  opensItself: boolean
}>

/**
 * Copies the store, then the keys, into a new folder: `sceau.sqlite` and `keys/`. In this order,
 * for a key is made before the organisation that it is for: the copy never lacks one.
 *
 * @throws {Error} for PostgreSQL, for a folder that is not empty, and for a copy that is not sound
 */
export async function backUp(config: Config, folder: string): Promise<BackUpReport> {
  const file = sqliteFile(config.databaseUrl)
  if (file === undefined) {
    throw new Error(
      'This store is a PostgreSQL: back it up with pg_dump, and copy the folder of the keys after it.',
    )
  }
  if (!existsSync(file)) throw new Error(`There is no database at ${file}: nothing was copied.`)
  await mkdir(folder, { recursive: true, mode: 0o700 })
  if ((await readdir(folder)).length > 0) throw new Error(`${folder} is not empty: name another.`)
  const copy = join(folder, 'sceau.sqlite')
  await copySqlite(file, copy)
  const { entries, head } = await soundAudit(copy)
  await cp(config.keysDir, join(folder, 'keys'), { recursive: true, preserveTimestamps: true })
  const keys = await readdir(join(folder, 'keys'))
  const keyFiles = keys.filter((name) => name.endsWith('.jwe')).length
  await noteBackup(config, head)
  return { folder, entries, head, keyFiles, opensItself: keys.includes('master.key') }
}

/** For the page of the service's health. A folder that takes nothing spoils no copy: the mark is then old. */
async function noteBackup({ dataDir }: Config, head: string): Promise<void> {
  await writeFile(join(dataDir, BACKUP_MARK), `${head}\n`).catch(() => undefined)
}

async function soundAudit(copy: string): Promise<{ entries: number; head: string }> {
  const db = await openDatabase(`sqlite:${copy}`, 'read')
  try {
    const verdict = await validateAudit(db)
    if (verdict.sound) return verdict
    throw new Error(`The audit is broken at entry ${verdict.brokenAt}: run "sceau check".`)
  } finally {
    await db.destroy()
  }
}
