import { existsSync } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { isCopyFile } from '../store/backup.js'

/** Days after which a copy is to be deleted: it still holds those who were erased since (ADR 0041). */
export const COPY_DAYS = 30
const DAY_MS = 86_400_000

/** Copies that `sceau backup` made beside a folder and that are past their age, the oldest name first. */
export async function findOldCopies(folder: string, now: Date): Promise<string[]> {
  const beside = dirname(resolve(folder))
  const old: string[] = []
  for (const name of (await readdir(beside)).toSorted()) {
    const store = join(beside, name, 'sceau.sqlite')
    if (!existsSync(store) || !isCopyFile(store)) continue
    const { mtimeMs } = await stat(store)
    if (mtimeMs < now.getTime() - COPY_DAYS * DAY_MS) old.push(join(beside, name))
  }
  return old
}
