import { beforeEach, describe, expect, test } from 'vitest'
import { confirmSession } from '../../../src/mentoring/confirming/confirm-session.js'
import { openCohort } from '../../../src/mentoring/classes/open-cohort.js'
import { findPlanned } from '../../../src/mentoring/calendar/planned-store.js'
import { openWorld, type World } from '../../support/world.js'
import { aMember, aPlacement, aSession, ADDRESS, openAcademy, type Academy } from '../academy.js'
import { browserOf, textOf } from '../browser.js'
import { contest } from './content.js'

let world: World
let academy: Academy
let browser: Awaited<ReturnType<typeof browserOf>>
let calendar: string

beforeEach(async () => {
  world = await openWorld()
  academy = await openAcademy(world)
  await aMember(world, academy, { id: 'zoe' })
  await aMember(world, academy, { id: 'noe', givenName: 'Noé' })
  browser = await browserOf(world, ADDRESS.teacher)
  calendar = `/cohorts/${academy.cohortId}/calendar`
})

const PLAN = {
  kind: 'PROJET',
  day: '2026-12-01',
  startTime: '14:30',
  minutes: '90',
  topic: 'Moule',
}
const plan = (changes: Record<string, string> = {}) =>
  browser.send(`/cohorts/${academy.cohortId}/planned/new`, {
    ...PLAN,
    withWhom: academy.company.publicId,
    ...changes,
  })
const thePlan = () => world.db.selectFrom('planned_sessions').selectAll().executeTakeFirstOrThrow()

/** What stands in the cell of a day. */
function cellOf(text: string, day: string): string {
  const cell = text.split('<td').find((one) => one.includes(`/calendar/${day}"`)) ?? ''
  return cell
    .replace(/^[^>]*>/, '')
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll('&#39;', '’')
    .replaceAll(/\s+/g, ' ')
}

