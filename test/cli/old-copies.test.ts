import { mkdtempSync, readdirSync, rmSync, utimesSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import SqliteDatabase from 'better-sqlite3'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { runCommand } from '../../src/cli/program.js'
import { loadConfig } from '../../src/config.js'
import { openContext } from '../../src/open-context.js'

let folder: string
let env: Record<string, string>
const errors: string[] = []
const out = { log: () => undefined, error: (line: string) => errors.push(line) }
const sceau = (...words: string[]) => runCommand(['node', 'sceau', ...words], env, out)

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sceau-copies-'))
  env = { DATA_DIR: join(folder, 'data'), KEYS_DIR: join(folder, 'keys'), LOG_LEVEL: 'silent' }
  errors.length = 0
  await (await openContext(loadConfig(env))).close()
})
afterEach(() => rmSync(folder, { recursive: true }))

test('a copy of 30 days is left alone, an older one is named, and deleted if that is asked', async () => {
  const days = (count: number) => new Date(Date.now() - count * 86_400_000)
  const names = ['old', 'young', 'used']
  for (const name of names) expect(await sceau('backup', join(folder, name))).toBe(0)
  for (const name of names)
    utimesSync(join(folder, name, 'sceau.sqlite'), days(0), days(name === 'young' ? 29.9 : 30.1))
  expect(await sceau('backup', join(folder, 'new'))).toBe(1)
  expect(errors.join()).toContain('used is older than 30 days')
  // A service has started on it: it is no copy any more.
  const store = join(folder, 'used', 'sceau.sqlite')
  const used = new SqliteDatabase(store)
  used.pragma('user_version = 0')
  used.close()
  utimesSync(store, days(0), days(31))
  expect(await sceau('backup', join(folder, 'next'), '--delete-old')).toBe(0)
  const left = readdirSync(folder)
  expect(left).not.toContain('old')
  expect(left).toEqual(expect.arrayContaining(['young', 'used', 'new', 'next', 'data', 'keys']))
})
