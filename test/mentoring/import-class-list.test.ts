import { Writable } from 'node:stream'
import { pino } from 'pino'
import { sql } from 'kysely'
import { beforeEach, describe, expect, test } from 'vitest'
import type { Actor } from '../../src/context.js'
import { importClassList, previewClassList } from '../../src/mentoring/imports/import-class-list.js'
import type { Organisation } from '../../src/people/store.js'
import { OPERATOR } from '../../src/people/operator.js'
import { validateAudit } from '../../src/store/audit.js'
import { aCompany, aLycee, asActor, auditOf, refusalOf, somebody } from '../people/people.js'
import { STORES } from '../support/dialects.js'
import {
  demoIne,
  demoList,
  demoStudent,
  demoStudents,
  planted,
  siecleXml,
} from '../support/siecle.js'
import type { WrittenList } from '../../src/mentoring/class-list/write-siecle.js'
import { openWorld, type World } from '../support/world.js'

let world: World
let school: Pick<Organisation, 'id' | 'publicId'>
let teacher: Actor

beforeEach(async () => {
  await given(await openWorld())
})

async function given(one: World) {
  world = one
  world.clock.at = new Date('2026-08-20T08:00:00Z')
  school = await aLycee(world, 'Lycée DÉMO des Tilleuls')
  const held = { role: 'school-staff', organisationId: school.id } as const
  teacher = await asActor(world, await somebody(world, 'teacher@example.org', held))
  world.clock.at = new Date('2026-11-24T11:00:00Z')
}

const inputOf = (list: Partial<WrittenList> = {}, schoolId = school.publicId) => {
  const whole = demoList(list)
  return { schoolId, file: siecleXml(whole), schoolYear: whole.schoolYear }
}
const importing = (list: Partial<WrittenList> = {}, leaveOutRefused = false) =>
  importClassList(world, teacher, { ...inputOf(list), leaveOutRefused })
const schoolings = () =>
  world.db
    .selectFrom('schoolings')
    .innerJoin('students', 'students.id', 'schoolings.student_id')
    .select([
      'ine_fingerprint',
      'level',
      'division',
      'from_day',
      'until_day',
      'schoolings.school_id',
    ])
    .orderBy('schoolings.id')
    .execute()
const ofIne = async (n: number) =>
  (await schoolings()).filter((one) => one.ine_fingerprint === world.vault.fingerprint(demoIne(n)))
const countOf = async (table: 'students' | 'schoolings' | 'class_list_imports' | 'audit') =>
  (await world.db.selectFrom(table).select('id').execute()).length

describe('the thirty students of the fixture', () => {
  const totals = { new: 26, updated: 0, unchanged: 0, ignored: 1, refused: 3 }

  test('a preview tells totals, and writes nothing', async () => {
    const before = await countOf('audit')
    const preview = await previewClassList(world, teacher, inputOf({ students: planted() }))
    expect(preview).toMatchObject({ totals, ignored: { left: 1, level: 0 }, leavers: [], moved: 0 })
    expect(preview.divisions).toEqual([{ division: '2PC', level: '2NDE_PRO', students: 26 }])
    expect(preview.refused.map(({ row, column, shape }) => [row, column, shape])).toEqual([
      [10, 'ID_NATIONAL', ''],
      [29, 'ID_NATIONAL', '999999999AA'],
      [30, 'ID_NATIONAL', '999999999AA'],
    ])
    expect(await countOf('students')).toBe(0)
    expect(await countOf('audit')).toBe(before)
  })

  test('CS-05 nothing is imported while rows are refused', async () => {
    const error = await refusalOf(importing({ students: planted() }))
    expect(error).toMatchObject({ code: 'rule-refused', fields: [{ pointer: '/leaveOutRefused' }] })
    expect(error.words.fr).toBe('Lignes refusées : 3. Rien n’est importé.')
    expect(await countOf('students')).toBe(0)
  })

  test('the good rows are imported when that is asked for', async () => {
    const receipt = await importing({ students: planted() }, true)
    expect(receipt).toMatchObject({ totals })
    expect(await countOf('students')).toBe(26)
    expect(await countOf('schoolings')).toBe(26)
    expect(await ofIne(1)).toMatchObject([
      { level: '2NDE_PRO', division: '2PC', from_day: '2026-09-01', until_day: null },
    ])
  })

  test('a file of another school is refused whole, and says whose it is', async () => {
    const error = await refusalOf(importing({ uai: '9990002Y', students: planted() }, true))
    expect(error.words.en).toContain(
      'its UAJ is 9990002Y, and the UAI of the lycée chosen is 9990001X',
    )
    expect(await countOf('students')).toBe(0)
  })
})

