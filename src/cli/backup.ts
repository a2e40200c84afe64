import { existsSync } from 'node:fs'
import { cp, mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Command } from 'commander'
import { BACKUP_MARK } from '../administration/see-health.js'
import { loadConfig, type Config } from '../config.js'
import type { Context, StudentKeys, Vault } from '../context.js'
import { endKeysOfErased } from '../issuer/rights/erase-student.js'
import { planOfBackup } from '../issuer/rights/seal-backup.js'
import { openStudentKeys, studentKeysFile } from '../key-files/student-keys.js'
import { openVault, VAULT_FILE } from '../key-files/vault.js'
import { systemNow } from '../open-context.js'
import { dayAt } from '../people/days.js'
import { validateAudit } from '../store/audit.js'
import { studentsIn } from '../store/open-parcels.js'
import { openDatabase, sqliteFile } from '../store/open.js'
import { openPublished } from '../store/published.js'
import { copySealedFromPostgres } from '../store/sealed-copy-postgres.js'
import { copySealed } from '../store/sealed-copy.js'
import type { SealedCopyPlan } from '../store/sealed-parts.js'
import { COPY_DAYS, findOldCopies } from './old-copies.js'
import { answer, onStore, type Shell } from './shell.js'

type Options = Readonly<{ json?: boolean; deleteOld?: boolean; keys?: string }>

export function addBackup(program: Command, shell: Shell): void {
  program
    .command('backup')
    .description(
      'copy the store, students sealed, and the keys into a new folder, while the service runs; and the keys of students elsewhere',
    )
    .argument('[folder]', 'the folder to make; it must be empty or not be there')
    .option('--keys <folder>', 'copy the keys of students there, in the place of the copy before')
    .option('--delete-old', `delete the copies beside it that are older than ${COPY_DAYS} days`)
    .option('--json', 'print what was copied as a JSON object')
    .action((folder: string | undefined, options: Options) => backUpAsAsked(shell, folder, options))
}

async function backUpAsAsked(
  shell: Shell,
  folder: string | undefined,
  options: Options,
): Promise<void> {
  if (folder === undefined && options.keys === undefined)
    throw new Error('Name the folder to make, or --keys and the folder for the keys of students.')
  const config = loadConfig(shell.env)
  const report = folder === undefined ? undefined : await backUp(config, folder)
  if (options.keys !== undefined) await backUpKeys(config, options.keys)
  if (folder !== undefined) await endOldCopies(shell, folder, options.deleteOld)
  answer(shell, options.json, {
    json: { ...report, ...(options.keys !== undefined && { studentKeys: options.keys }) },
    words: wordsOf(report, options.keys),
  })
  if (report && options.keys === undefined)
    shell.tell(
      'The keys of its students are not in it: copy them to another place with --keys, or it opens on this machine alone.',
    )
  if (report && report.strangers > 0)
    shell.tell(
      `${report.strangers} keys are of students who are not in this store. If another node erased them, their ids are in its DATA_DIR/erased: nodes must share DATA_DIR. Copy them here, and run this again.`,
    )
  if (report?.opensItself)
    shell.tell(
      'master.key is in it and opens the keys: guard this copy like the service, or set KEYS_PASSPHRASE.',
    )
}

function wordsOf(report: BackUpReport | undefined, keys: string | undefined) {
  const fr = report
    ? `Sauvegardé dans ${report.folder} : ${report.entries} lignes d’audit intactes, ${report.students} élèves sous scellés, ${report.keyFiles} fichiers de clés.`
    : ''
  const en = report
    ? `Backed up into ${report.folder}: ${report.entries} sound audit entries, ${report.students} students sealed, ${report.keyFiles} key files.`
    : ''
  if (keys === undefined) return { fr, en }
  return {
    fr: `${fr} Les clés des élèves sont dans ${keys}.`.trim(),
    en: `${en} The keys of students are in ${keys}.`.trim(),
  }
}

