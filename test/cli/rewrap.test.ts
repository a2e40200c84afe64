import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { runCommand } from '../../src/cli/program.js'
import { loadConfig } from '../../src/config.js'
import { rewrapFiles } from '../../src/key-files/rewrap.js'
import { openContext, type OpenContext } from '../../src/open-context.js'
import { createOrganisation } from '../../src/people/create-organisation.js'
import { handleOf } from '../../src/people/key-store.js'
import { OPERATOR } from '../../src/people/operator.js'
import { validateAudit } from '../../src/store/audit.js'
import { resealAll } from '../../src/store/sealed.js'

const BORN = '2010-03-04'
const SCHOOLS = ['9990001X', '9990002Y', '9990003Z']

let folder: string
let keysDir: string
let env: Record<string, string>
const lines: string[] = []
const out = { log: (line: string) => lines.push(line), error: (line: string) => lines.push(line) }
const sceau = (...words: string[]) => {
  lines.length = 0
  return runCommand(['node', 'sceau', ...words, '--json'], env, out)
}
const rewrap = async (...options: string[]) => {
  expect(await sceau('key', 'rewrap', ...options), lines.join()).toBe(0)
  return JSON.parse(lines.join(''))
}

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sceau-rewrap-'))
  keysDir = join(folder, 'keys')
  env = { DATA_DIR: join(folder, 'data'), KEYS_DIR: keysDir, LOG_LEVEL: 'silent' }
})
afterEach(() => rmSync(folder, { recursive: true }))

async function inside<T>(act: (ctx: OpenContext) => Promise<T>): Promise<T> {
  const ctx = await openContext(loadConfig(env))
  try {
    return await act(ctx)
  } finally {
    await ctx.close()
  }
}

/** Three organisations with a key each, and two values under the key of the vault. */
async function fill(): Promise<void> {
  await inside(async (ctx) => {
    for (const uai of SCHOOLS)
      await createOrganisation(ctx, OPERATOR, { kind: 'lycee', name: `Lycée DÉMO ${uai}`, uai })
    for (const key of ['one', 'other'])
      await ctx.db
        .insertInto('kept_answers')
        .values({
          ...{ actor: 'a', operation: 'POST /x', key, request_digest: 'd', status: 200 },
          ...{ type: 'text/plain', body_sealed: ctx.vault.seal(BORN), asked_at: 'now' },
        })
        .execute()
  })
}

/** All keys sign, and all values open. */
async function assertAllOpen(): Promise<void> {
  await inside(async (ctx) => {
    const keys = await ctx.db.selectFrom('organisation_keys').selectAll().execute()
    expect(keys).toHaveLength(SCHOOLS.length)
    for (const key of keys)
      expect(await ctx.keys.sign(handleOf(key), Buffer.from('x'))).toHaveLength(64)
    for (const sealed of await values(ctx)) expect(ctx.vault.open(sealed)).toBe(BORN)
  })
}

const values = async ({ db }: OpenContext) =>
  (await db.selectFrom('kept_answers').select('body_sealed').execute()).map(
    (row) => row.body_sealed!,
  )
const auditLines = () =>
  inside(async ({ db }) => {
    expect(await validateAudit(db)).toMatchObject({ sound: true })
    const rows = await db.selectFrom('audit').select(['action', 'details']).orderBy('id').execute()
    return rows.flatMap(({ action, details }) =>
      action.startsWith('keys.') ? [`${action} ${details}`] : [],
    )
  })
const files = () =>
  Object.fromEntries(
    readdirSync(keysDir).map((name) => [name, readFileSync(join(keysDir, name), 'utf8')]),
  )

function passphrase(name: string, text: string): string {
  const file = join(folder, name)
  writeFileSync(file, text)
  return file
}

describe('a new passphrase', () => {
  beforeEach(async () => {
    env.KEYS_PASSPHRASE_FILE = passphrase('old', 'the old passphrase')
    await fill()
    env.KEYS_PASSPHRASE_BEFORE_FILE = env.KEYS_PASSPHRASE_FILE
    env.KEYS_PASSPHRASE_FILE = passphrase('new', 'the new passphrase')
  })

  test('opens beside the old one, and alone once all is sealed anew; then there is nothing to do', async () => {
    await assertAllOpen()
    expect(await rewrap()).toEqual({ files: 4, values: 0 })
    delete env.KEYS_PASSPHRASE_BEFORE_FILE
    await assertAllOpen()
    const after = files()
    expect(await rewrap()).toEqual({ files: 0, values: 0 })
    expect(files()).toEqual(after)
    expect(await auditLines()).toEqual(['keys.rewrapped {"files":4,"values":0}'])
    env.KEYS_PASSPHRASE_FILE = passphrase('old', 'the old passphrase')
    expect(await sceau('key', 'rewrap')).toBe(2)
    expect(lines.join()).toContain('is this the passphrase')
  })

  test('killed after any file, both go on opening, and the next run ends it', async () => {
    const before = files()
    await rewrapFiles(loadConfig(env))
    const after = files()
    const names = Object.keys(before).filter((name) => name.endsWith('.jwe'))
    for (let done = 0; done <= names.length; done++) {
      for (const [at, name] of names.entries())
        writeFileSync(join(keysDir, name), (at < done ? after : before)[name]!)
      await assertAllOpen()
      expect(await rewrap()).toEqual({ files: names.length - done, values: 0 })
      await assertAllOpen()
    }
  })

  test('is refused beside a file that nothing opens, and what was before goes on opening', async () => {
    const [name] = readdirSync(keysDir).filter((one) => one.startsWith('z6Mk'))
    const whole = readFileSync(join(keysDir, name!), 'utf8')
    writeFileSync(join(keysDir, name!), `${whole.slice(0, -10)}AAAAAAAA\n`)
    expect(await sceau('key', 'rewrap')).toBe(2)
    expect(lines.join()).toContain(name)
    writeFileSync(join(keysDir, name!), whole)
    await assertAllOpen()
  })
})

