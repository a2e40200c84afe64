import { beforeEach, describe, expect, test } from 'vitest'
import { confirmSession } from '../../src/mentoring/confirming/confirm-session.js'
import { confirmedFactsOf, findStudent } from '../../src/mentoring/facts/facts.js'
import { openStudentAccount } from '../../src/mentoring/students/open-student-account.js'
import { mentoringWaiting } from '../../src/mentoring/waiting.js'
import { openWorld, type World } from '../support/world.js'
import { aMember, aPlacement, ADDRESS, aSession, openAcademy, type Academy } from './academy.js'
import { browserOf, textOf } from './browser.js'

let world: World
let academy: Academy

beforeEach(async () => {
  world = await openWorld()
  academy = await openAcademy(world)
  await aMember(world, academy, { id: 'ana', givenName: 'Ana' })
  await aMember(world, academy, { id: 'bilal', givenName: 'Bilal' })
})

const confirmedOf = async (id: string) =>
  confirmedFactsOf(world.db, (await findStudent(world.db, id))!.id)

describe('what waits to be confirmed', () => {
  test('is shown to the company with no more of a student than it needs, to the school in full', async () => {
    await aSession(world, academy, { studentIds: ['ana', 'bilal'] })
    await aPlacement(world, academy, 'ana')
    const company = textOf(await (await browserOf(world, ADDRESS.tutor)).get('/confirm'))
    expect(company).toContain('10 novembre 2026 : 2PC, Lycée DÉMO des Tilleuls')
    expect(company).toContain('Séance Projet, 1 h, « Moule en composite »')
    expect(company).toContain('Ana K. et Bilal K.')
    expect(company).not.toContain('Kerguélen')
    const school = textOf(await (await browserOf(world, ADDRESS.colleague)).get('/confirm'))
    expect(school).toContain('Ana Kerguélen et Bilal Kerguélen')
    expect(school).toContain('Du 2 novembre 2026 au 13 novembre 2026 : Lycée DÉMO des Tilleuls')
    expect(school).toContain('Confirmer les séances et périodes cochées')
  })

  test('is confirmed by a box and one button, says so, and is counted for the first page', async () => {
    const session = await aSession(world, academy, { studentIds: ['ana'] })
    const placement = await aPlacement(world, academy, 'ana')
    expect(await mentoringWaiting(world, academy.tutor)).toMatchObject([
      { href: '/confirm', count: 2 },
    ])
    const tab = await browserOf(world, ADDRESS.tutor)
    const first = await tab.send('/confirm', { facts: `session:${session}` })
    expect(first.headers.location).toBe('/confirm')
    expect(textOf(await tab.get('/confirm'))).toContain('1 séance confirmée.')
    await tab.send('/confirm', { facts: `placement:${placement}` })
    const text = textOf(await tab.get('/confirm'))
    expect(text).toContain('1 période confirmée.')
    expect(text).toContain('Rien ne vous attend')
    expect(await mentoringWaiting(world, academy.tutor)).toEqual([])
    expect(await confirmedOf('ana')).toHaveLength(2)
  })

  test('is not for whoever recorded it, nor a second time', async () => {
    const session = await aSession(world, academy, { studentIds: ['ana'] })
    const fields = { facts: `session:${session}` }
    const author = await browserOf(world, ADDRESS.teacher)
    expect(textOf(await author.get('/confirm'))).toContain('Rien ne vous attend')
    const own = await author.send('/confirm', fields)
    expect(own.status).toBe(403)
    expect(textOf(own)).toContain('Vous l’avez saisi vous-même')
    await confirmSession(world, academy.tutor, session)
    const late = await (await browserOf(world, ADDRESS.colleague)).send('/confirm', fields)
    expect(late.status).toBe(409)
    expect(textOf(late)).toContain('C’est déjà confirmé')
  })

  test('is confirmed several at once, each as an act of its own', async () => {
    const ids = []
    for (const day of ['2026-11-03', '2026-11-10'])
      ids.push(await aSession(world, academy, { studentIds: ['ana'], day }))
    const placement = await aPlacement(world, academy, 'ana')
    const tab = await browserOf(world, ADDRESS.tutor)
    const facts = [...ids.map((id) => `session:${id}`), `placement:${placement}`]
    const answer = await tab.send('/confirm', { facts })
    expect(answer.headers.location).toBe('/confirm')
    expect(textOf(await tab.get('/confirm'))).toContain('2 séances et 1 période confirmées.')
    expect(await confirmedOf('ana')).toHaveLength(3)
    const steps = await world.db.selectFrom('audit').select('action').execute()
    expect(steps.filter(({ action }) => action.endsWith('.confirmed'))).toHaveLength(3)
  })

  test('of several, what is refused is named with its reason, and holds up no other', async () => {
    const late = await aSession(world, academy, { studentIds: ['ana'], day: '2026-11-03' })
    const good = await aSession(world, academy, { studentIds: ['ana'] })
    await confirmSession(world, academy.tutor, late)
    const tab = await browserOf(world, ADDRESS.colleague)
    const facts = [`session:${late}`, `session:${good}`, 'session:unknown']
    const answer = await tab.send('/confirm', { facts })
    expect(answer.status).toBe(409)
    const text = textOf(answer)
    expect(text).toContain('1 séance confirmée.')
    expect(text).toContain('2 lignes n’ont pas été confirmées')
    expect(text).toContain('C’est déjà confirmé')
    expect(await confirmedOf('ana')).toHaveLength(2)
  })

  test('wants one ticked box at least, of the kinds that there are', async () => {
    await aSession(world, academy, { studentIds: ['ana'] })
    const tab = await browserOf(world, ADDRESS.tutor)
    for (const facts of [[], ['badge:x']]) {
      const answer = await tab.send('/confirm', { facts })
      expect(answer.status).toBe(400)
      expect(answer.text).toContain('<a href="#field-facts">Cochez au moins une ligne.</a>')
      expect(answer.text).toContain('id="field-facts"')
    }
  })

  test('has pages of twenty, and the last one for whoever asks beyond', async () => {
    for (let day = 1; day <= 21; day++)
      await aSession(world, academy, {
        studentIds: ['ana'],
        day: `2026-10-${String(day).padStart(2, '0')}`,
      })
    const tab = await browserOf(world, ADDRESS.tutor)
    const first = await tab.get('/confirm')
    expect(first.text.match(/type="checkbox"/g)).toHaveLength(20)
    expect(textOf(first)).toContain('Page 1 sur 2')
    const last = await tab.get('/confirm?page=7')
    expect(last.text.match(/type="checkbox"/g)).toHaveLength(1)
    expect(textOf(last)).toContain('21 octobre 2026')
  })

  test('a liaison officer confirms sessions, and no placements', async () => {
    await aSession(world, academy, { studentIds: ['ana'] })
    const placement = await aPlacement(world, academy, 'ana')
    expect(await mentoringWaiting(world, academy.officer)).toMatchObject([{ count: 1 }])
    const tab = await browserOf(world, ADDRESS.officer)
    expect(textOf(await tab.get('/confirm'))).not.toContain('Période en entreprise')
    const answer = await tab.send('/confirm', { facts: `placement:${placement}` })
    expect(answer.status).toBe(403)
  })

  test('is not there for another lycée or company, and no page for a student', async () => {
    const session = await aSession(world, academy, { studentIds: ['ana'] })
    for (const address of [ADDRESS.stranger, ADDRESS.otherTutor]) {
      const tab = await browserOf(world, address)
      expect(textOf(await tab.get('/confirm'))).toContain('Rien ne vous attend')
      expect((await tab.send('/confirm', { facts: `session:${session}` })).status).toBe(404)
    }
    const email = 'ana@example.org'
    await openStudentAccount(world, academy.teacher, { studentId: 'ana', email })
    const pupil = await browserOf(world, email)
    expect((await pupil.get('/confirm')).status).toBe(404)
    expect(await confirmedOf('ana')).toEqual([])
  })

  test('is complete in English', async () => {
    await aSession(world, academy, { studentIds: ['ana'] })
    await aPlacement(world, academy, 'ana')
    const tab = await browserOf(world, ADDRESS.tutor)
    const text = textOf(await tab.get('/confirm?lang=en'))
    expect(text).toContain('10 November 2026: 2PC')
    expect(text).not.toMatch(/Confirmer|Durée|Sujet|Élève|Tuteur|Présence/)
  })
})

