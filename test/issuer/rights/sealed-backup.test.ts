import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import SqliteDatabase from 'better-sqlite3'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { planOfBackup, isOpenInBackup } from '../../../src/issuer/rights/seal-backup.js'
import {
  BLANK_IN_BACKUP,
  LEFT_OUT_OF_BACKUP,
  OPEN_IN_BACKUP,
} from '../../../src/issuer/rights/in-backup.data.js'
import { HELD, type Of } from '../../../src/issuer/rights/tables.data.js'
import { openStudentKeys } from '../../../src/key-files/student-keys.js'
import { openParcels, studentsIn } from '../../../src/store/open-parcels.js'
import { openDatabase } from '../../../src/store/open.js'
import { readRows } from '../../../src/store/rows-of.js'
import { copySealed } from '../../../src/store/sealed-copy.js'
import { memoryKeys } from '../../support/keys.js'
import { openEveryRow, type Mark } from './every-row.js'

const DAY = '2026-11-24'
const { vault } = memoryKeys()
let folder: string
let live: string
let store: ReturnType<typeof openEveryRow>
let empty: string
beforeAll(async () => {
  empty = mkdtempSync(join(tmpdir(), 'sceau-empty-'))
  await (await openDatabase(`sqlite:${empty}/empty.sqlite`)).destroy()
})
afterAll(() => rmSync(empty, { recursive: true }))
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sceau-sealed-'))
  live = join(folder, 'live.sqlite')
  copyFileSync(join(empty, 'empty.sqlite'), live)
  store = openEveryRow(live, vault.fingerprint)
})
afterEach(() => {
  store.close()
  rmSync(folder, { recursive: true })
})

const keysFile = () => join(folder, 'keys', 'student-keys.sqlite')
const studentKeys = () => openStudentKeys(keysFile(), vault)
const copy = () => join(folder, 'copy.sqlite')
const backUp = () => {
  rmSync(copy(), { force: true })
  return copySealed(live, copy(), planOfBackup({ vault, studentKeys: studentKeys() }, DAY))
}
/** @returns the file of the store, and how many students are whole in it */
function restore() {
  const file = join(folder, 'restored.sqlite')
  copyFileSync(copy(), file)
  const { of } = studentKeys().findAll()
  return { file, opened: openParcels(file, (student, sealed) => of(student)?.open(sealed)) }
}

const marked = (name: string) => (table: string, column: string) => `${name}·${table}·${column}·é`
const erased = new Set<string>(
  HELD.filter(({ erase }) => erase !== 'keep').map(({ table }) => table),
)
const secret = ({ table, column }: Mark) =>
  erased.has(table) && !isOpenInBackup(table as 'badges', column)

/** Which of these texts stand in the bytes of a file. */
function readIn(file: string, marks: readonly Mark[]): string[] {
  const bytes = readFileSync(file)
  return marks.filter(({ value }) => bytes.includes(value)).map(({ value }) => value)
}

function rowsOf(file: string): Record<string, unknown[]> {
  const database = new SqliteDatabase(file, { readonly: true })
  const tables = database
    .prepare<[], { name: string }>(
      `select name from sqlite_master where type = 'table' order by name`,
    )
    .all()
  const rows = tables.map(({ name }) => [name, database.prepare(`select * from "${name}"`).all()])
  database.close()
  return Object.fromEntries(rows) as Record<string, unknown[]>
}

test('every table that holds something of a student has a row here, so that what follows can fail', () => {
  const marks = store.addStudent('one', marked('one'))
  const rows = rowsOf(live)
  for (const { table } of HELD)
    if (!LEFT_OUT_OF_BACKUP.includes(table)) expect(rows[table]?.length, table).toBeGreaterThan(0)
  store.database.pragma('wal_checkpoint(truncate)')
  expect(readIn(live, marks)).toHaveLength(marks.length)
})

test('in a backup nothing is readable of a student but what the list names, in any byte', () => {
  const marks = store.addStudent('one', marked('one'))
  expect(backUp()).toBe(1)
  expect(readIn(copy(), marks.filter(secret))).toEqual([])
  const open = marks.filter((mark) => !secret(mark) && mark.table !== 'pending_imports')
  expect(readIn(copy(), open)).toHaveLength(open.length)
})

test('who has their keys has every row again, equal in every field, of every table', () => {
  for (const name of ['one', 'two', 'three']) store.addStudent(name, marked(name))
  const before = rowsOf(live)
  backUp()
  const { file, opened } = restore()
  expect(opened).toBe(3)
  const after = rowsOf(file)
  expect(Object.keys(after)).toEqual(Object.keys(before))
  for (const [table, rows] of Object.entries(before)) expect(after[table], table).toEqual(rows)
})

