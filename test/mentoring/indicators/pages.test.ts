import { describe, expect, test } from 'vitest'
import { CompiledQuery } from 'kysely'
import { seeCohort } from '../../../src/mentoring/cohorts/see-cohort.js'
import { findPersonByEmail } from '../../../src/people/store.js'
import { indicatorsPdf } from '../../../src/mentoring/indicators/report-pdf.js'
import { seeIndicators } from '../../../src/mentoring/indicators/see-indicators.js'
import { asActor } from '../../people/people.js'
import { openWorld } from '../../support/world.js'
import { textOfPdf } from '../../support/pdf-text.js'
import { aMember, openAcademy } from '../academy.js'
import { browserOf, textOf } from '../browser.js'
import { anAcademy, REFERENT } from './story.js'

const SCHOOLS = [
  { name: 'Lycée DÉMO Zéphyr', levels: { '2NDE_PRO': 12, '1RE_PRO': 20 } },
  { name: 'Lycée DÉMO Amandier', levels: { '2NDE_PRO': 7 } },
  { name: 'Lycée DÉMO Minuscule', levels: { '2NDE_PRO': 3 } },
  { name: 'Lycée DÉMO Érable', levels: { '2NDE_PRO': 40, '1RE_PRO': 31 } },
  { name: 'Lycée DÉMO Chêne', levels: { '2NDE_PRO': 40 } },
]

describe('the indicators of an academy', () => {
  test('schools stand in the order of their names, those that are too small together and last', async () => {
    const world = await openWorld()
    await anAcademy(world, SCHOOLS)
    const { get } = await browserOf(world, REFERENT)
    const page = await get('/indicators')
    expect(page.status).toBe(200)
    const table = page.text.split('par établissement, dans l’ordre des noms</summary>')[1]!
    const rows = [...table.matchAll(/<th scope="row"[^>]*>([^<]*)<\/th>/g)].map(([, name]) => name)
    // Of 40, 71 and 32: neither the largest nor the smallest first. Minuscule has 3; Amandier, the
    // smallest other, hides how many.
    expect(rows.slice(0, 4)).toEqual([
      'Lycée DÉMO Chêne',
      'Lycée DÉMO Érable',
      'Lycée DÉMO Zéphyr',
      '2 établissements regroupés',
    ])
    expect(textOf(page)).toContain('153 élèves suivis dans 5 établissements')
  })

  test('every plot has a name, a description, a sentence above, a table and definitions', async () => {
    const world = await openWorld()
    await anAcademy(world, SCHOOLS)
    const { get } = await browserOf(world, REFERENT)
    for (const language of ['fr', 'en']) {
      const { text } = await get(`/indicators?year=2026&lang=${language}`)
      const sections = text.split('<section class="plotted">').slice(1)
      expect(sections.length).toBeGreaterThan(5)
      for (const section of sections) {
        expect(section).toMatch(/<h2>[^<]+<\/h2><p>[^<]+<\/p>/)
        expect(section).toContain('<table')
        expect(section).toMatch(/<details(?: open)?><summary>/)
        expect(section).toContain('<dl class="facts">')
        if (!section.includes('<svg')) continue
        expect(section).toMatch(
          /role="img" viewBox="[^"]+" aria-labelledby="([\w-]+)-title \1-desc"/,
        )
        expect(section).toMatch(/<title id="[^"]+">[^<]+<\/title><desc id="[^"]+">[^<]+<\/desc>/)
        expect(section).not.toContain('style=')
      }
    }
  })

  test('a school sees itself, by the same rule as the academy, and not the others', async () => {
    const world = await openWorld()
    await anAcademy(world, SCHOOLS)
    const large = textOf(await (await browserOf(world, 'teacher-3@example.org')).get('/indicators'))
    expect(large).toContain('71 élèves suivis')
    expect(large).toContain('Part des filles')
    expect(large).not.toContain('Zéphyr')
    // 7 would be enough, but the academy's page would then tell of the 3.
    for (const email of ['teacher-1@example.org', 'teacher-2@example.org']) {
      const small = textOf(await (await browserOf(world, email)).get('/indicators'))
      expect(small).toContain('trop peu nombreux')
      expect(small).not.toMatch(/\b[37] élèves/)
    }
  })

  test('a level narrows what is by level; what is no level or year is left out of account', async () => {
    const world = await openWorld()
    await anAcademy(world, SCHOOLS)
    const { get } = await browserOf(world, REFERENT)
    const narrowed = await get('/indicators?level=1RE_PRO')
    const plot = /<desc id="plot-followed-level-desc">([^<]*)</.exec(narrowed.text)?.[1]
    expect(plot).toBe('1re pro: 51')
    expect((await get('/indicators?level=CE2&year=soon&scheme=NONE')).status).toBe(200)
    expect((await get('/indicators?place=school-0')).status).toBe(404)
    expect(textOf(await get('/indicators?year=2019'))).toContain('aucun élève n’est suivi ici')
  })

  test('the report is a tagged PDF with the same figures, for people who may see them', async () => {
    const world = await openWorld()
    await anAcademy(world, SCHOOLS)
    const { get } = await browserOf(world, REFERENT)
    const answer = await get('/indicators/report?year=2026')
    expect(answer.headers['content-type']).toBe('application/pdf')
    expect(answer.headers['content-disposition']).toContain(
      'rapport-comite-de-pilotage-2026-2027-2026-11-24.pdf',
    )
    const referent = await findPersonByEmail(world.db, REFERENT)
    const view = await seeIndicators(world, await asActor(world, referent!), {})
    const around = { timeZone: 'Europe/Paris', now: world.now(), compress: false }
    for (const language of ['fr', 'en'] as const) {
      const text = textOfPdf(await indicatorsPdf(view, { ...around, language }))
      expect(text).toContain({ fr: 'comité de pilotage', en: 'steering committee' }[language])
      expect(text).toContain({ fr: '153 élèves suivis', en: '153 students followed' }[language])
      expect(text).toContain(
        { fr: 'Aucun nombre de personnes', en: 'No number of persons' }[language],
      )
      expect(text).not.toContain('Minuscule')
    }
    const stranger = await get('/indicators/report?place=school-0')
    expect(stranger.status).toBe(404)
  }, 180_000)

  test('neither hot page reads a table from end to end', async () => {
    const world = await openWorld()
    const academy = await openAcademy(world)
    await aMember(world, academy, { id: 'ana' })
    await anAcademy(world, SCHOOLS)
    const asked: CompiledQuery[] = []
    const db = world.db.withPlugin({
      transformQuery({ node, queryId }) {
        asked.push(world.db.getExecutor().compileQuery(node, queryId))
        return node
      },
      transformResult: async ({ result }) => result,
    })
    const referent = await findPersonByEmail(world.db, REFERENT)
    await seeIndicators({ ...world, db }, await asActor(world, referent!), {})
    await seeCohort({ ...world, db }, academy.teacher, academy.cohortId)
    expect(asked.length).toBeGreaterThan(6)
    for (const { sql, parameters } of asked) {
      const plan = await world.db.executeQuery<{ detail: string }>(
        CompiledQuery.raw(`explain query plan ${sql}`, [...parameters]),
      )
      const scans = plan.rows.filter(({ detail }) => /^SCAN/.test(detail))
      expect(scans, sql).toEqual([])
    }
  })
})