describe('the record of a student', () => {
  const CONTEST = { do: 'contest', version: '1' }
  const pupil = async () => {
    const email = 'ana@example.org'
    await openStudentAccount(world, academy.teacher, { studentId: 'ana', email })
    return browserOf(world, email)
  }

  test('holds their own facts alone', async () => {
    await aSession(world, academy, { studentIds: ['bilal'], day: '2026-10-06' })
    await aSession(world, academy, { studentIds: ['ana'] })
    await aPlacement(world, academy, 'ana')
    const text = textOf(await (await pupil()).get('/my-record'))
    expect(text).toContain('Séance Projet 10 novembre 2026 1 h Moule en composite')
    expect(text).toContain('Période en entreprise du 2 novembre 2026')
    expect(text).not.toContain('6 octobre 2026')
    expect(text).not.toContain('Bilal')
  })

  test('is told by school year: the newest open, older ones folded', async () => {
    await aSession(world, academy, { studentIds: ['ana'] })
    await world.db.updateTable('mentoring_sessions').set({ day: '2025-03-04' }).execute()
    await aSession(world, academy, { studentIds: ['ana'] })
    const [open = '', folded = ''] = (await (await pupil()).get('/my-record')).text.split(
      '<details',
    )
    expect(open).toContain('<h2>Année scolaire 2026-2027</h2>')
    expect(open).not.toContain('4 mars 2025')
    expect(folded).toContain('Année scolaire 2024-2025')
    expect(folded).toContain('(1 fait)')
    expect(folded).toContain('4 mars 2025')
  })

  test('a fact is contested with a reason, and plainly no longer counts', async () => {
    const session = await aSession(world, academy, { studentIds: ['ana', 'bilal'] })
    await confirmSession(world, academy.tutor, session)
    const tab = await pupil()
    const path = `/my-record/session/${session}/contest`
    expect((await tab.get(path)).status).toBe(200)
    const answer = await tab.send(path, { ...CONTEST, reason: 'J’étais absente.' })
    expect(answer.headers.location).toBe('/my-record')
    const text = textOf(await tab.get('/my-record'))
    expect(text).toContain('C’est contesté : ce fait ne compte plus.')
    expect(text).toContain('Contestée, ne compte plus Vous avez dit : J’étais absente.')
    expect(await confirmedOf('ana')).toEqual([])
    expect(await confirmedOf('bilal')).toHaveLength(1)
    const taken = textOf(await tab.get(path))
    expect(taken).toContain('Retirer ma contestation')
    expect(taken).not.toContain('Contester ce fait')
    const cohort = await browserOf(world, ADDRESS.teacher)
    expect(textOf(await cohort.get(`/cohorts/${academy.cohortId}`))).toContain('Contestée par 1')
    expect(textOf(await cohort.get('/students/ana'))).toContain('J’étais absente.')
  })

  test('a contested placement is confirmed by nobody any more', async () => {
    const placement = await aPlacement(world, academy, 'ana')
    await (
      await pupil()
    ).send(`/my-record/placement/${placement}/contest`, { ...CONTEST, reason: 'Faux' })
    expect(await mentoringWaiting(world, academy.tutor)).toEqual([])
  })

  test('wants a reason, and keeps one that is too long', async () => {
    const session = await aSession(world, academy, { studentIds: ['ana'] })
    const tab = await pupil()
    const path = `/my-record/session/${session}/contest`
    expect((await tab.send(path, { ...CONTEST, reason: ' ' })).text).toContain('id="error-reason"')
    const long = await tab.send(path, { ...CONTEST, reason: 'x'.repeat(501) })
    expect(long.status).toBe(400)
    expect(long.text).toContain('x'.repeat(501))
  })

  test('is not there for others, and holds nobody else’s facts to contest', async () => {
    const session = await aSession(world, academy, { studentIds: ['bilal'] })
    const tab = await pupil()
    const path = `/my-record/session/${session}/contest`
    expect((await tab.get(path)).status).toBe(404)
    expect((await tab.send('/my-record', {})).status).toBe(405)
    expect((await tab.get(`/my-record/placement/${session}/contest`)).status).toBe(404)
    for (const address of [ADDRESS.teacher, ADDRESS.tutor]) {
      const other = await browserOf(world, address)
      expect((await other.get('/my-record')).status).toBe(404)
      expect((await other.get(path)).status).toBe(404)
    }
  })

  test('is complete in English', async () => {
    const session = await aSession(world, academy, { studentIds: ['ana'] })
    const tab = await pupil()
    for (const path of ['/my-record', `/my-record/session/${session}/contest`]) {
      expect(textOf(await tab.get(`${path}?lang=en`))).not.toMatch(
        /Séance|Contester|Durée|Attend|Ce qui est faux/,
      )
    }
  })
})
