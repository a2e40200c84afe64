import { beforeEach, describe, expect, test } from 'vitest'
import { endLeavers, GOES_ON } from '../../src/mentoring/imports/end-leavers.js'
import { importClassList } from '../../src/mentoring/imports/import-class-list.js'
import { auditOf, refusalOf } from '../people/people.js'
import { csvOf, pixRows } from '../support/csv.js'
import { demoStudents } from '../support/siecle.js'
import { openWorld, type World } from '../support/world.js'
import { ADDRESS, aMember, aStudent, openAcademy, type Academy } from './academy.js'
import { browserOf, textOf } from './browser.js'

let world: World
let academy: Academy
let importId: string

/** Ana and Bilal are in the cohort, Chloé in none; the list of November has none of them. */
beforeEach(async () => {
  world = await openWorld()
  academy = await openAcademy(world)
  await aMember(world, academy, { id: 'ana', givenName: 'Ana' })
  await aMember(world, academy, { id: 'bilal', givenName: 'Bilal' })
  await aStudent(world, academy, { id: 'chloe', givenName: 'Chloé' })
  importId = await importing()
})

async function importing(): Promise<string> {
  const file = csvOf(pixRows(demoStudents(2)))
  const input = { schoolId: academy.school.publicId, schoolYear: 2026, file }
  const receipt = await importClassList(world, academy.teacher, input)
  return receipt.id
}

const ending = (changes: Partial<Parameters<typeof endLeavers>[2]> = {}, actor = academy.teacher) =>
  endLeavers(world, actor, {
    importId,
    who: ['ana'],
    lastDay: '2026-11-20',
    reason: 'REORIENTATION',
    ...changes,
  })
/** By student: the last day at the school, and in the cohort with the reason. */
async function ends() {
  const schoolings = await world.db
    .selectFrom('schoolings')
    .innerJoin('students', 'students.id', 'schoolings.student_id')
    .leftJoin('enrolments', 'enrolments.student_id', 'students.id')
    .select([
      'students.public_id',
      'schoolings.until_day as left',
      'enrolments.until_day as out',
      'enrolments.exit_reason as reason',
    ])
    .where('students.public_id', 'in', ['ana', 'bilal', 'chloe'])
    .execute()
  return Object.fromEntries(
    schoolings.map(({ public_id, left, out, reason }) => [public_id, [left, out, reason]]),
  )
}
const NONE = [null, null, null]

describe('who left', () => {
  test('has their cohort counted again, also when they go on with it elsewhere', async () => {
    await world.db.deleteFrom('figures_due').execute()
    await ending({ reason: GOES_ON })
    expect(await world.db.selectFrom('figures_due').selectAll().execute()).toHaveLength(1)
  })

  test('is out of the school and of the cohort by one act, and no longer proposed', async () => {
    expect(await ending()).toBe(1)
    expect(await ends()).toEqual({
      ana: ['2026-11-20', '2026-11-20', 'REORIENTATION'],
      bilal: NONE,
      chloe: NONE,
    })
    const actions = await auditOf(world)
    expect(actions.filter((one) => /^(schooling|enrolment)\.ended$/.test(one))).toHaveLength(2)
    const audit = await world.db.selectFrom('audit').selectAll().execute()
    expect(JSON.stringify(audit)).not.toMatch(/REORIENTATION|Ana|Kergu/)
    importId = await importing()
    expect((await refusalOf(ending())).code).toBe('not-found')
  })

  test('goes on with the cohort at another school, if that is so', async () => {
    await ending({ reason: GOES_ON })
    expect((await ends()).ana).toEqual(['2026-11-20', null, null])
  })

  test('are several, or all, in one step; the second time there is nobody', async () => {
    expect(await ending({ who: ['bilal', 'chloe'] })).toBe(2)
    expect(await ending({ who: 'all' })).toBe(1)
    expect(Object.values(await ends()).map(([left]) => left)).toEqual(Array(3).fill('2026-11-20'))
    expect((await refusalOf(ending({ who: 'all' }))).code).toBe('not-found')
  })

  test('comes back by the next list that has them', async () => {
    const gone = await importClassList(world, academy.teacher, {
      schoolId: academy.school.publicId,
      schoolYear: 2026,
      file: csvOf(pixRows(demoStudents(1))),
    })
    await ending({ importId: gone.id, who: [gone.leavers.at(-1)!.studentId] })
    await importing()
    const rows = await world.db.selectFrom('schoolings').selectAll().orderBy('id').execute()
    expect(rows.slice(-2).map(({ from_day, until_day }) => [from_day, until_day])).toEqual([
      ['2026-09-01', '2026-11-20'],
      ['2026-11-21', null],
    ])
  })
})

