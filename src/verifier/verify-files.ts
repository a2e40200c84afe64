import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Language } from '../words.js'
import type { Lookups } from './lookups.js'
import type { Report } from './report.js'
import { verifyBadge } from './verify-badge.js'

export type FileReport = Readonly<{ file: string; report: Report }>

/** Files that may hold a badge; in a folder the others are passed over. */
const BADGE_FILE = /\.(?:json|jsonld|jwt|jws|png|svg)$/i

/**
 * Verifies files, and the badge files in folders, in the order of their names.
 *
 * @throws {Error} of the file system, for a path that can't be read
 */
export async function verifyFiles(
  paths: readonly string[],
  around: Readonly<{ lookups: () => Lookups; now: Date; language: Language }>,
): Promise<FileReport[]> {
  const reports: FileReport[] = []
  for (const file of (await Promise.all(paths.map(filesAt))).flat()) {
    const { now, language } = around
    const report = await verifyBadge(await readFile(file), {
      lookups: around.lookups(),
      now,
      language,
    })
    reports.push({ file, report })
  }
  return reports
}

async function filesAt(path: string): Promise<string[]> {
  if (!(await stat(path)).isDirectory()) return [path]
  const names = await readdir(path, { recursive: true })
  return names
    .filter((name) => BADGE_FILE.test(name))
    .sort()
    .map((name) => join(path, name))
}