test('once the key of a student is destroyed, nothing that is left reads them in the backup; the others are whole', () => {
  const marks = store.addStudent('one', marked('one'))
  const others = store.addStudent('two', marked('two'))
  backUp()
  const keys = new SqliteDatabase(keysFile(), { readonly: true })
  const [wrapped] = keys
    .prepare<[], string>(`select wrapped from student_keys where student = 'one'`)
    .pluck()
    .all()
  keys.close()
  expect(readFileSync(keysFile()).includes(wrapped!)).toBe(true)
  studentKeys().destroy(['one'])
  studentKeys().scrub()
  store.close()
  rmSync(live)
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' }))
    if (name.includes('.sqlite')) {
      const bytes = readFileSync(join(folder, name))
      for (const text of [wrapped!, vault.open(wrapped!)]) expect(bytes.includes(text)).toBe(false)
      expect(bytes.includes(Buffer.from(vault.open(wrapped!), 'base64url'))).toBe(false)
    }
  const backup = new SqliteDatabase(copy(), { readonly: true })
  const [parcel] = backup
    .prepare<[], string>(`select sealed from parcels where student = 'one'`)
    .pluck()
    .all()
  backup.close()
  expect(() => vault.open(parcel!)).toThrow()
  expect(() => studentKeys().findAll().of('two')?.open(parcel!)).toThrow()
  expect(studentKeys().give(['one'])('one')).toBeUndefined()
  const { file, opened } = restore()
  expect(opened).toBe(1)
  expect(readIn(file, marks.filter(secret))).toEqual([])
  expect(readIn(file, others)).toHaveLength(others.length)
})

test('a student who is erased while the backup is made has no parcel in it', () => {
  store.addStudent('one', marked('one'))
  store.addStudent('two', marked('two'))
  const plan = planOfBackup({ vault, studentKeys: studentKeys() }, DAY)
  copySealed(live, copy(), {
    ...plan,
    seal(students) {
      studentKeys().destroy(['one'])
      return plan.seal(students)
    },
  })
  expect(studentsIn(copy())).toMatchObject([
    { student: 'one', hasParcel: false },
    { student: 'two', hasParcel: true },
  ])
  expect(restore().opened).toBe(1)
})

test('an account with another role, a row of several students, and what waits a few minutes', () => {
  const marks = store.addStudent('one', marked('one'))
  store.addStudent('two', marked('two'))
  const idOf = (sql: string) => store.database.prepare<[], number>(sql).pluck().get()!
  const account = idOf(`select id from persons where public_id = 'person-one'`)
  const school_id = store.shared('organisations')
  const role = { person_id: account, role: 'school-staff', from_day: '2026-09-01', until_day: null }
  store.insert('role_assignments', role, () => 'x')
  store.insert('pending_imports', { person_id: account, school_id }, () => 'class list')
  const session_id = idOf(`select id from mentoring_sessions where public_id = 'session-one'`)
  const student_id = idOf(`select id from students where public_id = 'two'`)
  store.insert('session_students', { session_id, student_id }, () => 'x')
  store.insert('kept_answers', { status: 201 }, () => 'answer about many')
  backUp()
  // As an erasure leaves them.
  const there = readIn(copy(), marks.filter(secret))
  expect(there).toContain('one·persons·given_name·é')
  expect(there).toContain('one·passkeys·name·é')
  expect(there).toContain('one·mentoring_sessions·topic·é')
  expect(there).not.toContain('one·students·given_name·é')
  const { file } = restore()
  const after = rowsOf(file)
  expect(after.pending_imports).toEqual([])
  expect(after.kept_answers).toEqual([expect.objectContaining({ status: 201, body_sealed: null })])
  expect(after.students).toEqual(rowsOf(live).students)
})

/** Every text that an erasure would take from the store: of rows of `HELD`, by who the student is to it. */
async function taken(of: Of): Promise<string[]> {
  const db = await openDatabase(`sqlite:${live}`, 'read')
  const texts: string[] = []
  for (const { table, where, erase } of HELD) {
    if (erase === 'keep' || LEFT_OUT_OF_BACKUP.includes(table)) continue
    const rows = await readRows(db, { table, where: where(of) })
    for (const [column, value] of rows.flatMap((row) => Object.entries(row)))
      if (typeof value === 'string' && !isOpenInBackup(table, column)) texts.push(value)
  }
  await db.destroy()
  return texts
}

test('a letter to an account that stays, for its other role, is taken with no record of it', async () => {
  store.addStudent('one', marked('one'))
  const idOf = (sql: string) => store.database.prepare<[], number>(sql).pluck().get()!
  const personId = idOf(`select id from persons where public_id = 'person-one'`)
  const studentId = idOf(`select id from students where public_id = 'one'`)
  const letter = { key: 'invited person-one 1', to_person_id: null }
  store.insert('outbox_mails', letter, (column) => `invited letter ${column}`)
  const of = { studentId, personId, emailHash: '' }
  const isLetter = (text: string) => text.startsWith('invited letter')
  expect((await taken({ ...of, accountId: personId })).some(isLetter)).toBe(true)
  expect((await taken({ ...of, accountId: -1 })).some(isLetter)).toBe(false)
})

