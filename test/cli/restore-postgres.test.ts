import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { runCommand } from '../../src/cli/program.js'
import { loadConfig } from '../../src/config.js'
import { askErasure } from '../../src/issuer/rights/ask-erasure.js'
import { agreeToErasure, secondErasure } from '../../src/issuer/rights/decide-erasure.js'
import { replayErasures } from '../../src/issuer/rights/replay-erasures.js'
import { revokeBadge } from '../../src/issuer/revoke-badge.js'
import { takeOverLists } from '../../src/issuer/take-over-lists.js'
import { openContext } from '../../src/open-context.js'
import { asService } from '../../src/store/scope.js'
import { runNextJob } from '../../src/worker.js'
import { aClassOf } from '../issuer/class-story.js'
import { live, MARKS, othersAreThemselves, type Life } from '../issuer/rights/life.js'
import { newDatabase } from '../support/postgres.js'
import { openWorld, type World } from '../support/world.js'

/** A school on SQLite that has issued badges; made once, and copied for each test. */
let ready: string
let life: Life
let folder: string
/** Empty: SQLite. */
let url = ''
const lines: string[] = []
const errors: string[] = []
const out = { log: (line: string) => lines.push(line), error: (line: string) => errors.push(line) }

const envOf = (root: string, data = 'data') => ({
  DATA_DIR: join(root, data),
  KEYS_DIR: join(root, 'keys'),
  PUBLIC_URL: 'https://sceau.example',
  REQUIRE_PASSKEYS: 'off',
  LOG_LEVEL: 'silent',
  ...(url !== '' && { DATABASE_URL: url }),
})
const sceau = (...words: string[]) => {
  lines.length = errors.length = 0
  return runCommand(['node', 'sceau', ...words], envOf(folder), out)
}
const answered = () => JSON.parse(lines.join()) as Record<string, unknown>
const at = (name: string) => join(folder, name)

async function inside<T>(act: (world: World) => Promise<T>, root = folder, data?: string) {
  const { close, ...real } = await openContext(loadConfig(envOf(root, data)))
  const { db, keys, vault, config, newId, published, erased, studentKeys } = real
  try {
    return await asService('command', async () =>
      act(
        await openWorld({
          ...{ db, keys, vault, config, newId },
          ...{ ...(published && { published }), ...(erased && { erased }) },
          ...(studentKeys && { studentKeys }),
        }),
      ),
    )
  } finally {
    await close()
  }
}

/** What the service does at its start. */
const start = () =>
  inside(async (world) => ({
    revocations: await takeOverLists(world),
    erased: (await replayErasures(world)).erased,
  }))

const releasedBadges = ({ db }: World) =>
  db
    .selectFrom('badges')
    .select(['public_id', 'revoked_at'])
    .where('released_at', 'is not', null)
    .orderBy('id')
    .execute()
const openLists = async ({ db }: World) =>
  (await db.selectFrom('status_lists').select('id').whereRef('taken', '<', 'entries').execute())
    .length
const actions = async ({ db }: World) =>
  (await db.selectFrom('audit').select('action').orderBy('id').execute()).map((one) => one.action)

