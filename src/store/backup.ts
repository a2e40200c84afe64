import SqliteDatabase from 'better-sqlite3'

/**
 * Copies a SQLite store while it is in use: the copy is one moment of it, whole.
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
    const found = made.pragma('integrity_check', { simple: true })
    if (found !== 'ok') throw new Error(`The copy is not sound: ${String(found)}`)
  } finally {
    made.close()
  }
}