test('a passphrase takes the place of master.key, which is then gone', async () => {
  await fill()
  env.KEYS_PASSPHRASE_FILE = passphrase('new', 'the new passphrase')
  await assertAllOpen()
  expect(readdirSync(keysDir)).toContain('master.key')
  expect(await rewrap()).toEqual({ files: 4, values: 0 })
  expect(readdirSync(keysDir)).not.toContain('master.key')
  await assertAllOpen()
  expect(await sceau('key', 'rewrap', '--new-master-key')).toBe(2)
})

test('a new master.key: begun once, it seals what is made meanwhile, and ends the one before', async () => {
  await fill()
  const old = files()['master.key']
  expect(await rewrap('--new-master-key')).toEqual({ begun: ['master-key'] })
  const next = files()['master.next']
  expect(await rewrap('--new-master-key')).toEqual({ begun: [] })
  expect(files()['master.next']).toBe(next)
  await assertAllOpen()
  expect(await rewrap()).toEqual({ files: 4, values: 0 })
  expect(files()['master.key']).toBe(next)
  expect(next).not.toBe(old)
  expect(readdirSync(keysDir)).not.toContain('master.next')
  await assertAllOpen()
  expect(await auditLines()).toEqual([
    'keys.rewrap-begun {"keys":"master-key"}',
    'keys.rewrapped {"files":4,"values":0}',
  ])
})

describe('a new sealing key', () => {
  test('opens what the one before has sealed until all of it is sealed anew', async () => {
    await fill()
    const before = await inside(values)
    const fingerprint = await inside(async ({ vault }) => vault.fingerprint('INE'))
    expect(await rewrap('--new-sealing-key')).toEqual({ begun: ['sealing-key'] })
    expect(await rewrap('--new-sealing-key')).toEqual({ begun: [] })
    await assertAllOpen()
    const old = mkdtempSync(join(folder, 'keys-before-'))
    cpSync(keysDir, old, { recursive: true })
    expect(await rewrap()).toEqual({ files: 0, values: 2 })
    await assertAllOpen()
    await inside(async (ctx) => {
      expect(ctx.vault.fingerprint('INE')).toBe(fingerprint)
      for (const sealed of before) expect(() => ctx.vault.open(sealed)).toThrow()
    })
    expect(await rewrap()).toEqual({ files: 0, values: 0 })
  })

  test('killed between two values, the next run seals only the others', async () => {
    await fill()
    await rewrap('--new-sealing-key')
    await inside(async (ctx) => {
      let left = 1
      const dying = (sealed: string) => {
        if (left-- === 0) throw new Error('the process is dead')
        return ctx.vault.reseal(sealed)
      }
      await expect(resealAll(ctx.db, dying)).rejects.toThrow('kept_answers 2')
      const [first] = await values(ctx)
      const sealed = ctx.vault.reseal(first!)!
      await ctx.db
        .updateTable('kept_answers')
        .set({ body_sealed: sealed })
        .where('key', '=', 'one')
        .execute()
    })
    await assertAllOpen()
    expect(await rewrap()).toEqual({ files: 0, values: 1 })
    await assertAllOpen()
  })

  test('does not end while a value is there that nothing opens', async () => {
    await fill()
    await rewrap('--new-sealing-key')
    const spoil = (body_sealed: string) =>
      inside(({ db }) =>
        db.updateTable('kept_answers').set({ body_sealed }).where('key', '=', 'one').execute(),
      )
    const [sealed] = await inside(values)
    await spoil('AAAA.AAAA.AAAA')
    expect(await sceau('key', 'rewrap')).toBe(2)
    expect(lines.join()).toContain('No key of the vault opens kept_answers 1')
    await spoil(sealed!)
    await assertAllOpen()
    expect(await rewrap()).toEqual({ files: 0, values: 2 })
  })
})