/** Which marks stand in any file of the folders. */
const foundIn = (...names: string[]) =>
  names.flatMap((name) =>
    readdirSync(at(name), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .flatMap((entry) => {
        const bytes = readFileSync(join(entry.parentPath, entry.name))
        return Object.values(MARKS).filter((mark) => bytes.includes(mark))
      }),
  )

/** Which marks stand in any row. */
async function foundInRows({ db }: World): Promise<string[]> {
  const tables = await sql<{ name: string }>`select tablename as name from pg_tables
    where schemaname = 'public'`.execute(db)
  const found = new Set<string>()
  for (const { name } of tables.rows) {
    const { rows } = await sql<{ text: string }>`
      select t::text as text from ${sql.table(name)} as t`.execute(db)
    for (const { text } of rows)
      for (const mark of Object.values(MARKS)) if (text.includes(mark)) found.add(mark)
  }
  return [...found]
}

/** Backs up the store that is there, and restores it into a PostgreSQL. */
async function moved(): Promise<void> {
  expect(await sceau('backup', at('first'), '--keys', at('student-keys'))).toBe(0)
  url = await newDatabase()
  expect(await sceau('restore', at('first'), '--json'), errors.join()).toBe(0)
  expect(answered()).toEqual({ done: true, students: 3, erased: 0, missing: 0 })
}

describe.runIf(process.env.TEST_POSTGRES_URL)('on PostgreSQL', () => {
  beforeAll(async () => {
    ready = mkdtempSync(join(tmpdir(), 'sceau-ready-'))
    await inside(async (world) => {
      life = await live(world)
      await aClassOf(world, life, 3)
      await othersAreThemselves(world)
    }, ready)
  }, 120_000)
  afterAll(() => rmSync(ready, { recursive: true }))
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'sceau-restore-'))
    cpSync(ready, folder, { recursive: true })
    url = ''
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  test('a school moves from SQLite to PostgreSQL and back: its audit, badges and lists are sound on both', async () => {
    await moved()
    expect(await sceau('check', '--json'), lines.join()).toBe(0)
    const onServer = answered()
    expect(onServer).toMatchObject({ sound: true, badges: 2, wall: 'stands' })
    expect(await start()).toEqual({ revocations: 0, erased: 0 })
    expect(await sceau('backup', at('second'), '--keys', at('student-keys'), '--json')).toBe(0)
    expect(answered()).toMatchObject({ students: 3, strangers: 0 })
    expect(existsSync(at('data/last-backup'))).toBe(true)
    expect(foundIn('second', 'student-keys')).toEqual([])
    url = ''
    rmSync(at('data/sceau.sqlite'))
    for (const end of ['-wal', '-shm']) rmSync(at(`data/sceau.sqlite${end}`), { force: true })
    expect(await sceau('restore', at('second'), '--json'), errors.join()).toBe(0)
    expect(answered()).toMatchObject({ done: true, students: 3 })
    expect(await sceau('check', '--json'), lines.join()).toBe(0)
    expect(answered()).toMatchObject({ sound: true, badges: 2 })
    expect(await start()).toEqual({ revocations: 0, erased: 0 })
  }, 180_000)

  test('RL-20 RL-21 a restored PostgreSQL knows at its start that it was: lists are closed once, and a revocation made since its backup is taken over', async () => {
    await moved()
    expect(await inside(openLists)).toBeGreaterThan(0)
    await start()
    expect(await inside(openLists)).toBe(0)
    await start()
    const noted = (await inside(actions)).filter((action) => action === 'store.restored')
    expect(noted).toHaveLength(1)
    expect(await sceau('backup', at('second'))).toBe(0)
    const [badge] = await inside(releasedBadges)
    await inside((world) =>
      revokeBadge(world, life.head, { badgeId: badge!.public_id, reason: 'Par erreur' }),
    )
    url = await newDatabase()
    expect(await sceau('restore', at('second')), errors.join()).toBe(0)
    expect((await inside(releasedBadges))[0]!.revoked_at).toBeNull()
    expect(await start()).toEqual({ revocations: 1, erased: 0 })
    expect((await inside(releasedBadges))[0]!.revoked_at).not.toBeNull()
    expect(await sceau('check'), lines.join()).toBe(0)
    expect(await sceau('log', 'verify'), lines.join()).toBe(0)
  }, 180_000)

  test('an erasure on PostgreSQL destroys the key of the student: backups from before tell nobody who it was', async () => {
    await moved()
    await start()
    expect(await sceau('backup', at('second'), '--keys', at('student-keys'))).toBe(0)
    expect(await inside(foundInRows)).not.toEqual([])
    for (const end of ['', '-wal', '-shm']) rmSync(at(`data/sceau.sqlite${end}`), { force: true })
    await inside(async (world) => {
      const id = await askErasure(world, life.student, { badges: 'keep' })
      await agreeToErasure(world, life.head, id)
      await secondErasure(world, life.teacher, id)
      while (await runNextJob(world));
    })
    expect(await inside(foundInRows)).toEqual([])
    expect(foundIn('data', 'second')).toEqual([])
    url = await newDatabase()
    // The copy of the keys is from before.
    expect(await sceau('restore', at('second'), '--keys', at('student-keys'), '--json')).toBe(0)
    expect(answered()).toEqual({ done: true, students: 2, erased: 1, missing: 0 })
    expect(await inside(foundInRows)).toEqual([])
    expect(await start()).toEqual({ revocations: 0, erased: 1 })
    expect(await inside(foundInRows)).toEqual([])
    expect(await sceau('check'), lines.join()).toBe(0)
  }, 180_000)

  test('who was erased by a node with another folder is told at the next backup, with what to do, and then their key goes', async () => {
    await moved()
    mkdirSync(at('other'))
    await inside(
      async (world) => {
        const id = await askErasure(world, life.student, { badges: 'keep' })
        await agreeToErasure(world, life.head, id)
        await secondErasure(world, life.teacher, id)
        while (await runNextJob(world));
      },
      folder,
      'other',
    )
    expect(await sceau('backup', at('second'))).toBe(0)
    expect(errors.join()).toContain('1 keys are of students who are not in this store')
    cpSync(at('other/erased'), at('data/erased'), { recursive: true })
    expect(await sceau('backup', at('third'))).toBe(0)
    expect(errors.join()).not.toContain('not in this store')
  }, 180_000)

  test('it is restored into an empty database alone, and without keys not at all', async () => {
    await moved()
    expect(await sceau('restore', at('first'))).toBe(2)
    expect(errors.join()).toContain('not empty')
    expect(errors.join()).toContain('Create a new database')
    expect(await sceau('check'), lines.join()).toBe(0)
    url = await newDatabase()
    rmSync(at('data'), { recursive: true })
    expect(await sceau('restore', at('first'))).toBe(1)
    expect(lines.join()).toContain('lacks the keys of 3 students')
    expect(await sceau('restore', at('first'), '--keys', at('student-keys'))).toBe(0)
    expect(await start()).toEqual({ revocations: 0, erased: 0 })
  }, 180_000)
})
