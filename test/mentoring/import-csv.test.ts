import fc from 'fast-check'
import { beforeEach, describe, expect, test } from 'vitest'
import type { Actor } from '../../src/context.js'
import { importClassList, previewClassList } from '../../src/mentoring/imports/import-class-list.js'
import type { Organisation } from '../../src/people/store.js'
import { aLycee, asActor, refusalOf, somebody } from '../people/people.js'
import { csvOf, otherRows, pixRow, PIX_HEADER, pixRows } from '../support/csv.js'
import { demoList, demoStudent, demoStudents, siecleXml } from '../support/siecle.js'
import { openWorld, type World } from '../support/world.js'

let world: World
let school: Pick<Organisation, 'id' | 'publicId'>
let teacher: Actor

beforeEach(async () => {
  world = await openWorld()
  world.clock.at = new Date('2026-08-20T08:00:00Z')
  school = await aLycee(world, 'Lycée DÉMO des Tilleuls')
  const held = { role: 'school-staff', organisationId: school.id } as const
  teacher = await asActor(world, await somebody(world, 'teacher@example.org', held))
  world.clock.at = new Date('2026-11-24T11:00:00Z')
})

const inputOf = (file: Uint8Array, schoolYear = 2026) => ({
  schoolId: school.publicId,
  file,
  schoolYear,
})
const importing = (file: Uint8Array, leaveOutRefused = false) =>
  importClassList(world, teacher, { ...inputOf(file), leaveOutRefused })
const NAMED = {
  columns: {
    ID_NATIONAL: 'N° INE',
    NOM_DE_FAMILLE: 'NOM',
    PRENOM: 'PRENOM',
    DATE_NAISS: 'NE(E) LE',
    CODE_STRUCTURE: 'CLASSE',
  },
  level: '2NDE_PRO',
} as const
const everything = async () => ({
  students: await world.db.selectFrom('students').selectAll().execute(),
  schoolings: await world.db.selectFrom('schoolings').selectAll().execute(),
})

describe('a list in CSV', () => {
  test('is the same as in XML: what one brought in, the other finds unchanged', async () => {
    const students = demoStudents(5)
    expect((await importing(siecleXml(demoList({ students })))).totals).toMatchObject({ new: 5 })
    const before = await everything()
    expect((await importing(csvOf(pixRows(students)))).totals).toMatchObject({ unchanged: 5 })
    expect(await everything()).toEqual(before)
  })

  test('CS-06 the same file again changes nothing', async () => {
    const file = csvOf(pixRows(demoStudents(5)), { encoding: 'windows-1252' })
    expect((await importing(file)).totals).toMatchObject({ new: 5 })
    const before = await everything()
    expect((await importing(file)).totals).toMatchObject({ new: 0, updated: 0, unchanged: 5 })
    expect(await everything()).toEqual(before)
  })

  test('CS-05 with one wrong row brings in nothing, until it is left out', async () => {
    const rows = demoStudents(5).map(pixRow)
    const file = csvOf([PIX_HEADER, ...rows.with(3, rows[3]!.with(7, '31/02/2011'))])
    expect((await refusalOf(importing(file))).code).toBe('rule-refused')
    expect((await everything()).students).toEqual([])
    expect((await importing(file, true)).totals).toMatchObject({ new: 4, refused: 1 })
  })

  test('does not erase what it doesn’t say: sex, MEF', async () => {
    await importing(csvOf(pixRows(demoStudents(3))))
    const before = await everything()
    const { columns } = NAMED
    const mapping = { columns, level: NAMED.level }
    const file = csvOf(otherRows(demoStudents(3)))
    const { totals } = await importClassList(world, teacher, { ...inputOf(file), mapping })
    expect(totals).toMatchObject({ unchanged: 3 })
    expect(await everything()).toEqual(before)
  })

  test('of no form that is known is refused without a word on its columns', async () => {
    const file = csvOf(otherRows(demoStudents(3)))
    const error = await refusalOf(previewClassList(world, teacher, inputOf(file)))
    expect(error.words.fr).toContain('Les colonnes de ce CSV ne sont pas connues')
    const mapping = { ...NAMED, columns: { ...NAMED.columns, ID_NATIONAL: 'INE' } }
    const other = await refusalOf(previewClassList(world, teacher, { ...inputOf(file), mapping }))
    expect(other.words.fr).toContain('Le fichier n’a pas une colonne « INE »')
  })

  test('names its columns in part: each that is missing is told', async () => {
    const { ID_NATIONAL, PRENOM } = NAMED.columns
    const mapping = { columns: { ID_NATIONAL, PRENOM }, level: 'NIVEAU' as const }
    const file = csvOf(otherRows(demoStudents(3)))
    const error = await refusalOf(previewClassList(world, teacher, { ...inputOf(file), mapping }))
    expect(error.fields.map(({ pointer }) => pointer)).toEqual([
      '/missing-NOM_DE_FAMILLE',
      '/missing-DATE_NAISS',
      '/missing-CODE_STRUCTURE',
      '/missing-NIVEAU',
    ])
  })

  test('tells a thousand faults and counts the rest', async () => {
    const rows = demoStudents(1_200, { division: '' }).map(pixRow)
    const preview = await previewClassList(world, teacher, inputOf(csvOf([PIX_HEADER, ...rows])))
    expect(preview.totals.refused).toBe(1_200)
    expect([preview.refused.length, preview.refusedMore]).toEqual([1_000, 200])
  })
})

