import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { DemoFacts } from './hand-out.js'

/** Another number when what a demo holds changes: those of before are then filled anew. */
const MADE_BY = 'sceau-demo-3'
const MARK = 'demo.json'
/** All that a demo makes in its folder, and so all that is ever deleted there. */
const MADE = [
  'sceau.sqlite',
  'sceau.sqlite-wal',
  'sceau.sqlite-shm',
  'published',
  'sceau.sqlite-journal',
  'keys',
  MARK,
]
const LOCK = 'sceau.sqlite.lock'

const Mark = z.object({
  madeBy: z.string(),
  filledAt: z.iso.datetime().nullable(),
  facts: z.unknown(),
})

export type FinishedDemo = Readonly<{ facts: DemoFacts; filledAt: string }>

/**
 * The demo that a folder holds, if it was filled to its end for this address.
 *
 * @throws {Error} for a folder that holds something else: nothing of it is touched
 */
export function findDemo(folder: string, url: string): FinishedDemo | undefined {
  assertOurs(folder)
  const mark = readMark(folder)
  if (mark?.madeBy !== MADE_BY || mark.filledAt === null) return undefined
  // Written by markFinished of the same version.
  const facts = mark.facts as DemoFacts
  return facts.url === url ? { facts, filledAt: mark.filledAt } : undefined
}

/** Empties the folder of a demo, and says that one is being made. */
export function startAnew(folder: string): void {
  assertOurs(folder)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  for (const name of MADE) rmSync(join(folder, name), { recursive: true, force: true })
  writeMark(folder, { madeBy: MADE_BY, filledAt: null, facts: null })
}

export function markFinished(folder: string, { facts, filledAt }: FinishedDemo): void {
  writeMark(folder, { madeBy: MADE_BY, filledAt, facts })
}

function assertOurs(folder: string): void {
  if (!existsSync(folder) || readMark(folder)) return
  const others = readdirSync(folder).filter((name) => name !== LOCK)
  if (others.length === 0) return
  throw new Error(`${folder} holds files that are no demo's: name another folder with --data-dir.`)
}

function readMark(folder: string): z.infer<typeof Mark> | undefined {
  try {
    return Mark.safeParse(JSON.parse(readFileSync(join(folder, MARK), 'utf8'))).data
  } catch {
    return undefined
  }
}

function writeMark(folder: string, mark: z.infer<typeof Mark>): void {
  writeFileSync(join(folder, MARK), `${JSON.stringify(mark, null, 2)}\n`, { mode: 0o600 })
}
