import { strFromU8, unzipSync } from 'fflate'
import { beforeAll, describe, expect, test } from 'vitest'
import { saveSchoolFigures } from '../../../src/mentoring/indicators/school-figures-store.js'
import request from 'supertest'
import { openWorld, type World } from '../../support/world.js'
import { browserOf, textOf } from '../browser.js'
import { anAcademy, REFERENT } from './story.js'

let world: World
let get: Awaited<ReturnType<typeof browserOf>>['get']

beforeAll(async () => {
  world = await openWorld()
  await anAcademy(world, [
    { name: 'Lycée DÉMO Zéphyr', levels: { '2NDE_PRO': 12, '1RE_PRO': 20 }, department: '074' },
    { name: 'Lycée DÉMO Amandier', levels: { '2NDE_PRO': 40 }, department: '074' },
    { name: 'Lycée DÉMO Chêne', levels: { '2NDE_PRO': 40 }, department: '620' },
    { name: 'Lycée DÉMO Minuscule', levels: { '2NDE_PRO': 3 }, department: '001' },
  ])
  const schools = await world.db.selectFrom('organisations').select(['id', 'name']).execute()
  const at = world.now().toISOString()
  for (const { id, name } of schools.filter((one) => /Zéphyr|Amandier|Chêne/.test(one.name))) {
    const of = { schoolId: id, year: 2026 }
    const said = name.endsWith('Chêne') ? {} : { 'public:BOURSIER': 1, 'public:QPV': 11 }
    const companies = { classes: 1, companies: 2, person_day_tenths: 123, equipment_cents: 150_050 }
    const counts = { ...said, ...companies, bac: 25, 'BAC:OBTENU': 19, 'BAC:NON_OBTENU': 6 }
    await saveSchoolFigures(world.db, { ...of, scheme: 'PTECH' }, { counts, at })
    const badges = {
      badges: 9,
      badges_valid: 8,
      badges_revoked: 1,
      endorsed: 4,
      'theme:QUALITE': 9,
    }
    await saveSchoolFigures(world.db, { ...of, scheme: '' }, { counts: badges, at })
  }
  ;({ get } = await browserOf(world, REFERENT))
}, 60_000)

/** What a CSV file says: a row by its cells. */
function rowsOf({ text }: request.Response): string[][] {
  return text
    .split('\r\n')
    .slice(1, -1)
    .map((line) =>
      [...line.matchAll(/"((?:[^"]|"")*)"|([^;]+)|(?<=;)(?=;|$)/g)].map(
        (one) => one[1] ?? one[2] ?? '',
      ),
    )
}

describe('what an academy sees of its schools as wholes', () => {
  test('companies together, badges, outcomes and publics; no small number, and no company by name', async () => {
    const page = textOf(await get('/indicators'))
    expect(page).toContain('Toutes entreprises ensemble : 36,9 jours-personnes donnés')
    expect(page).toMatch(/Financement de matériel 4\s501,5\s€/)
    expect(page).toContain('Badges délivrés dans l’année : 27')
    // 75 results, 57 of them obtained.
    expect(page).toMatch(/Obtenu 57 76\s% de 75/)
    // Chêne has said nothing of publics, and Minuscule stands with it.
    expect(page).toMatch(/Habitants d’un quartier prioritaire \(QPV\) 22 31\s% de 72/)
    expect(page).toMatch(/Boursiers non publié non publié/)
    expect(page.includes('Minuscule')).toBe(false)
  })

  test('a department is narrowed to its schools; one that is too small is said to be so', async () => {
    const whole = await get('/indicators')
    expect(whole.text).toMatch(/<option value="620">Département 2A<\/option>/)
    const narrowed = await get('/indicators?department=620')
    expect(textOf(narrowed)).toContain('trop peu nombreux')
    const page = await get('/indicators?department=074')
    expect(textOf(page)).toContain('72 élèves suivis dans 2 établissements')
    expect(page.text).toContain('<option value="074" selected>Département 74</option>')
    expect(textOf(page)).not.toContain('Chêne')
    expect(textOf(await get('/indicators?department=001'))).toContain('trop peu nombreux')
    // Of no department of the academy, it is left out of account.
    expect(textOf(await get('/indicators?department=999'))).toContain('115 élèves suivis')
  })
})

describe('the figures as a file', () => {
  test('CSV has every number of the page with its definition, school year and day, and no other', async () => {
    const page = await get('/indicators?year=2026')
    const [, link] = /href="(\/indicators\/table\/csv\?[^"]+)"/.exec(page.text)!
    const file = await get(link!.replaceAll('&amp;', '&'))
    expect(file.headers['content-type']).toBe('text/csv; charset=utf-8')
    expect(file.headers['content-disposition']).toContain('indicateurs-2026-2027-2026-11-24.csv')
    const rows = rowsOf(file)
    expect(rows.length).toBeGreaterThan(60)
    const text = textOf(page).replaceAll('\u00a0', ' ')
    for (const row of rows) {
      expect(row).toHaveLength(10)
      const [, label, , , shown, definition, where, , year, day] = row
      expect(text).toContain(shown!.replaceAll(/\s+/g, ' ').replaceAll("'", '’'))
      expect(text).toContain(label!.replaceAll(/\s+/g, ' '))
      expect(definition!.length).toBeGreaterThan(20)
      expect([where, year, day]).toEqual(['Académie DÉMO', '2026-2027', '2026-11-24'])
    }
    expect(file.text.includes('Minuscule')).toBe(false)
  })

  test('a department and a language go with the file', async () => {
    const query = '?year=2026&department=074&lang=en'
    const csv = await get(`/indicators/table/csv${query}`)
    expect(rowsOf(csv)[0]).toContain('Académie DÉMO, Département 74')
    expect(csv.text).toContain('School year')
  })

  test('a stranger gets no file', async () => {
    for (const form of ['csv', 'ods']) {
      expect((await get(`/indicators/table/${form}?place=elsewhere`)).status).toBe(404)
    }
  })

  test('ODS is a spreadsheet with the numbers as numbers', async () => {
    const file = await (
      await browserOf(world, REFERENT)
    ).download('/indicators/table/ods?year=2026')
    const content = strFromU8(unzipSync(file)['content.xml']!)
    const found = ['office:value="115"', 'Obtenu', 'Minuscule'].map((one) => content.includes(one))
    expect(found).toEqual([true, true, false])
  })
})
