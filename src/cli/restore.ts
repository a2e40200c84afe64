import { cpSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Command } from 'commander'
import { loadConfig, type Config } from '../config.js'
import { endKeysOfErased, keepGone } from '../issuer/rights/erase-student.js'
import { adoptSealingKeys } from '../key-files/rewrap.js'
import { studentKeysFile } from '../key-files/student-keys.js'
import { lockOf } from '../open-context.js'
import { isCopyFile } from '../store/backup.js'
import { openParcels, studentsIn, type Open } from '../store/open-parcels.js'
import { openBare, sqliteFile } from '../store/open.js'
import { assertNoTables, restoreIntoPostgres } from '../store/restore-postgres.js'
import { openBeside, type Beside } from './backup.js'
import { answer, onStore, type Shell } from './shell.js'

type Options = Readonly<{ json?: boolean; keys?: string; eraseWithoutKey?: boolean }>

export function addRestore(program: Command, shell: Shell): void {
  program
    .command('restore')
    .description('put a backup in the place of a store that is gone, while the service is stopped')
    .argument('<folder>', 'a folder that "sceau backup" has made')
    .option('--keys <folder>', 'where "sceau backup --keys" has put the keys of students')
    .option('--erase-without-key', 'go on without students whose key is missing: they are erased')
    .option('--json', 'print what was restored as a JSON object')
    .action(async (folder: string, options: Options) => {
      const config = loadConfig(shell.env)
      const done = await restore(config, folder, options)
      answer(shell, options.json, { json: done, words: wordsOf(done, config) })
      if (!done.done) shell.answerNo()
    })
}

export type Restored = Readonly<{
  /** False: keys are missing, and nothing was restored. */
  done: boolean
  /** Students who are whole again, or would be. */
  students: number
  /** Who was erased since the backup: nothing opens them; the start erases what is left of them. */
  erased: number
  /** Whose key is missing, though nobody erased them; or one of later is there, which opens nothing of this backup. */
  missing: number
}>

/**
 * Puts a backup in the place of the store, and back into the rows of each student what was sealed. It begins anew after it was ended
 * anywhere: the store has its name only when all is done, and a PostgreSQL its tables. Of which of the two the backup is does not matter.
 *
 * @throws {Error} where a store is, or no backup; for the keys of another service; for a PostgreSQL and a backup of another version
 */
export async function restore(
  config: Config,
  folder: string,
  { keys, eraseWithoutKey = false }: Options,
): Promise<Restored> {
  await assertPlace(config)
  const copy = join(folder, 'sceau.sqlite')
  if (!isCopyFile(copy)) throw new Error(`There is no backup in ${folder}.`)
  const lock = lockOf(config)
  try {
    await putKeys(config, join(folder, 'keys'))
    const beside = await openBeside(config)
    if (keys !== undefined) beside.studentKeys.takeFrom(keys)
    const found = weigh(copy, beside)
    const counts = { erased: found.erased.length, missing: found.missing.length }
    const students = found.whole - counts.missing
    if (counts.missing > 0 && !eraseWithoutKey) return { done: false, students, ...counts }
    await putStore(config, copy, found.open, () =>
      keepGone(beside, [...found.erased, ...found.missing]),
    )
    return { done: true, students, ...counts }
  } finally {
    lock?.release()
  }
}

async function assertPlace(config: Config): Promise<void> {
  const file = sqliteFile(config.databaseUrl)
  if (file === undefined) return onStore(await openBare(config.databaseUrl), assertNoTables)
  const there = ['', '-wal', '-shm', '-journal'].find((end) => existsSync(`${file}${end}`))
  if (there !== undefined)
    throw new Error(`${file}${there} is there: move it away, or delete it, then restore.`)
}

/** Keys that are there stay: some may have been made since. */
async function putKeys(config: Config, keysDir: string): Promise<void> {
  mkdirSync(config.keysDir, { recursive: true, mode: 0o700 })
  cpSync(keysDir, config.keysDir, { recursive: true, force: false })
  await adoptSealingKeys(config, { ...config, keysDir })
}

function weigh(copy: string, beside: Beside) {
  const noted = endKeysOfErased(beside)
  const { of, isDestroyed } = beside.studentKeys.findAll()
  const open: Open = (student, sealed) => of(student)?.open(sealed)
  const all = studentsIn(copy, open)
  const isErased = ({ student, hasParcel }: (typeof all)[number]) =>
    !hasParcel || noted.has(student) || isDestroyed(student)
  const erased = all.filter(isErased).map(({ student }) => student)
  const kept = all.filter((one) => !isErased(one))
  const missing = kept.filter(({ isOpened }) => !isOpened).map(({ student }) => student)
  const without = new Set(missing)
  const openOthers: Open = (student, sealed) =>
    without.has(student) ? undefined : open(student, sealed)
  return { erased, missing, whole: kept.length, open: openOthers }
}

/** @param last is done when all else has been: what ends keys for good must not come before */
async function putStore(config: Config, copy: string, open: Open, last: () => void): Promise<void> {
  const file = sqliteFile(config.databaseUrl)
  if (file === undefined) {
    const server = await openBare(config.databaseUrl)
    await onStore(server, (db) => restoreIntoPostgres(db, copy, { open, last }))
    return
  }
  mkdirSync(dirname(file), { recursive: true })
  const part = `${file}.part`
  rmSync(part, { force: true })
  cpSync(copy, part)
  openParcels(part, open)
  last()
  renameSync(part, file)
}

function wordsOf({ done, students, erased, missing }: Restored, config: Config) {
  const place = studentKeysFile(config.dataDir)
  if (!done)
    return {
      fr: `Rien n’est restauré : dans ${place} il manque la clé de ${missing} élèves, il y a celle de ${students}. Donnez la dernière copie des clés (--keys DOSSIER). Si elle est perdue, --erase-without-key restaure le reste et efface ces ${missing} élèves.`,
      en: `Nothing is restored: ${place} lacks the keys of ${missing} students, it has those of ${students}. Give the latest copy of the keys (--keys FOLDER). If it is lost, --erase-without-key restores the rest and erases these ${missing} students.`,
    }
  return {
    fr: `Restauré : ${students} élèves entiers ; ${erased + missing} seront effacés au démarrage. Lancez « sceau check », puis démarrez le service.`,
    en: `Restored: ${students} students are whole; ${erased + missing} will be erased at the start. Run "sceau check", then start the service.`,
  }
}
