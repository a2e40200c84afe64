import SqliteDatabase from 'better-sqlite3'
import { COPY } from '../../src/store/backup.js'

/**
 * Copies a SQLite store while it is in use: the copy is one moment of it, whole.
 * As `sceau backup` did before it sealed students.
 *
 * @throws {Error} when the copy is not sound
 */
export async function copySqlite(file: string, copy: string): Promise<void> {
  const source = new SqliteDatabase(file, { readonly: true, timeout: 5_000 })
  try {
    await source.backup(copy)
  } finally {
    source.close()
  }
  const made = new SqliteDatabase(copy)
  try {
    // One file instead of three: a copy has no companions that might be forgotten.
    made.pragma('journal_mode = DELETE')
    made.pragma(`user_version = ${COPY}`)
    const found = made.pragma('integrity_check', { simple: true })
    if (found !== 'ok') throw new Error(`The copy is not sound: ${String(found)}`)
  } finally {
    made.close()
  }
}
