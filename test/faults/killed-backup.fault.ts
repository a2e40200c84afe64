import { spawn } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import * as rig from './rig.js'

const CANARY = 'Kwyxmarque'
let ready: string
beforeAll(async () => {
  ready = await rig.storeOf(async (world, story) => {
    await rig.approveAll(world, story, await rig.publishEach(world, story, 1))
    await world.db.updateTable('students').set({ family_name: CANARY }).execute()
  })
})
afterAll(() => rig.forget(ready))

type Ended = Readonly<{ code: number | null; killed: boolean }>

/** Runs `sceau …` in a process of its own, and kills it some time after something is there. */
function sceau(
  folder: string,
  words: readonly string[],
  kill?: Readonly<{ once: () => boolean; after: number }>,
): Promise<Ended> {
  const child = spawn(
    process.execPath,
    ['--import', './test/faults/set-clock.mjs', 'dist/cli.js', ...words],
    { env: { ...process.env, ...rig.environment(folder) }, stdio: 'ignore' },
  )
  const ended = new Promise<Ended>((resolve) =>
    child.on('close', (code, signal) => resolve({ code, killed: signal === 'SIGKILL' })),
  )
  const watch = async () => {
    while (child.exitCode === null && child.signalCode === null) {
      if (kill?.once()) {
        await sleep(kill.after)
        child.kill('SIGKILL')
        return
      }
      await sleep(0)
    }
  }
  if (kill) void watch()
  return ended
}

const isThere = (file: string) => existsSync(file)
/** What a backup has made, one after the other: each begins a step. */
const STEPS: readonly [string, (copy: string, data: string) => boolean][] = [
  ['its folder', (copy) => isThere(copy)],
  ['the file', (copy) => isThere(join(copy, 'sceau.sqlite.part'))],
  ['the keys of students', (_, data) => isThere(join(data, 'student-keys/student-keys.sqlite'))],
  ['the keys', (copy) => isThere(join(copy, 'keys'))],
  ['the vault', (copy) => isThere(join(copy, 'keys', 'vault.jwe'))],
  ['its name', (copy) => isThere(join(copy, 'sceau.sqlite'))],
]

test.each(STEPS.flatMap(([name, is]) => [0, 8].map((after) => ({ name, is, after }))))(
  'a backup that is killed $after ms after $name is there is no backup, or a whole one; no name is in it, nor left beside the store',
  async ({ is, after }) => {
    const folder = rig.copyOf(ready)
    const data = join(folder, 'data')
    const copy = join(folder, 'copy')
    const before = readdirSync(data).toSorted()
    await sceau(folder, ['backup', copy], { once: () => is(copy, data), after })
    for (const name of existsSync(copy) ? readdirSync(copy) : [])
      if (name.startsWith('sceau'))
        expect(readFileSync(join(copy, name)).includes(CANARY)).toBe(false)
    const more = readdirSync(data).filter((name) => !before.includes(name))
    expect(
      more.filter((name) => !/^(?:erased|student-keys|last-backup|.*-(?:wal|shm))$/.test(name)),
    ).toEqual([])
    const other = rig.newFolder()
    mkdirSync(join(other, 'data'), { recursive: true })
    cpSync(join(folder, 'keys'), join(other, 'keys'), { recursive: true })
    if (existsSync(join(copy, 'sceau.sqlite'))) {
      cpSync(join(data, 'student-keys'), join(other, 'data', 'student-keys'), { recursive: true })
      expect(await sceau(other, ['restore', copy])).toEqual({ code: 0, killed: false })
      expect(await sceau(other, ['check'])).toEqual({ code: 0, killed: false })
    } else {
      for (const name of existsSync(copy) ? readdirSync(copy) : [])
        cpSync(join(copy, name), join(other, 'data', name), { recursive: true })
      expect((await sceau(other, ['check'])).code).toBe(2)
      expect((await sceau(other, ['restore', copy])).code).toBe(2)
    }
    // The store is as it was, and the next backup is whole.
    rmSync(copy, { recursive: true, force: true })
    expect(await sceau(folder, ['backup', copy])).toEqual({ code: 0, killed: false })
    for (const one of [folder, other]) rig.forget(one)
  },
)