describe('what is stored', () => {
  test('is a fingerprint of the INE and a sealed birth date, never either in clear', async () => {
    await importing()
    const rows = JSON.stringify(await world.db.selectFrom('students').selectAll().execute())
    expect(rows).toContain('Anaïs')
    for (const clear of [demoIne(1), '2011-02-02', '02/02/2011']) expect(rows).not.toContain(clear)
    const [first] = await world.db.selectFrom('students').selectAll().orderBy('id').execute()
    expect(world.vault.open(first!.birth_date_sealed)).toBe('2011-02-02')
  })

  test('MT-07 no log, audit line or receipt has a name, an INE or a birth date', async () => {
    const written: string[] = []
    const write = (line: Buffer, _: unknown, done: () => void) => (
      written.push(String(line)),
      done()
    )
    world = { ...world, log: pino({ level: 'debug' }, new Writable({ write })) }
    await importing({ students: planted() }, true)
    await refusalOf(importing({ students: planted() }))
    for (const table of ['audit', 'class_list_imports'] as const) {
      written.push(JSON.stringify(await world.db.selectFrom(table).selectAll().execute()))
    }
    const all = written.join('')
    expect(all).toContain('class-list-imported')
    for (const { familyName, givenName, ine } of planted()) {
      for (const personal of [familyName, givenName, ine]) {
        if (personal !== '') expect(all).not.toContain(personal)
      }
    }
    expect(all).not.toMatch(/\d\d\/\d\d\/2011|2011-\d\d-\d\d/)
  })

  test('has one audit line with the counts, in a chain that stays sound', async () => {
    const { id } = await importing()
    const line = await world.db
      .selectFrom('audit')
      .selectAll()
      .where('action', '=', 'class-list.imported')
      .executeTakeFirstOrThrow()
    expect(line).toMatchObject({ subject: id, actor: teacher.publicId })
    expect(JSON.parse(line.details)).toMatchObject({
      school: school.publicId,
      schoolYear: 2026,
      new: 3,
    })
    expect((await validateAudit(world.db)).sound).toBe(true)
  })
})

