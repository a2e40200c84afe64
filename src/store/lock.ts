import { linkSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'

export type Lock = Readonly<{ release(): void }>

/**
 * Takes a lock file for this process, so that one process writes to a SQLite file at a time. The
 * lock of a process that is gone is taken over.
 *
 * @returns the pid of the process that has it, if it is another one and alive
 */
export function takeLock(file: string): Lock | number {
  const mine = whoIs(process.pid)
  for (;;) {
    if (isMade(file, mine)) return { release: () => releaseIfMine(file, mine) }
    const holder = holderOf(file)
    if (holder !== undefined) return holder
    inTurn(`${file}.turn`, () => {
      // Only a dead lock goes: one that is not there may be made at any moment by whoever had the turn before.
      const text = read(file)
      if (text !== undefined && holderIn(text) === undefined) rmSync(file, { force: true })
    })
  }
}

/** Makes a file that is there with all its text or not at all. @returns false if there is one */
function isMade(file: string, text: string): boolean {
  // By when it began, too: of two containers on one folder, both may have the first pid.
  const draft = `${file}.${text.replace(' ', '.')}`
  writeFileSync(draft, text, { mode: 0o600 })
  try {
    linkSync(draft, file)
    return true
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false
    if (!UNLINKED.has(codeOf(error))) throw error
    return isWritten(file, text)
  } finally {
    rmSync(draft, { force: true })
  }
}

/** Of a file system that has no links. */
const UNLINKED: ReadonlySet<unknown> = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS'])

function isWritten(file: string, text: string): boolean {
  try {
    writeFileSync(file, text, { flag: 'wx', mode: 0o600 })
    return true
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false
    throw error
  }
}

const TURN_MS = 2_000
const PAUSE_MS = 5

/** Does what takes no time while no other process does; who died in their turn has had it. */
function inTurn(turn: string, work: () => void): void {
  if (isWritten(turn, '')) {
    try {
      work()
    } finally {
      rmSync(turn, { force: true })
    }
    return
  }
  const begun = begunAt(turn)
  for (let waited = 0; waited < TURN_MS; waited += PAUSE_MS) {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE_MS)
    if (begun === undefined || begunAt(turn) !== begun) return
  }
  if (begunAt(turn) === begun) rmSync(turn, { force: true })
}

const begunAt = (turn: string) => statSync(turn, { throwIfNoEntry: false })?.mtimeMs

/** The process that has a lock: undefined when nobody has it, or whoever had it is gone. */
export function holderOf(file: string): number | undefined {
  const text = read(file)
  return text === undefined ? undefined : holderIn(text)
}

function holderIn(text: string): number | undefined {
  const pid = Number(text.split(' ')[0])
  if (!Number.isSafeInteger(pid) || pid <= 0) return undefined
  // Our own pid in an old file: a container starts with the same pid each time.
  if (pid === process.pid && text !== whoIs(pid)) return undefined
  return isAlive(pid) && sameProcess(text, whoIs(pid)) ? pid : undefined
}

function releaseIfMine(file: string, mine: string): void {
  if (read(file) === mine) rmSync(file, { force: true })
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // EPERM: it is there, and another user's.
    return codeOf(error) === 'EPERM'
  }
}

/** A pid is given again after a restart: where only one of both tells its start, the pid decides. */
function sameProcess(one: string, other: string): boolean {
  const [startOfOne, startOfOther] = [one.split(' ')[1], other.split(' ')[1]]
  return !startOfOne || !startOfOther || startOfOne === startOfOther
}

/** `pid start`: on Linux the start is the boot and the ticks since it (proc(5), field 22). */
function whoIs(pid: number): string {
  const boot = read('/proc/sys/kernel/random/boot_id')?.trim()
  const stat = read(`/proc/${pid}/stat`)
  const ticks = stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[19]
  return boot && ticks ? `${pid} ${boot}.${ticks}` : String(pid)
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    // A lock that may not be read is somebody's. Systems without /proc have none of its files.
    if (codeOf(error) === 'EACCES') throw error
    return undefined
  }
}
