import * as fs from 'node:fs'
import { dirname, join } from 'node:path'
import SqliteDatabase from 'better-sqlite3'
import type { StudentKeys, Vault } from '../context.js'
import { newSecret } from './master.js'
import { openUnder, sealUnder } from './vault.js'

const FILE = 'student-keys.sqlite'

/** In a folder of its own: what copies the store must not copy it by the way. */
export const studentKeysFile = (dataDir: string): string => join(dataDir, 'student-keys', FILE)

/** Another process may be making keys for a backup. */
const BUSY_MS = 30_000

/**
 * The data keys of students: 256 random bits each, under the key of the vault, in a file of their own. A row without a key is of
 * a student who was erased: nobody gets one again under that id, unless the erasure was taken back.
 */
export function openStudentKeys(file: string, vault: Vault): StudentKeys {
  const on = <T>(act: (keys: SqliteDatabase.Database) => T): T => {
    const keys = openFile(file)
    try {
      return act(keys)
    } finally {
      keys.close()
    }
  }
  const withKey = (sealed: string | null) => (sealed === null ? undefined : dataKey(vault, sealed))
  return {
    give: (students) => {
      const wrapped = on((keys) => give(keys, students, () => vault.seal(newSecret())))
      return (student) => withKey(wrapped.get(student) ?? null)
    },
    findAll: () => {
      const wrapped = on((keys) => new Map(keys.prepare<[], Pair>(ALL).raw().all()))
      return {
        of: (student) => withKey(wrapped.get(student) ?? null),
        isDestroyed: (student) => wrapped.get(student) === null,
      }
    },
    countOthers: (students) =>
      on((keys) => {
        const all = keys.prepare<[], Pair>(`${ALL} where wrapped is not null`).raw().all()
        return all.filter(([student]) => !students.has(student)).length
      }),
    destroy: (students) => on((keys) => destroy(keys, students)),
    allowAgain: (students) => on((keys) => allowAgain(keys, students)),
    scrub: () => on((keys) => void keys.exec('vacuum')),
    reseal: (reseal) => on((keys) => resealKeys(keys, reseal)),
    copyTo: (folder) => on((keys) => copyKeys(keys, join(folder, FILE))),
    takeFrom: (folder) => on((keys) => takeKeys(keys, join(folder, FILE))),
  }
}

type Pair = [student: string, wrapped: string | null]
const ALL = 'select student, wrapped from student_keys'

function dataKey(vault: Vault, wrapped: string) {
  const key = Buffer.from(vault.open(wrapped), 'base64url')
  return {
    seal: (clear: string) => sealUnder(key, clear),
    open: (sealed: string) => openUnder(key, sealed),
  }
}

function openFile(file: string): SqliteDatabase.Database {
  fs.mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  const keys = new SqliteDatabase(file, { timeout: BUSY_MS })
  // One file, so that nothing of a key lies in a log beside it; what is deleted is overwritten.
  keys.pragma('journal_mode = DELETE')
  keys.pragma('synchronous = FULL')
  keys.pragma('secure_delete = ON')
  keys.exec(
    'create table if not exists student_keys (student text primary key, wrapped text) without rowid',
  )
  return keys
}

function give(keys: SqliteDatabase.Database, students: readonly string[], make: () => string) {
  const find = keys.prepare<[string], Pair>(`${ALL} where student = ?`).raw()
  const add = keys.prepare('insert into student_keys (student, wrapped) values (?, ?)')
  const given = new Map<string, string | null>()
  keys
    .transaction(() => {
      for (const student of students) {
        const found = find.get(student)
        const wrapped = found ? found[1] : make()
        if (!found) add.run(student, wrapped)
        given.set(student, wrapped)
      }
    })
    .immediate()
  return given
}

function destroy(keys: SqliteDatabase.Database, students: readonly string[]): void {
  const end = keys.prepare(`insert into student_keys (student, wrapped) values (?, null)
    on conflict (student) do update set wrapped = null where wrapped is not null`)
  keys
    .transaction(() => {
      for (const student of students) end.run(student)
    })
    .immediate()
}

function allowAgain(keys: SqliteDatabase.Database, students: readonly string[]): void {
  const allow = keys.prepare('delete from student_keys where student = ? and wrapped is null')
  keys
    .transaction(() => {
      for (const student of students) allow.run(student)
    })
    .immediate()
}

function resealKeys(
  keys: SqliteDatabase.Database,
  reseal: (wrapped: string) => string | undefined,
): number {
  const change = keys.prepare('update student_keys set wrapped = ? where student = ?')
  let resealed = 0
  keys
    .transaction(() => {
      for (const [student, wrapped] of keys.prepare<[], Pair>(ALL).raw().all()) {
        const fresh = wrapped === null ? undefined : reseal(wrapped)
        if (fresh === undefined) continue
        change.run(fresh, student)
        resealed += 1
      }
    })
    .immediate()
  return resealed
}

/** Puts a copy in the place of the one before, whose bytes are then overwritten: two copies would be one that lives too long. */
function copyKeys(keys: SqliteDatabase.Database, copy: string): void {
  fs.mkdirSync(dirname(copy), { recursive: true, mode: 0o700 })
  fs.rmSync(`${copy}.part`, { force: true })
  keys.prepare('vacuum into ?').run(`${copy}.part`)
  const part = fs.openSync(`${copy}.part`, 'r+')
  fs.fsyncSync(part)
  fs.closeSync(part)
  const before = fs.existsSync(copy) ? fs.openSync(copy, 'r+') : undefined
  fs.renameSync(`${copy}.part`, copy)
  if (before === undefined) return
  const zeros = Buffer.alloc(fs.fstatSync(before).size)
  fs.writeSync(before, zeros, 0, zeros.length, 0)
  fs.fsyncSync(before)
  fs.closeSync(before)
}

/** What is known here stays: who was erased since that copy has no key again. */
function takeKeys(keys: SqliteDatabase.Database, copy: string): void {
  if (!fs.existsSync(copy)) throw new Error(`There is no ${FILE} in ${dirname(copy)}.`)
  keys.prepare('attach ? as copy').run(copy)
  keys.exec('insert or ignore into student_keys select student, wrapped from copy.student_keys')
}
