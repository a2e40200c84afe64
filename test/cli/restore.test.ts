import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import SqliteDatabase from 'better-sqlite3'
import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { runCommand } from '../../src/cli/program.js'
import { loadConfig } from '../../src/config.js'
import { askErasure } from '../../src/issuer/rights/ask-erasure.js'
import { agreeToErasure, secondErasure } from '../../src/issuer/rights/decide-erasure.js'
import { forgetStudents } from '../../src/issuer/rights/forget-students.js'
import { replayErasures } from '../../src/issuer/rights/replay-erasures.js'
import { HELD } from '../../src/issuer/rights/tables.data.js'
import { whoIs } from '../../src/issuer/rights/who.js'
import { takeOverLists } from '../../src/issuer/take-over-lists.js'
import { openContext } from '../../src/open-context.js'
import { readRows } from '../../src/store/rows-of.js'
import type { Db } from '../../src/store/schema.js'
import { writeAnew } from '../../src/store/scrub.js'
import { runNextJob } from '../../src/worker.js'
import { aClassOf } from '../issuer/class-story.js'
import { live, MARKS, othersAreThemselves, type Life } from '../issuer/rights/life.js'
import { openWorld, type World } from '../support/world.js'

/** A store with a student whose every text is known, and two others; made once, and copied for each test. */
let ready: string
let life: Life
let folder: string
const lines: string[] = []
const errors: string[] = []
const out = { log: (line: string) => lines.push(line), error: (line: string) => errors.push(line) }

const envOf = (root: string) => ({
  DATA_DIR: join(root, 'data'),
  KEYS_DIR: join(root, 'keys'),
  PUBLIC_URL: 'https://sceau.example',
  REQUIRE_PASSKEYS: 'off',
  LOG_LEVEL: 'silent',
})
const sceau = (...words: string[]) => {
  lines.length = errors.length = 0
  return runCommand(['node', 'sceau', ...words], envOf(folder), out)
}
const at = (name: string) => join(folder, name)

async function inside<T>(act: (world: World) => Promise<T>, root = folder): Promise<T> {
  const { close, ...real } = await openContext(loadConfig(envOf(root)))
  const { db, keys, vault, config, newId, published, erased, studentKeys } = real
  try {
    return await act(
      await openWorld({
        // Ids of a world are the same each time: here several follow each other on one store.
        ...{ db, keys, vault, config, newId },
        ...{ ...(published && { published }), ...(erased && { erased }) },
        ...(studentKeys && { studentKeys }),
      }),
    )
  } finally {
    await close()
  }
}

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
})
afterEach(() => rmSync(folder, { recursive: true }))