describe('a second import', () => {
  test('CS-06 of the same file changes nothing', async () => {
    await importing()
    const before = await world.db.selectFrom('students').selectAll().execute()
    const again = await importing()
    expect(again.totals).toEqual({ new: 0, updated: 0, unchanged: 3, ignored: 0, refused: 0 })
    expect(await world.db.selectFrom('students').selectAll().execute()).toEqual(before)
    expect(await countOf('schoolings')).toBe(3)
  })

  test('updates a name that was corrected, and duplicates nobody', async () => {
    await importing()
    const students = [
      demoStudent(1, { familyName: 'LE BRAZ DÉMO' }),
      demoStudent(2),
      demoStudent(3),
    ]
    expect((await importing({ students })).totals).toMatchObject({ updated: 1, unchanged: 2 })
    expect(await countOf('students')).toBe(3)
    const names = await world.db.selectFrom('students').select('family_name').execute()
    expect(names.map((one) => one.family_name)).toContain('LE BRAZ DÉMO')
  })

  test('gives no student the record of another when two INE were swapped', async () => {
    await importing()
    const [first, second] = [demoStudent(1), demoStudent(2)]
    const students = [{ ...first, ine: second.ine }, { ...second, ine: first.ine }, demoStudent(3)]
    expect((await refusalOf(importing({ students }))).code).toBe('rule-refused')
    const { totals, leavers } = await importing({ students }, true)
    expect(totals).toMatchObject({ updated: 0, unchanged: 1, refused: 2 })
    expect(leavers).toEqual([])
    const kept = await world.db.selectFrom('students').select('given_name').orderBy('id').execute()
    expect(kept.map(({ given_name }) => given_name)).toEqual([
      first.givenName,
      second.givenName,
      demoStudent(3).givenName,
    ])
  })

  test('of the next year ends one schooling and begins the next', async () => {
    await importing()
    world.clock.at = new Date('2027-09-06T08:00:00Z')
    const students = demoStudents(2, { mef: '24722503321', division: '1PC' })
    const { totals, leavers } = await importing({ students, schoolYear: 2027 })
    expect(totals).toMatchObject({ new: 0, updated: 2 })
    expect(leavers).toMatchObject([{ reason: 'absent' }])
    expect(await ofIne(1)).toMatchObject([
      { level: '2NDE_PRO', division: '2PC', from_day: '2026-09-01', until_day: '2027-08-31' },
      { level: '1RE_PRO', division: '1PC', from_day: '2027-09-01', until_day: null },
    ])
    expect(await ofIne(3)).toMatchObject([{ until_day: null }])
    const late = await refusalOf(importing({ students: demoStudents(2) }))
    expect(late.words.en).toContain('No student of this list can be imported')
  })

  test('proposes who left, and ends nothing', async () => {
    await importing()
    const students = [demoStudent(1, { leftOn: '2026-11-02' }), demoStudent(2)]
    const { leavers } = await importing({ students })
    expect(leavers.map(({ reason }) => reason)).toEqual(['left', 'absent'])
    expect((await schoolings()).filter((one) => one.until_day !== null)).toEqual([])
  })
})

describe('a student known at another school of the service', () => {
  test('moves, which the preview says and the audit tells', async () => {
    const other = await aLycee(world, 'Lycée DÉMO des Érables', '9990002Y')
    const list = { uai: '9990002Y', students: demoStudents(1) }
    await importClassList(world, OPERATOR, inputOf(list, other.publicId))
    const preview = await previewClassList(world, teacher, inputOf())
    expect(preview).toMatchObject({ moved: 1, totals: { new: 2, updated: 1 } })
    expect(preview.warnings[0]!.fr).toContain('connu dans un autre lycée')

    await importing()
    expect(await ofIne(1)).toMatchObject([
      { school_id: other.id, until_day: '2026-11-23' },
      { school_id: school.id, from_day: '2026-11-24', until_day: null },
    ])
    const owners = await world.db.selectFrom('students').select('school_id').execute()
    expect(new Set(owners.map(({ school_id }) => school_id))).toEqual(new Set([school.id]))
    expect(await auditOf(world)).toContain('student.moved')
    expect((await importing()).totals).toMatchObject({ unchanged: 3 })
  })
})

describe('who may import', () => {
  test.each(['preview', 'import'])(
    'MT-01 to a stranger the school is not there: %s',
    async (what) => {
      const company = await aCompany(world)
      const other = await aLycee(world, 'Lycée DÉMO des Érables', '9990002Y')
      const act = what === 'preview' ? previewClassList : importClassList
      const strangers = [
        { role: 'school-staff', organisationId: other.id },
        { role: 'student', organisationId: school.id },
        { role: 'company-admin', organisationId: company.id },
      ] as const
      for (const [at, held] of strangers.entries()) {
        const actor = await asActor(world, await somebody(world, `${at}@example.org`, held))
        expect((await refusalOf(act(world, actor, inputOf()))).code).toBe('not-found')
      }
      expect((await refusalOf(act(world, teacher, inputOf({}, 'nowhere')))).code).toBe('not-found')
      expect((await refusalOf(act(world, OPERATOR, inputOf({}, company.publicId)))).code).toBe(
        'not-found',
      )
    },
  )

  test('a liaison officer works with the school, and is told that the role does not do', async () => {
    const held = { role: 'liaison-officer', organisationId: school.id } as const
    const officer = await asActor(world, await somebody(world, 'officer@example.org', held))
    expect((await refusalOf(previewClassList(world, officer, inputOf()))).code).toBe('forbidden')
  })

  test('the operator of the command line may, and no person is named', async () => {
    const { id } = await importClassList(world, OPERATOR, inputOf())
    const row = await world.db
      .selectFrom('class_list_imports')
      .selectAll()
      .executeTakeFirstOrThrow()
    expect(row).toMatchObject({ public_id: id, imported_by_id: null })
  })
})