describe('a declared level', () => {
  const level = ['NIVEAU', '2de pro', 'TLE PRO', 'Bts 1', 'CAP 1', ''] as const
  const file = csvOf(otherRows(demoStudents(5)).map((cells, at) => [...cells, level[at]!]))
  const named = (what: 'NIVEAU' | 'TLE_PRO') => ({
    columns: { ...NAMED.columns, NIVEAU: 'niveau' },
    level: what,
  })

  test('stands in a column of its own, as schools write it', async () => {
    const mapping = named('NIVEAU')
    const preview = await previewClassList(world, teacher, { ...inputOf(file), mapping })
    expect(preview.divisions.map((one) => one.level).sort()).toEqual([
      '2NDE_PRO',
      'BTS1',
      'TLE_PRO',
    ])
    expect(preview).toMatchObject({ ignored: { level: 1 }, totals: { refused: 1 } })
    expect(preview.refused).toMatchObject([{ column: 'NIVEAU', row: 5, place: 9 }])
  })

  test('is the same for all', async () => {
    const mapping = named('TLE_PRO')
    const preview = await previewClassList(world, teacher, { ...inputOf(file), mapping })
    expect(preview.divisions).toEqual([{ division: '2PC', level: 'TLE_PRO', students: 5 }])
  })
})

describe('in summer', () => {
  const three = csvOf(pixRows(demoStudents(3)))
  const one = csvOf(pixRows(demoStudents(1)))

  test.each([
    ['2026-06-30', 2025, 2],
    ['2026-07-01', 2025, 0],
    ['2026-08-31', 2026, 0],
    ['2026-09-01', 2026, 2],
  ])('nobody is proposed for being absent from a list: on %s', async (day, year, count) => {
    await importClassList(world, teacher, inputOf(three, year))
    world.clock.at = new Date(`${day}T08:00:00Z`)
    const { leavers, isSummer } = await previewClassList(world, teacher, inputOf(one, year))
    expect(leavers).toHaveLength(count)
    expect(isSummer).toBe(count === 0)
  })

  test('who has a leaving date is told of all the same', async () => {
    await importing(siecleXml(demoList()))
    world.clock.at = new Date('2027-07-10T08:00:00Z')
    const students = [demoStudent(1, { leftOn: '2027-07-03' }), demoStudent(2)]
    const { leavers } = await importing(siecleXml(demoList({ students })))
    expect(leavers).toMatchObject([{ reason: 'left' }])
  })
})

test('a file whose rows are in another order gives the same plan', async () => {
  await importing(csvOf(pixRows(demoStudents(4))))
  const students = [
    demoStudent(1),
    demoStudent(2, { division: '2PD' }),
    demoStudent(3, { familyName: 'LE BRAZ DÉMO' }),
    ...[5, 6, 6].map((n) => demoStudent(n)),
    demoStudent(7, { birthDate: '2011-02-31' }),
  ]
  const { refused, ...expected } = await previewClassList(
    world,
    teacher,
    inputOf(csvOf(pixRows(students))),
  )
  const order = fc.shuffledSubarray(students, { minLength: students.length })
  await fc.assert(
    fc.asyncProperty(order, async (some) => {
      const found = await previewClassList(world, teacher, inputOf(csvOf(pixRows(some))))
      const { refused: faults, ...summary } = found
      expect({ ...summary, fileDigest: '' }).toEqual({ ...expected, fileDigest: '' })
      expect(faults.map(({ column }) => column).sort()).toEqual(
        refused.map(({ column }) => column).sort(),
      )
    }),
    { numRuns: 20 },
  )
})

test('20,000 students come in at once, and are unchanged the second time', async () => {
  const students = demoStudents(20_000)
  expect((await importing(csvOf(pixRows(students)))).totals).toMatchObject({ new: 20_000 })
  expect((await importing(csvOf(pixRows(students)))).totals).toMatchObject({ unchanged: 20_000 })
}, 120_000)

test('2,000 students of a CSV in the older encoding are imported', async () => {
  const file = csvOf(pixRows(demoStudents(2_000)), { encoding: 'windows-1252' })
  expect((await importing(file)).totals).toMatchObject({ new: 2_000 })
}, 30_000)