/** Every mark in any file of the folders. */
function found(...names: string[]): string[] {
  return names.flatMap((name) =>
    readdirSync(at(name), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .flatMap((entry) => {
        const bytes = readFileSync(join(entry.parentPath, entry.name))
        const marks = Object.values(MARKS).filter((mark) => bytes.includes(mark))
        return marks.map((mark) => `${entry.name}: ${mark}`)
      }),
  )
}

type Everything = Record<string, readonly Readonly<Record<string, unknown>>[]>

/** All that is held of a student, table by table. */
async function heldOf(world: World, studentId: number): Promise<Everything> {
  const student = await world.db
    .selectFrom('students')
    .selectAll()
    .where('id', '=', studentId)
    .executeTakeFirstOrThrow()
  const of = await whoIs(world, world.db, student)
  const held: Everything = {}
  for (const [n, { table, where }] of HELD.entries())
    held[`${n} ${table}`] = await readRows(world.db, { table, where: where(of) })
  return held
}

const studentIds = async ({ db }: { db: Db }) =>
  (await db.selectFrom('students').select('id').orderBy('id').execute()).map(({ id }) => id)

const erase = () =>
  inside(async (world) => {
    const id = await askErasure(world, life.student, { badges: 'keep' })
    await agreeToErasure(world, life.head, id)
    await secondErasure(world, life.teacher, id)
    while (await runNextJob(world));
    // As the night after does: what was moved may lie in the gaps of pages.
    await writeAnew(world.db)
  })

/** What the service does at its start. */
const start = () =>
  inside(async (world) => {
    await takeOverLists(world)
    return (await replayErasures(world)).erased
  })

function loseStore(): void {
  for (const end of ['', '-wal', '-shm']) rmSync(at(`data/sceau.sqlite${end}`), { force: true })
}

test('a backup from before an erasure tells nobody who it was: not its bytes, not what is restored from it; others are whole', async () => {
  const before = await inside(async (world) => {
    const [, ...others] = await studentIds(world)
    return Promise.all(others.map((id) => heldOf(world, id)))
  })
  expect(before.length).toBeGreaterThan(1)
  expect(found('data')).not.toEqual([])
  expect(await sceau('backup', at('copy'), '--keys', at('student-keys'))).toBe(0)
  expect(found('copy', 'student-keys')).toEqual([])
  expect(await sceau('check')).toBe(0)
  await erase()
  expect(found('data', 'copy', 'student-keys')).toEqual([])
  loseStore()
  expect(await sceau('restore', at('copy'), '--json')).toBe(0)
  const counts = { done: true, students: before.length, erased: 1, missing: 0 }
  expect(JSON.parse(lines.join())).toEqual(counts)
  expect(found('data')).toEqual([])
  expect(await start()).toBe(1)
  expect(found('data')).toEqual([])
  expect(await sceau('check'), lines.join()).toBe(0)
  await inside(async (world) => {
    const [erased, ...others] = await studentIds(world)
    const row = (await heldOf(world, erased!))[`${HELD.length - 1} students`]![0]
    expect(row).toMatchObject({ given_name: 'Élève', family_name: 'effacé' })
    expect(row!.erased_at).not.toBeNull()
    const after = await Promise.all(others.map((id) => heldOf(world, id)))
    for (const [n, held] of after.entries())
      for (const [table, rows] of Object.entries(held))
        expect(rows, table).toEqual(before[n]![table])
  })
})

test('a backup of nobody erased is restored whole, every row of every student, and its badges are sound', async () => {
  const before = await inside(async (world) => {
    const ids = await studentIds(world)
    return Promise.all(ids.map((id) => heldOf(world, id)))
  })
  expect(await sceau('backup', at('copy'))).toBe(0)
  expect(errors.join()).toContain('The keys of its students are not in it')
  loseStore()
  expect(await sceau('restore', at('copy'))).toBe(0)
  expect(lines.join()).toContain('Restored: 3 students are whole; 0 will be erased')
  await inside(async (world) => {
    const ids = await studentIds(world)
    const after = await Promise.all(ids.map((id) => heldOf(world, id)))
    expect(after).toEqual(before)
  })
  expect(await sceau('check', '--json')).toBe(0)
  expect(JSON.parse(lines.join())).toMatchObject({ sound: true, isSealed: false, badges: 2 })
})

test('without the keys of students nothing is restored, and it says what is missing; their copy, or a flag, goes on', async () => {
  expect(await sceau('backup', at('copy'), '--keys', at('student-keys'))).toBe(0)
  rmSync(at('data'), { recursive: true })
  expect(await sceau('restore', at('copy'))).toBe(1)
  expect(lines.join()).toContain('lacks the keys of 3 students, it has those of 0')
  expect(lines.join()).toContain('--keys FOLDER')
  expect(existsSync(at('data/sceau.sqlite'))).toBe(false)
  expect(await sceau('restore', at('copy'), '--keys', at('nowhere'))).toBe(2)
  expect(await sceau('restore', at('copy'), '--keys', at('student-keys'))).toBe(0)
  expect(await start()).toBe(0)
  expect(found('data')).not.toEqual([])
  rmSync(at('data'), { recursive: true })
  expect(await sceau('restore', at('copy'), '--erase-without-key')).toBe(0)
  expect(await start()).toBe(3)
  expect(found('data')).toEqual([])
  await inside(async ({ db }) => {
    const left = await db
      .selectFrom('students')
      .select('id')
      .where('erased_at', 'is', null)
      .execute()
    expect(left).toEqual([])
  })
})

test('a key that was made after an erasure was taken back opens nothing of before: it is missing, and stops nobody else', async () => {
  expect(await sceau('backup', at('copy'))).toBe(0)
  await inside(async ({ db, studentKeys }) => {
    const { public_id: one } = await db
      .selectFrom('students')
      .select('public_id')
      .orderBy('id')
      .executeTakeFirstOrThrow()
    studentKeys?.destroy([one])
    studentKeys?.allowAgain([one])
    expect(studentKeys?.give([one])(one)).toBeDefined()
  })
  loseStore()
  expect(await sceau('restore', at('copy'))).toBe(1)
  expect(lines.join()).toContain('lacks the keys of 1 students, it has those of 2')
  expect(await sceau('restore', at('copy'), '--erase-without-key')).toBe(0)
  expect(await start()).toBe(1)
})

test('who was forgotten by age since the backup is erased from it, though it says that they are still at school', async () => {
  expect(await sceau('backup', at('copy'), '--keys', at('student-keys'))).toBe(0)
  await inside(async (world) => {
    const [id = 0] = await studentIds(world)
    await world.db.updateTable('persons').set({ email: null }).execute()
    const left = world.db.updateTable('schoolings').set({ until_day: '2026-11-20' })
    await left.where('student_id', '=', id).execute()
    world.clock.at = new Date('2028-09-01T02:00:00Z')
    expect(await forgetStudents(world, 10)).toBe(1)
  })
  loseStore()
  expect(await sceau('restore', at('copy'), '--json')).toBe(0)
  expect(JSON.parse(lines.join())).toMatchObject({ students: 2, erased: 1 })
  expect(await start()).toBe(1)
  expect(found('data')).toEqual([])
  expect(await sceau('check')).toBe(0)
})

test('a copy of the keys from before an erasure undoes nothing where the list of the erased is', async () => {
  expect(await sceau('backup', at('copy'), '--keys', at('student-keys'))).toBe(0)
  await erase()
  loseStore()
  rmSync(at('data/student-keys'), { recursive: true })
  expect(await sceau('restore', at('copy'), '--keys', at('student-keys'), '--json')).toBe(0)
  expect(JSON.parse(lines.join())).toMatchObject({ students: 2, erased: 1 })
  expect(found('data')).toEqual([])
  // The next copy of the keys is without the key, in the place of the one before.
  const keysIn = (file: string) => {
    const keys = new SqliteDatabase(file, { readonly: true })
    const count = keys.prepare('select count(wrapped) from student_keys').pluck().get()
    keys.close()
    return count
  }
  expect(keysIn(at('student-keys/student-keys.sqlite'))).toBe(3)
  expect(await sceau('backup', '--keys', at('student-keys'))).toBe(0)
  expect(keysIn(at('student-keys/student-keys.sqlite'))).toBe(2)
  expect(readdirSync(at('student-keys'))).toEqual(['student-keys.sqlite'])
})

test('keys of the service that were changed since the backup open it, and the next rewrap takes all of it over', async () => {
  expect(await sceau('backup', at('copy'))).toBe(0)
  const born = () =>
    inside(async ({ db, vault }) => {
      const row = await db.selectFrom('students').selectAll().orderBy('id').executeTakeFirst()
      return vault.open(row!.birth_date_sealed)
    })
  expect(await sceau('key', 'rewrap', '--new-sealing-key')).toBe(0)
  expect(await sceau('key', 'rewrap')).toBe(0)
  loseStore()
  expect(await sceau('restore', at('copy'))).toBe(0)
  expect(await born()).toBe(MARKS.birth)
  expect(await sceau('key', 'rewrap')).toBe(0)
  expect(await born()).toBe(MARKS.birth)
  rmSync(at('copy'), { recursive: true })
  expect(await sceau('backup', at('copy'))).toBe(0)
  loseStore()
  expect(await sceau('restore', at('copy'))).toBe(0)
  expect(await born()).toBe(MARKS.birth)
})

test('it writes over no store, takes nothing but a backup, and no service starts on a sealed one', async () => {
  expect(await sceau('backup', at('copy'))).toBe(0)
  expect(await sceau('restore', at('copy'))).toBe(2)
  expect(errors.join()).toContain('sceau.sqlite is there: move it away')
  loseStore()
  expect(await sceau('backup')).toBe(2)
  expect(errors.join()).toContain('Name the folder')
  expect(await sceau('restore', at('nowhere'))).toBe(2)
  expect(errors.join()).toContain('There is no backup in')
  cpSync(at('copy/sceau.sqlite'), at('data/sceau.sqlite'))
  await expect(openContext(loadConfig(envOf(folder)))).rejects.toThrow('sceau restore')
  expect(await sceau('check', '--json')).toBe(0)
  expect(JSON.parse(lines.join())).toMatchObject({ sound: true, isSealed: true })
  loseStore()
  cpSync(at('keys'), at('other-keys'), { recursive: true })
  rmSync(at('keys'), { recursive: true })
  await inside(() => Promise.resolve())
  loseStore()
  expect(await sceau('restore', at('copy'))).toBe(2)
  expect(errors.join()).toContain('the vault of another service')
})

test('a backup of before students were sealed is restored as it is', async () => {
  expect(await sceau('backup', at('copy'))).toBe(0)
  await inside(({ db }) => sql`vacuum into ${at('plain.sqlite')}`.execute(db))
  cpSync(at('plain.sqlite'), at('copy/sceau.sqlite'))
  loseStore()
  // As `sceau backup` marked it then.
  expect(await sceau('restore', at('copy'))).toBe(2)
  const plain = new SqliteDatabase(at('copy/sceau.sqlite'))
  plain.pragma('user_version = 1')
  plain.close()
  expect(await sceau('restore', at('copy'))).toBe(0)
  expect(await start()).toBe(0)
  expect(await sceau('check')).toBe(0)
})