/** A copy outlives an erasure: what is past its age is deleted if that was asked for, else named, with the status of a no. */
async function endOldCopies(shell: Shell, folder: string, deleteOld = false): Promise<void> {
  const old = await findOldCopies(folder, systemNow())
  for (const copy of old) {
    if (deleteOld) await rm(copy, { recursive: true })
    shell.tell(
      deleteOld
        ? `${copy} was older than ${COPY_DAYS} days: it is deleted.`
        : `${copy} is older than ${COPY_DAYS} days: delete it, or add --delete-old.`,
    )
  }
  if (old.length > 0 && !deleteOld) shell.answerNo()
}

export type BackUpReport = Readonly<{
  folder: string
  /** Lines of audit in the copy, whose chain was validated. */
  entries: number
  head: string
  /** Students in it, each sealed under a key that is not in it. */
  students: number
  keyFiles: number
  /** On PostgreSQL, of which another node may have erased them: students who have a key and are not in the store. */
  strangers: number
  /** The keys of the service are opened by `master.key`, which was copied with them. */
  opensItself: boolean
}>

/**
 * Copies the store, then the keys, into a new folder: `sceau.sqlite` and `keys/`. In this order, for a key is made before the
 * organisation that it is for: the copy never lacks one. The store has its name only when all is there: what was ended before is no copy.
 *
 * @throws {Error} where there is no store, for a folder that is not empty, and for a copy that is not sound
 */
export async function backUp(config: Config, folder: string): Promise<BackUpReport> {
  assertStore(config)
  const beside = await openBeside(config)
  await mkdir(folder, { recursive: true, mode: 0o700 })
  if ((await readdir(folder)).length > 0) throw new Error(`${folder} is not empty: name another.`)
  const copy = join(folder, 'sceau.sqlite')
  const part = `${copy}.part`
  endKeysOfErased(beside)
  const day = dayAt(systemNow(), config.timeZone)
  const students = await copyStore(config, part, planOfBackup(beside, day))
  const { entries, head } = await soundAudit(part)
  await cp(config.keysDir, join(folder, 'keys'), { recursive: true, preserveTimestamps: true })
  const keys = await readdir(join(folder, 'keys'))
  const keyFiles = keys.filter((name) => name.endsWith('.jwe')).length
  await rename(part, copy)
  await noteBackup(config, head)
  const opensItself = keys.includes('master.key')
  const strangers = strangersTo(config, copy, beside)
  return { folder, entries, head, students, keyFiles, strangers, opensItself }
}

async function copyStore(config: Config, copy: string, plan: SealedCopyPlan): Promise<number> {
  const file = sqliteFile(config.databaseUrl)
  if (file !== undefined) return copySealed(file, copy, plan)
  const db = await openDatabase(config.databaseUrl, 'read')
  return onStore(db, () => copySealedFromPostgres(db, copy, plan))
}

function strangersTo({ databaseUrl }: Config, copy: string, { studentKeys }: Beside): number {
  if (sqliteFile(databaseUrl) !== undefined) return 0
  return studentKeys.countOthers(new Set(studentsIn(copy).map(({ student }) => student)))
}

/** Copies the keys of students, and of nobody who was erased. */
async function backUpKeys(config: Config, folder: string): Promise<void> {
  assertStore(config)
  const beside = await openBeside(config)
  endKeysOfErased(beside)
  beside.studentKeys.copyTo(folder)
}

function assertStore(config: Config): void {
  const file = sqliteFile(config.databaseUrl)
  if (file !== undefined && !existsSync(file))
    throw new Error(`There is no database at ${file}: nothing was copied.`)
}

export type Beside = Pick<Context, 'erased'> & Readonly<{ vault: Vault; studentKeys: StudentKeys }>

/** What lies beside the store, for commands that don't open it. */
export async function openBeside(config: Config): Promise<Beside> {
  if (!existsSync(join(config.keysDir, VAULT_FILE)))
    throw new Error(`There is no ${VAULT_FILE} in ${config.keysDir}: KEYS_DIR is another folder.`)
  const vault = await openVault(config)
  return {
    vault,
    studentKeys: openStudentKeys(studentKeysFile(config.dataDir), vault),
    erased: openPublished(join(config.dataDir, 'erased')),
  }
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
