import { beforeEach, describe, expect, test } from 'vitest'
import { holdClassList } from '../../src/mentoring/imports/hold.js'
import type { Actor } from '../../src/context.js'
import type { Organisation } from '../../src/people/store.js'
import { aLycee, asActor, somebody } from '../people/people.js'
import { csvOf, OTHER_HEADER, otherRow, otherRows, pixRows } from '../support/csv.js'
import { demoStudent, demoStudents } from '../support/siecle.js'
import { openWorld, type World } from '../support/world.js'
import { browserOf, textOf } from './browser.js'

let world: World
let school: Pick<Organisation, 'id' | 'publicId'>
let teacher: Actor
let browser: Awaited<ReturnType<typeof browserOf>>

beforeEach(async () => {
  world = await openWorld()
  school = await aLycee(world, 'Lycée DÉMO des Tilleuls')
  teacher = await aTeacher('teacher@example.org', school.id)
  browser = await browserOf(world, 'teacher@example.org')
})

const aTeacher = async (email: string, organisationId: number) =>
  asActor(world, await somebody(world, email, { role: 'school-staff', organisationId }))

/** What the columns of OTHER_HEADER are; the last one is never read. */
const FIELDS = [
  'NOM_DE_FAMILLE',
  'PRENOM',
  'DATE_NAISS',
  'CODE_SEXE',
  'ID_NATIONAL',
  'CODE_STRUCTURE',
  'CODE_MEF',
]
const chosen = (fields: readonly string[] = FIELDS, level = 'CODE_MEF') => ({
  level,
  ...Object.fromEntries(fields.map((field, at) => [`column-${at}`, field])),
})
const OTHER = csvOf(otherRows(demoStudents(3)), { encoding: 'windows-1252' })
/** Gives a file as a browser does, and answers where it leads. */
async function give(bytes: Uint8Array): Promise<string> {
  const fields = { schoolId: school.publicId, schoolYear: '2026' }
  const answer = await browser.upload('/import', fields, {
    name: 'l.csv',
    bytes: Buffer.from(bytes),
  })
  expect(answer.headers.location, answer.text).toMatch(/^\/import\/[\w-]{22}$/)
  return answer.headers.location!
}
const studentsKept = async () =>
  (await world.db.selectFrom('students').select('id').execute()).length

test('a known form needs no question', async () => {
  const text = textOf(await browser.get(await give(csvOf(pixRows(demoStudents(3))))))
  expect(text).toContain('Aperçu de l’import')
  expect(text).not.toContain('correspondance des colonnes')
})

