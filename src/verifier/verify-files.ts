import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { DomainError } from '../errors.js'
import type { Language } from '../words.js'
import type { Lookups } from './lookups.js'
import type { Report } from './report.js'
import { verifyBadge } from './verify-badge.js'

/** The report of a file, or why it has none: nothing is known of what could not be read. */
export type FileReport = Readonly<{ file: string }> &
  (Readonly<{ report: Report }> | Readonly<{ error: Unread }>)
export type Unread = 'missing' | 'forbidden' | 'empty_folder' | 'unreadable' | 'aborted'

/** Files that may hold a badge; in a folder the others are passed over. */
const BADGE_FILE = /\.(?:json|jsonld|jwt|jws|png|svg)$/i

type Around = Readonly<{
  lookups: () => Lookups
  now: Date
  language: Language
  /** What the path `-` stands for. */
  standardInput?: () => Promise<Uint8Array>
}>

/** Verifies files, and the badge files in folders, in the order of their names; one after the other. */
export async function verifyFiles(paths: readonly string[], around: Around): Promise<FileReport[]> {
  const reports: FileReport[] = []
  for (const path of paths) {
    const files = path === '-' ? [path] : await filesAt(path)
    if (typeof files === 'string') reports.push({ file: path, error: files })
    else for (const file of files) reports.push(await verifyFile(file, around))
  }
  return reports
}

async function verifyFile(file: string, around: Around): Promise<FileReport> {
  const { lookups, now, language, standardInput } = around
  const read = await (file === '-' && standardInput ? standardInput() : readFile(file)).catch(
    reasonOf,
  )
  if (typeof read === 'string') return { file, error: read }
  try {
    return { file, report: await verifyBadge(read, { lookups: lookups(), now, language }) }
  } catch (error) {
    // One costly file does not end the verification of the others.
    if (error instanceof DomainError) return { file, error: 'aborted' }
    throw error
  }
}

async function filesAt(path: string): Promise<string[] | Unread> {
  try {
    if (!(await stat(path)).isDirectory()) return [path]
    const names = await readdir(path, { recursive: true, withFileTypes: true })
    const files = names
      .filter((entry) => entry.isFile() && BADGE_FILE.test(entry.name))
      .map((entry) => join(entry.parentPath, entry.name))
      .sort()
    return files.length === 0 ? 'empty_folder' : files
  } catch (error) {
    return reasonOf(error)
  }
}

function reasonOf(error: unknown): Unread {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 'ENOENT' || code === 'ENOTDIR') return 'missing'
  return code === 'EACCES' || code === 'EPERM' ? 'forbidden' : 'unreadable'
}