test.each(['another role', 'another record'])(
  'whatever an erasure takes of who has %s, too, is in the parcel: their private address, tries to sign in',
  async (what) => {
    store.addStudent('one', marked('one'))
    const idOf = (sql: string) => store.database.prepare<[], number>(sql).pluck().get()!
    const personId = idOf(`select id from persons where public_id = 'person-one'`)
    const studentId = idOf(`select id from students where public_id = 'one'`)
    const held = { person_id: personId, role: 'school-staff', from_day: '2026-09-01' }
    const record = { person_id: personId, public_id: 'also-one', erased_at: null }
    if (what === 'another role')
      store.insert('role_assignments', { ...held, until_day: null }, () => 'x')
    else store.insert('students', record, (column) => `also one ${column}`)
    const letter = { key: 'private-contact person-one 1', to_person_id: null }
    store.insert('outbox_mails', letter, (column) => `private letter ${column}`)
    // Mails to the account have the texts of those to guardians here.
    store.database.exec('delete from outbox_mails where to_person_id is not null')
    backUp()
    if (what === 'another record')
      // The other record is erased first: with this one the rest goes.
      store.database.exec(`update students set erased_at = 'x' where public_id = 'also-one'`)
    const { email } = store.database
      .prepare<[number], { email: string }>('select email from persons where id = ?')
      .get(personId)!
    const accountId = what === 'another role' ? -1 : personId
    const texts = await taken({
      studentId,
      personId,
      accountId,
      emailHash: vault.fingerprint(email),
    })
    expect(texts).toContain('one·private_contacts·address_sealed·é')
    expect(texts).toContain('private letter letter_sealed')
    expect(texts).toContain(vault.fingerprint(email))
    const bytes = readFileSync(copy())
    expect(texts.filter((text) => bytes.includes(text))).toEqual([])
    const { file } = restore()
    expect(rowsOf(file).private_contacts).toEqual(rowsOf(live).private_contacts)
  },
)

/** A generator with a seed, so that a failure comes again. */
function dice(seed: number) {
  let state = seed
  return (below: number) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}
const ALPHABETS = [
  'abcé',
  'ÀÇŒŸ',
  '李小龙王',
  'Ωμέγα',
  'שלום',
  'नमस्ते',
  '👩🏽‍🎓🇫🇷',
  '\'";\\\u0000\n\t',
  '\u202Ea\u0301',
  '%_--',
]

test.each(Array.from({ length: 12 }, (_, seed) => seed))(
  'of random students with any names, those who stay are whole and nobody reads the others (seed %i)',
  (seed) => {
    const roll = dice(seed + 1)
    const word = () =>
      Array.from({ length: 1 + roll(9) }, () => {
        const letters = [...ALPHABETS[roll(ALPHABETS.length)]!]
        return letters[roll(letters.length)]!
      }).join('')
    const names = Array.from({ length: 2 + roll(4) }, (_, n) => `student-${n}`)
    const marks = new Map(
      names.map((name) => [
        name,
        store.addStudent(name, (table, column) => `${word()}${name}${table}${column}${word()}`),
      ]),
    )
    const before = rowsOf(live)
    backUp()
    const erased = names.filter(() => roll(2) === 0)
    studentKeys().destroy(erased)
    studentKeys().scrub()
    const { file, opened } = restore()
    expect(opened).toBe(names.length - erased.length)
    for (const name of erased)
      for (const one of [file, copy()])
        expect(readIn(one, marks.get(name)!.filter(secret))).toEqual([])
    if (erased.length === 0) expect(rowsOf(file)).toEqual(before)
    for (const name of names.filter((one) => !erased.includes(one)))
      expect(readIn(file, marks.get(name)!)).toHaveLength(marks.get(name)!.length)
  },
)

test('the lists of what is open, left out or blank name tables and columns that are there, and nothing that names somebody', () => {
  const columnsOf = (table: string) =>
    store.database
      .prepare<[], { name: string; type: string }>(`pragma table_info("${table}")`)
      .all()
      .filter(({ type }) => type.toLowerCase() !== 'integer')
      .map(({ name }) => name)
  for (const [table, columns] of Object.entries({ ...OPEN_IN_BACKUP, ...BLANK_IN_BACKUP }))
    expect(columnsOf(table), table).toEqual(expect.arrayContaining([...columns]))
  const held = HELD.map(({ table }) => table)
  expect(held).toEqual(expect.arrayContaining(Object.keys(OPEN_IN_BACKUP)))
  expect(held).toEqual(expect.arrayContaining([...LEFT_OUT_OF_BACKUP]))
  expect(held).not.toEqual(expect.arrayContaining(Object.keys(BLANK_IN_BACKUP)))
  const naming =
    /name|email|label|title|_sealed|fingerprint|comment|note|topic|reason$|content|body/
  const open = Object.entries(OPEN_IN_BACKUP).flatMap(([table, columns]) =>
    columns.map((column) => `${table}.${column}`),
  )
  // Codes of closed lists.
  const codes = ['badge_notices.reason', 'dossiers.reopen_reason', 'dossiers.replacement_reason']
  const more = ['enrolments.exit_reason', 'mentor_pairs.end_reason', 'voided_badges.reason']
  expect(open.filter((one) => naming.test(one.split('.')[1]!)).toSorted()).toEqual(
    [...codes, ...more].toSorted(),
  )
})