describe('a CSV of no form that is known', () => {
  test('asks what its columns are, with a guess and the first values, then imports', async () => {
    const path = await give(OTHER)
    const { text } = await browser.get(path)
    expect(text).toContain('Que contient chaque colonne')
    for (const [at, field] of FIELDS.entries()) {
      const select = text.match(new RegExp(`name="column-${at}"[\\s\\S]*?</select>`))![0]
      expect(select).toMatch(new RegExp(`<option (?=[^>]*selected)[^>]*value="${field}"`))
    }
    expect(text).toContain('5. N° INE')
    expect(text).toMatch(/par exemple «.000000001AA.», «.000000002BB.»/)
    expect(text).not.toContain('000000003CC')
    expect(text).toContain('supprimées dès la lecture du fichier\u00a0: 8. TÉL. PARENT')
    expect(text).not.toContain('0600000000')

    const { headers } = await browser.send(`${path}/columns`, chosen())
    expect(headers.location).toBe(path)
    const preview = await browser.get(path)
    expect(textOf(preview)).toContain('Nouveaux 3')
    expect(preview.text).toContain(`href="${path}/columns"`)
    expect((await browser.send(path, {})).headers.location).toMatch(/^\/imports\//)
    expect(await studentsKept()).toBe(3)
  })

  test('is known the next time, whatever its capitals, and may be explained anew', async () => {
    await browser.send(`${await give(OTHER)}/columns`, chosen())
    const lower = [OTHER_HEADER.map((name) => name.toLowerCase()), otherRow(demoStudent(4))]
    const path = await give(csvOf(lower, { separator: ',' }))
    expect(textOf(await browser.get(path))).toContain('Nouveaux 1')

    expect(textOf(await browser.get(`${path}/columns`))).not.toContain('deviné')
    const fields = FIELDS.with(6, 'NONE')
    await browser.send(`${path}/columns`, chosen(fields, 'BTS1'))
    expect(textOf(await browser.get(path))).toContain('2PC BTS 1re année 1')
    expect(await world.db.selectFrom('column_mappings').selectAll().execute()).toHaveLength(1)
  })

  test('is asked of each school by itself', async () => {
    await browser.send(`${await give(OTHER)}/columns`, chosen())
    school = await aLycee(world, 'Lycée DÉMO des Érables', '9990002Y')
    await aTeacher('other@example.org', school.id)
    browser = await browserOf(world, 'other@example.org')
    expect(textOf(await browser.get(await give(OTHER)))).toContain('Que contient chaque colonne')
  })

  test('is imported by nobody before its columns are said', async () => {
    const path = await give(OTHER)
    const answer = await browser.send(path, {})
    expect(answer.status).toBe(400)
    expect(textOf(answer)).toContain('Les colonnes de ce CSV ne sont pas connues')
    expect(await studentsKept()).toBe(0)
  })

  test('keeps nothing of a student in what is remembered', async () => {
    await browser.send(`${await give(OTHER)}/columns`, chosen())
    const [kept] = await world.db.selectFrom('column_mappings').selectAll().execute()
    expect(kept).toMatchObject({ school_id: school.id, chosen_by_id: teacher.personId })
    expect(JSON.stringify(kept)).not.toMatch(/DÉMO|Anaïs|INE"|000000001AA/)
    const [pending] = await world.db.selectFrom('pending_imports').selectAll().execute()
    expect(JSON.stringify(pending)).not.toMatch(/DÉMO|Anaïs|000000001AA/)
    expect(world.vault.open(pending!.list_sealed)).toContain('Anaïs')
    expect(world.vault.open(pending!.list_sealed)).not.toContain('0600000000')
  })
})

describe('the form of the columns comes back', () => {
  test('with what is missing, each with its place', async () => {
    const path = await give(OTHER)
    const answer = await browser.send(
      `${path}/columns`,
      chosen(FIELDS.with(4, 'NONE').with(6, 'NONE')),
    )
    expect(answer.status).toBe(400)
    for (const field of ['ID_NATIONAL', 'CODE_MEF']) {
      expect(answer.text).toContain(`href="#field-missing-${field}"`)
      expect(answer.text).toContain(`id="field-missing-${field}"`)
    }
    // What was chosen stays.
    expect(answer.text).toMatch(
      /name="column-0"[\s\S]*?<option (?=[^>]*selected)[^>]*value="NOM_DE_F/,
    )
  })

  test('for one field in two columns', async () => {
    const path = await give(OTHER)
    const answer = await browser.send(`${path}/columns`, chosen(FIELDS.with(1, 'NOM_DE_FAMILLE')))
    expect(textOf(answer)).toContain(
      'Les colonnes 1 et 2 sont toutes deux dites « nom de famille »',
    )
    expect(answer.text).toContain('id="error-column-1"')
  })

  test.each([
    ['a field that is none', chosen(FIELDS.with(0, '__proto__'))],
    ['the row as a whole', chosen(FIELDS.with(0, 'LIGNE'))],
    ['a level that is none', chosen(FIELDS, 'CM2')],
    [
      'a column that is never read',
      { ...chosen(FIELDS.with(0, 'NONE')), 'column-7': 'NOM_DE_FAMILLE' },
    ],
    [
      'a column that is not there',
      { ...chosen(FIELDS.with(0, 'NONE')), 'column-99': 'NOM_DE_FAMILLE' },
    ],
  ])('CS-04 for %s', async (_, fields) => {
    const path = await give(OTHER)
    expect((await browser.send(`${path}/columns`, fields)).status).toBe(400)
    expect(await world.db.selectFrom('column_mappings').selectAll().execute()).toEqual([])
  })
})

describe('whom the columns are for', () => {
  test('the person who gave the file alone; a list of SIECLE has none', async () => {
    const id = await holdClassList(world, teacher, {
      schoolId: school.publicId,
      schoolYear: 2026,
      file: OTHER,
    })
    await aTeacher('colleague@example.org', school.id)
    const colleague = await browserOf(world, 'colleague@example.org')
    expect((await colleague.get(`/import/${id}/columns`)).status).toBe(410)
    expect((await browser.get(`/import/${id}/columns`)).status).toBe(200)
    const known = await give(csvOf(pixRows(demoStudents(1))))
    expect((await browser.get(`${known}/columns`)).status).toBe(404)
  })

  test('it is complete in English', async () => {
    const { text } = await browser.get(`${await give(OTHER)}/columns?lang=en`)
    expect(text).toContain('What is in each column?')
    expect(text).not.toMatch(/Choisir|Dites|colonne|niveau|par exemple|prénom/)
  })
})