describe('the calendar of a cohort', () => {
  test('is a table of weeks by days: caption, heads with their scope, roles for phones', async () => {
    const { text, status } = await browser.get(`${calendar}?month=2026-11`)
    expect(status).toBe(200)
    expect(text).toContain('<caption>novembre 2026</caption>')
    expect(text.match(/<th scope="col">/g)).toHaveLength(8)
    expect(text).toContain('<th scope="col">lundi</th>')
    const rows = text.match(/<tr role="row"[^>]*>.*?<\/tr>/gs)!
    expect(rows).toHaveLength(6)
    for (const row of rows) {
      expect(row.match(/<th scope="row" role="rowheader">/g)).toHaveLength(1)
      expect(row.match(/<td role="cell"/g)).toHaveLength(7)
    }
    // Each day once, by name, and it alone is a link to itself.
    expect(text.match(/calendar\/2026-11-\d\d"/g)).toHaveLength(30)
    expect(text).not.toMatch(/style="|onclick|<script(?! src)/)
    const ids = [...text.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id)
    expect(new Set(ids).size).toBe(ids.length)
  })

  test('shows each session as a link with its kind, hours and state in words, and names no student', async () => {
    const session = await aSession(world, academy, { studentIds: ['zoe', 'noe'] })
    const before = cellOf((await browser.get(calendar)).text, '2026-11-10')
    expect(before).toContain('Séance Projet, 1 h')
    expect(before).toContain('Attend une confirmation')
    await confirmSession(world, academy.tutor, session)
    const { text } = await browser.get(calendar)
    expect(cellOf(text, '2026-11-10')).toContain('Confirmée')
    expect(text).toContain(`href="${calendar}/2026-11-10#session-${session}"`)
    expect(text).not.toMatch(/Zoé|Noé|Kergu/)
    const day = await browser.get(`${calendar}/2026-11-10`)
    expect(day.text).toContain(`id="session-${session}"`)
    expect(textOf(day)).toMatch(/Moule en composite.*Composites du Lac DÉMO.*2.*Confirmée/)
    expect(day.text).not.toMatch(/Zoé|Noé|Kergu/)
  })

  test('tells placements in each of their days, by number of students', async () => {
    await aPlacement(world, academy, 'zoe')
    await aPlacement(world, academy, 'noe')
    const { text } = await browser.get(calendar)
    const there = '2 élèves en entreprise : Composites du Lac DÉMO'.replace(' :', '\u00a0:')
    for (const day of ['2026-11-02', '2026-11-09', '2026-11-13']) {
      expect(cellOf(text, day)).toContain(there.replaceAll('\u00a0', ' '))
    }
    for (const day of ['2026-11-01', '2026-11-14'])
      expect(cellOf(text, day)).not.toContain('entreprise')
    expect(text).not.toMatch(/Zoé|Noé|Kergu/)
  })

  test('says which day is today, and offers to record what is past and to plan what is to come', async () => {
    const { text } = await browser.get(calendar)
    expect(cellOf(text, '2026-11-24')).toContain('aujourd’hui')
    expect(text.match(/aujourd’hui/g)).toHaveLength(1)
    const record = `/cohorts/${academy.cohortId}/sessions/new?day=2026-11-23`
    expect(text).toContain(record)
    expect(cellOf(text, '2026-11-23')).toContain('Enregistrer une séance le lundi 23 novembre')
    expect(text).toContain(`/cohorts/${academy.cohortId}/planned/new?day=2026-11-25`)
    expect(cellOf(text, '2026-11-25')).toContain('Prévoir une séance le mercredi 25 novembre')
    expect((await browser.get(record)).status).toBe(200)
  })

  test('leads to the months before and after, and takes what is no month for this one', async () => {
    const { text } = await browser.get(`${calendar}?month=2027-01`)
    expect(text).toContain('<caption>janvier 2027</caption>')
    expect(text).toMatch(/href="[^"]*month=2026-12" rel="prev"/)
    expect(text).toMatch(/href="[^"]*month=2027-02" rel="next"/)
    const odd = await browser.get(`${calendar}?month=<script>`)
    expect(odd.text).toContain('<caption>novembre 2026</caption>')
  })

  test('is complete in English', async () => {
    await aSession(world, academy, { studentIds: ['zoe'] })
    const { text } = await browser.get(`${calendar}?lang=en`)
    expect(text).toContain('<caption>November 2026</caption>')
    expect(cellOf(text, '2026-11-10')).toContain('Project session, 1 h')
    expect(text).not.toMatch(/séance|élève|aujourd/)
  })

  test('is no page of another lycée, nor of the company, nor a day that does not exist', async () => {
    for (const name of ['stranger', 'tutor', 'otherTutor'] as const) {
      const theirs = await browserOf(world, ADDRESS[name])
      for (const path of [calendar, `${calendar}/2026-11-10`]) {
        expect((await theirs.get(path)).status, name).toBe(404)
      }
      const paths = ['planned/new', 'feeds'].map((one) => `/cohorts/${academy.cohortId}/${one}`)
      for (const path of paths) expect((await theirs.get(path)).status, name).toBe(404)
    }
    expect((await browser.get(`${calendar}/2026-11-31`)).status).toBe(404)
  })
})

describe('a session that is planned', () => {
  test('stands in the calendar with its time, and leads to the form in which it is recorded', async () => {
    const sent = await plan({ withWhom: `${academy.company.publicId}.${academy.tutor.publicId}` })
    expect(sent.get('Location')).toBe(`${calendar}?month=2026-12`)
    const { public_id: id } = await thePlan()
    expect(await findPlanned(world.db, id)).toMatchObject({
      day: '2026-12-01',
      startTime: '14:30',
      minutes: 90,
      topic: 'Moule',
      organisationId: academy.company.publicId,
      mentorId: academy.tutor.publicId,
      mentorName: 'Camille Martin',
    })
    const { text } = await browser.get(`${calendar}?month=2026-12`)
    expect(cellOf(text, '2026-12-01')).toContain('Séance Projet, 1 h 30 14:30, prévue')
    world.clock.at = new Date('2026-12-02T11:00:00Z')
    browser = await browserOf(world, ADDRESS.teacher)
    const after = await browser.get(calendar)
    expect(cellOf(after.text, '2026-12-01')).toContain('14:30, prévue, pas encore enregistrée')
    const day = await browser.get(`${calendar}/2026-12-01`)
    expect(day.text).toContain(`/cohorts/${academy.cohortId}/sessions/new?planned=${id}`)
    expect(textOf(day)).toContain('Camille Martin, Composites du Lac DÉMO')
  })

  test('is no fact: no hours, nothing to confirm; once recorded it is planned no more', async () => {
    await plan({ day: '2026-11-24' })
    expect(cellOf((await browser.get(calendar)).text, '2026-11-24')).toContain('prévue')
    expect((await browser.get('/confirm')).text).not.toContain('Moule')
    await aSession(world, academy, { studentIds: ['zoe'], day: '2026-11-24' })
    const cell = cellOf((await browser.get(calendar)).text, '2026-11-24')
    expect(cell).not.toContain('prévue')
    expect(cell).toContain('Attend une confirmation')
  })

  test('is cancelled by a form, once', async () => {
    await plan()
    const { public_id: id } = await thePlan()
    const path = `${calendar}/2026-12-01`
    expect((await browser.send(path, { cancel: id })).status).toBe(303)
    expect(textOf(await browser.get(path))).toContain('La séance est annulée.')
    expect((await browser.send(path, { cancel: id })).status).toBe(409)
    expect((await browser.send(path, { cancel: 'nothing' })).status).toBe(404)
    const audit = await world.db.selectFrom('audit').selectAll().execute()
    const lines = audit.filter(({ subject }) => subject === id)
    expect(lines.map(({ action }) => action)).toEqual(['session.planned', 'session.cancelled'])
    expect(JSON.stringify(lines)).not.toContain('Moule')
  })

  test('is not cancelled through the calendar of another cohort', async () => {
    await plan()
    const { public_id: id } = await thePlan()
    const { teacher, classId } = academy
    const other = await openCohort(world, teacher, { classId, entryYear: 2025 })
    const sent = await browser.send(`/cohorts/${other}/calendar/2026-12-01`, { cancel: id })
    expect(sent.status).toBe(404)
    expect((await thePlan()).cancelled_at).toBeNull()
  })

  test.each([
    [{ day: '2026-11-23' }, 400, 'day', 'Cette date est passée'],
    [{ day: '2028-12-01' }, 400, 'day', 'dans plus de deux ans'],
    [{ day: '2026-13-01' }, 400, 'day', 'n’existe pas'],
    [{ kind: '' }, 400, 'kind', 'Il manque le type'],
    [{ kind: 'TUTORAT' }, 400, 'kind', 'PROJET, IMMERSION, CARRIERE'],
    [{ startTime: '25:00' }, 400, 'startTime', 'n’est pas une heure'],
    [{ minutes: '0' }, 400, 'minutes', 'de 1 à 480 minutes'],
    [{ minutes: 'x' }, 400, 'minutes', 'de 1 à 480 minutes'],
    [{ topic: ' ' }, 400, 'topic', 'Dites le sujet'],
    [{ withWhom: '' }, 400, 'withWhom', 'n’est pas avec la cohorte'],
    [{ withWhom: 'company.nobody' }, 400, 'withWhom', 'n’est pas avec la cohorte'],
  ])('%j is refused beside its field', async (changes, status, field, words) => {
    const sent = await plan(changes)
    expect(sent.status).toBe(status)
    expect(textOf(sent)).toContain(words)
    expect(sent.text).toContain(`id="error-${field}"`)
    expect(await world.db.selectFrom('planned_sessions').selectAll().execute()).toEqual([])
  })

  test('with a mentor of another organisation is refused; the same one twice, too', async () => {
    const { company, otherTutor } = academy
    const foreign = await plan({ withWhom: `${company.publicId}.${otherTutor.publicId}` })
    expect(textOf(foreign)).toContain('n’est pas de cette organisation')
    expect((await plan()).status).toBe(303)
    expect((await plan()).status).toBe(409)
    expect((await plan({ startTime: '16:00' })).status).toBe(303)
    expect((await plan({ startTime: '' })).status).toBe(303)
    expect((await plan({ startTime: '' })).status).toBe(409)
  })
})

test('a session that all contest says so', async () => {
  const session = await aSession(world, academy, { studentIds: ['zoe'] })
  await contest(world, 'zoe', session)
  const cell = cellOf((await browser.get(calendar)).text, '2026-11-10')
  expect(cell).toContain('Contestée')
})