describe('nothing is ended', () => {
  test.each([
    ['without a student', { who: [] }, '/studentIds'],
    ['without a day', { lastDay: '' }, '/lastDay'],
    ['before it began', { lastDay: '2026-08-31' }, '/lastDay'],
    ['without a reason', { reason: '' }, '/reason'],
  ])('%s', async (_, changes, pointer) => {
    const error = await refusalOf(ending(changes))
    expect(error.fields.map((field) => field.pointer)).toEqual([pointer])
    expect((await ends()).ana).toEqual(NONE)
  })

  test('for anybody, if one of several cannot be', async () => {
    const [other] = await world.db
      .selectFrom('students')
      .select('public_id')
      .where('given_name', '=', 'Anaïs')
      .execute()
    // Anaïs is in the list: no import proposed her.
    expect((await refusalOf(ending({ who: ['ana', other!.public_id] }))).code).toBe('not-found')
    expect((await ends()).ana).toEqual(NONE)
    await world.db
      .updateTable('schoolings')
      .set({ from_day: '2026-11-22' })
      .where('student_id', '=', (of) =>
        of.selectFrom('students').select('id').where('public_id', '=', 'bilal'),
      )
      .execute()
    expect((await refusalOf(ending({ who: ['ana', 'bilal'] }))).fields[0]!.pointer).toBe('/lastDay')
    expect((await ends()).ana).toEqual(NONE)
  })

  test('MT-01 by a stranger, to whom the import is not there; nor by the liaison officer', async () => {
    expect((await refusalOf(ending({}, academy.stranger))).code).toBe('not-found')
    expect((await refusalOf(ending({}, academy.officer))).code).toBe('forbidden')
    expect((await ends()).ana).toEqual(NONE)
  })
})

test('the receipt leads to the page, where several are ticked, and then says that it is done', async () => {
  const browser = await browserOf(world, ADDRESS.teacher)
  const path = `/imports/${importId}/leavers`
  expect((await browser.get(`/imports/${importId}`)).text).toContain(`href="${path}"`)
  const page = textOf(await browser.get(path))
  expect(page).toContain('Les 3 élèves ci-dessous')
  expect(page).toContain('Ana Kerguélen (2PC)')
  const fields = { who: 'some', lastDay: '2026-11-20', reason: 'DEMENAGEMENT' }
  const wrong = await browser.send(path, fields)
  expect(wrong.text).toMatch(/id="error-studentIds">Cochez au moins un élève/)
  const done = await browser.send(path, { ...fields, studentIds: ['ana', 'chloe'] })
  expect(done.headers.location).toBe(`/imports/${importId}`)
  expect(textOf(await browser.get(`/imports/${importId}`))).toContain('2 scolarités sont terminées')
  expect(textOf(await browser.get(path))).not.toContain('Ana Kerguélen')
  await browser.send(path, { ...fields, who: 'all' })
  expect(textOf(await browser.get(path))).toContain('n’est encore inscrit ici')
  const english = textOf(await browser.get(`${path}?lang=en`))
  expect(english).toContain('None of the students whom this import told of')
})