describe('an import is refused', () => {
  test('for another file than the one that was previewed', async () => {
    const { fileDigest } = await previewClassList(world, teacher, inputOf())
    const other = { ...inputOf({ students: demoStudents(4) }), expected: fileDigest }
    expect((await refusalOf(importClassList(world, teacher, other))).code).toBe('conflict')
    await importClassList(world, teacher, { ...inputOf(), expected: fileDigest })
  })

  test('for the list of another year than the one chosen', async () => {
    const input = { ...inputOf({ schoolYear: 2025 }), schoolYear: 2026 }
    const error = await refusalOf(previewClassList(world, teacher, input))
    expect(error.fields[0]!.pointer).toBe('/schoolYear')
    expect(error.words.en).toContain('of the year 2025-2026, and you chose 2026-2027')
  })

  test.each([2028, 1999, 2026.5, Number.NaN])('for the year %d', async (schoolYear) => {
    const error = await refusalOf(previewClassList(world, teacher, { ...inputOf(), schoolYear }))
    expect(error.fields[0]!.pointer).toBe('/schoolYear')
  })

  test('for a file larger than the limit, before it is read', async () => {
    const file = new Uint8Array(10 << 20)
    const error = await refusalOf(previewClassList(world, teacher, { ...inputOf(), file }))
    expect(error).toMatchObject({ code: 'too-large' })
    expect(error.words.fr).toContain('8 Mio')
  })
})

test('what fails half-way leaves nothing behind', async () => {
  await importing({ students: demoStudents(2) })
  const before = [await countOf('students'), await countOf('audit'), await schoolings()]
  await sql`create trigger full_disk before insert on class_list_imports
    begin select raise(abort, 'disk full'); end`.execute(world.db)
  const students = demoStudents(5, { division: '2PD' })
  await expect(importing({ students })).rejects.toThrow('disk full')
  expect([await countOf('students'), await countOf('audit'), await schoolings()]).toEqual(before)
})

test('two thousand students are imported, again, and a year later', async () => {
  const students = demoStudents(2_000)
  expect((await importing({ students })).totals).toMatchObject({ new: 2_000 })
  expect((await importing({ students })).totals).toMatchObject({ unchanged: 2_000 })
  world.clock.at = new Date('2027-09-06T08:00:00Z')
  const older = demoStudents(2_000, { mef: '24722503321', division: '1PC' })
  expect((await importing({ students: older, schoolYear: 2027 })).totals).toMatchObject({
    updated: 2_000,
  })
}, 30_000)

test.each(STORES)(
  '$name: an import, the same again, and one of the next year',
  async ({ open }) => {
    await given(await openWorld({ db: await open() }))
    expect((await importing()).totals).toMatchObject({ new: 3 })
    expect((await importing()).totals).toMatchObject({ unchanged: 3 })
    world.clock.at = new Date('2027-09-06T08:00:00Z')
    const students = demoStudents(3, { mef: '24722503321', division: '1PC' })
    expect((await importing({ students, schoolYear: 2027 })).totals).toMatchObject({ updated: 3 })
    expect(await countOf('schoolings')).toBe(6)
    await world.db.destroy()
  },
  60_000,
)
