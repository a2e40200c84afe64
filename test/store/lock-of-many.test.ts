import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { loadConfig } from '../../src/config.js'
import { DomainError } from '../../src/errors.js'
import { openContext } from '../../src/open-context.js'

const LOCK = new URL('../../src/store/lock.ts', import.meta.url).href
/** Once it is told the instant, takes the locks of all folders one after the other, and keeps those that it got. */
const TAKER = `
  import { takeLock } from ${JSON.stringify(LOCK)}
  process.stdin.once('data', (said) => {
    const { files, at, every } = JSON.parse(said)
    const got = files.map((file, index) => {
      while (Date.now() < at + index * every);
      return typeof takeLock(file) === 'object'
    })
    console.log(JSON.stringify(got))
  })
  console.log('"ready"')`

let folder: string
const children: ChildProcess[] = []
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sceau-locks-'))
})
afterEach(async () => {
  for (const child of children.splice(0))
    if (child.exitCode === null && child.kill('SIGKILL')) await once(child, 'exit')
  rmSync(folder, { recursive: true })
})

/** Another process, whose lines are told in turn. */
async function startTaker() {
  const args = ['--experimental-strip-types', '--input-type=module', '-e', TAKER]
  const child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'] })
  children.push(child)
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const next = async () => JSON.parse(String((await lines.next()).value)) as unknown
  expect(await next()).toBe('ready')
  const take = async (files: readonly string[], at = 0, every = 0) => {
    child.stdin.write(JSON.stringify({ files, at, every }))
    return (await next()) as boolean[]
  }
  return { child, take }
}

const GONE = `${process.pid} other-boot.1`

describe('RL-07 a second process on one SQLite file', () => {
  test('is refused with the pid of the first for as long as that lives, and takes over when it was killed', async () => {
    const file = join(folder, 'sceau.sqlite')
    const settings = { NODE_ENV: 'test', DATABASE_URL: `sqlite:${file}`, DATA_DIR: folder }
    const config = loadConfig({ ...settings, LOG_LEVEL: 'silent' })
    const { child, take } = await startTaker()
    expect(await take([`${file}.lock`])).toEqual([true])
    for (const access of ['write', 'fill'] as const) {
      const refused = await openContext(config, { access }).catch((error: unknown) => error)
      expect(refused).toBeInstanceOf(DomainError)
      expect(refused).toMatchObject({ code: 'conflict' })
      expect((refused as DomainError).words.fr).toContain(`Sceau tourne déjà`)
      expect((refused as DomainError).words.fr).toContain(`processus ${child.pid}`)
    }
    expect(readFileSync(`${file}.lock`, 'utf8')).toMatch(new RegExp(`^${child.pid}\\b`))
    child.kill('SIGKILL')
    await once(child, 'exit')
    const ctx = await openContext(config)
    expect(readFileSync(`${file}.lock`, 'utf8')).toMatch(new RegExp(`^${process.pid}\\b`))
    await ctx.close()
  })

  test('that starts at the same instant as others over the lock of a dead one: one of them has it', async () => {
    const files = Array.from({ length: 300 }, (_, index) => {
      mkdirSync(join(folder, String(index)))
      return join(folder, String(index), 'lock')
    })
    for (const file of files) writeFileSync(file, GONE)
    const takers = [await startTaker(), await startTaker(), await startTaker()]
    const at = Date.now() + 200
    const got = await Promise.all(takers.map(({ take }) => take(files, at, 4)))
    const winners = files.map((_, index) => got.filter((of) => of[index]).length)
    expect(winners.filter((count) => count !== 1)).toEqual([])
  })
})
