import { Writable } from 'node:stream'
import { pino } from 'pino'
import request from 'supertest'
import { beforeEach, describe, expect, test } from 'vitest'
import { createApp } from '../../../src/app.js'
import { criteriaOf } from '../../../src/mentoring/placements/assessment.js'
import { NEUTRAL_GRID } from '../../../src/mentoring/placements/neutral-grid.data.js'
import { WRITTEN_MENTIONS } from '../../../src/mentoring/placements/agreement.js'
import { findPlacementWithPlan } from '../../../src/mentoring/placements/placements-store.js'
import { openWorld, type World } from '../../support/world.js'
import { ADDRESS, aStudent, openAcademy, type Academy } from '../academy.js'
import { browserOf, textOf } from '../browser.js'
import { accountOf, aSite, plan } from './planned.js'

let world: World
let academy: Academy
let logged: string[]

beforeEach(async () => {
  logged = []
  const stream = new Writable({
    write(line: Buffer, _encoding, done) {
      logged.push(line.toString())
      done()
    },
  })
  world = await openWorld({ log: pino({ level: 'trace' }, stream) })
  academy = await openAcademy(world)
  await aStudent(world, academy, { id: 'ana' })
})

const PLAN = '/students/ana/placements/plan'
const fields = () => ({
  companyId: academy.company.publicId,
  siteId: '',
  tutorId: '',
  tutorGivenName: 'Ida',
  tutorFamilyName: 'Durand',
  referentId: '',
  fromDay: '2026-11-23',
  untilDay: '2026-12-04',
  startTime: '08:30',
  endTime: '16:30',
  dailyHours: '7 h',
  weeklyHours: '35 h',
  work: 'ORDINARY',
  medicalOpinionOn: '',
})

describe('planning on a page', () => {
  test('asks for the company, then all else, and says what is missing', async () => {
    const tab = await browserOf(world, ADDRESS.teacher)
    expect((await tab.get('/students/ana')).text).toContain(`href="${PLAN}"`)
    expect((await tab.get(PLAN)).text).toContain(`${PLAN}?company=${academy.company.publicId}`)
    const form = `${PLAN}?company=${academy.company.publicId}`
    const sent = await tab.send(form, fields())
    expect(sent.status).toBe(303)
    const text = textOf(await tab.get(sent.headers.location!))
    expect(text).toContain('Stage : Zoé Kerguélen')
    expect(text).toContain('9 mentions de la convention')
    expect(text).toContain('2 points avec le tuteur')
    expect(text).toContain('Faites-la signer par toutes les parties')
    expect(text).toContain('moins de 16 ans')
    expect(text).not.toContain('2011')
    const list = textOf(await tab.get('/placements'))
    expect(list).toMatch(/En cours \(1\).*Zoé Kerguélen.*Ida Durand/)
  })

  test('PFMP-05: comes back with the warning to be ticked, and nothing lost', async () => {
    const tab = await browserOf(world, ADDRESS.teacher)
    const form = `${PLAN}?company=${academy.company.publicId}`
    const eight = { ...fields(), dailyHours: '8 h' }
    const refused = await tab.send(form, eight)
    expect(refused.status).toBe(422)
    expect(refused.text).toContain('value="PFMP-05"')
    expect(refused.text).toContain('value="8 h"')
    expect((await tab.send(form, { ...eight, acknowledged: 'PFMP-05' })).status).toBe(303)
  })

  test('says beside the field what is no duration', async () => {
    const tab = await browserOf(world, ADDRESS.teacher)
    const form = `${PLAN}?company=${academy.company.publicId}`
    const refused = await tab.send(form, { ...fields(), weeklyHours: 'beaucoup' })
    expect(refused.status).toBe(400)
    expect(refused.text).toContain('id="error-weeklyHours"')
  })
})

describe('a placement', () => {
  let id: string
  let path: string

  beforeEach(async () => {
    id = await plan(world, academy, {
      ...{ fromDay: '2026-11-16', untilDay: '2026-11-24' },
      ...{ tutorId: '', tutorGivenName: 'Ida', tutorFamilyName: 'Durand' },
    })
    path = `/placements/${id}`
  })

  test('is agreed, signed, visited and completed on its page', async () => {
    const tab = await browserOf(world, ADDRESS.teacher)
    const mentions = Object.fromEntries(WRITTEN_MENTIONS.map((one) => [one, `Texte ${one}`]))
    await tab.send(`${path}/agreement/edit`, mentions)
    const print = textOf(await tab.get(`${path}/agreement`))
    expect(print).toContain('Texte GRATUITY')
    expect(print).toContain('30 minutes de pause après 4 h 30')
    expect(print).not.toContain('Mentions obligatoires qui manquent')
    const sign = { do: 'sign', signedOn: '2026-11-10', manner: 'PAPER' }
    await tab.send(path, { ...sign, party: 'SCHOOL' })
    expect(textOf(await tab.get(path))).toMatch(/signée en partie.*signé sur papier/)
    const visit = { do: 'visit', manner: 'PHONE', finding: 'GOES_WELL' }
    await tab.send(path, { ...visit, day: '2026-11-17' })
    const refused = await tab.send(path, { ...visit, day: '2026-11-15' })
    expect(refused.status).toBe(400)
    // The error is told in the form that was sent, once.
    expect(refused.text.match(/role="alert"/g)).toHaveLength(1)
    expect(textOf(await tab.get(path))).toContain('17 novembre 2026 appel tout va bien')
    await tab.send(path, { do: 'days', daysDone: '6' })
    expect(textOf(await tab.get(path))).toContain('jours saisis, à confirmer')
    const other = await browserOf(world, ADDRESS.colleague)
    await other.send(path, { do: 'confirm' })
    expect((await findPlacementWithPlan(world.db, id))?.confirmedAt).not.toBeNull()
  })

  test('is assessed by its tutor without an account, who sees the name of the student and nothing else', async () => {
    const tab = await browserOf(world, ADDRESS.teacher)
    const made = await tab.send(path, { do: 'ask', gridId: 'neutral-1' })
    const link = /https:\/\/sceau\.example(\/a\/[\w-]+\/placement)"/.exec(made.text)?.[1] ?? ''
    expect(link).not.toBe('')
    expect(made.headers['cache-control']).toBe('no-store')
    expect((await tab.get(path)).text).not.toContain(link)
    const anybody = request(createApp(world))
    const opened = await anybody.get(link).expect(200)
    expect(opened.headers['cache-control']).toBe('no-store')
    expect(opened.text).toContain('Zoé Kerguélen')
    expect(opened.text).not.toMatch(/2011|2PC|Tilleuls|16 ans|mineur|2NDE|000000/)
    const marks = Object.fromEntries(
      criteriaOf(NEUTRAL_GRID).map(({ code }) => [`mark-${code}`, '3']),
    )
    const post = (form: Record<string, string>) =>
      anybody.post(link).set('Sec-Fetch-Site', 'same-origin').type('form').send(form)
    await post({ do: 'save', 'mark-1.1': '2', comment: 'Bien' }).expect(303)
    const back = await anybody.get(link).expect(200)
    expect(back.text).toContain('Bien')
    const refused = await post({ do: 'send', ...marks, outcome: 'COMPLETED', daysDone: '40' })
    expect(refused.status).toBe(422)
    expect(refused.text).toContain('id="error-daysDone"')
    const sent = await post({ do: 'send', ...marks, outcome: 'COMPLETED', daysDone: '7' })
    expect(textOf(sent)).toContain('Votre bilan est envoyé')
    await anybody.get(link).expect(410)
    await anybody.get('/a/nothing/placement').expect(404)

    // The school confirms, the student answers.
    await tab.send(path, { do: 'confirm' })
    await accountOf(world, academy, 'ana', 'ana@example.org')
    const student = await browserOf(world, 'ana@example.org')
    expect(textOf(await student.get('/placements'))).toMatch(/Confirmées \(1\)/)
    const seen = textOf(await student.get(path))
    expect(seen).toContain('Je suis d’accord')
    expect(seen).not.toContain('PFMP-')
    await student.send(path, { do: 'agree' })
    expect(textOf(await student.get(path))).toContain('est d’accord')
    await student.send(path, { do: 'object', version: '1', reason: 'J’ai fait huit jours.' })
    expect(textOf(await tab.get(path))).toContain('n’est pas d’accord : J’ai fait huit jours.')

    const token = link.split('/')[2]!
    const audit = JSON.stringify(await world.db.selectFrom('audit').selectAll().execute())
    for (const told of [logged.join('\n'), audit]) {
      expect(told).not.toMatch(/Zoé|Kergu|Durand|2011-02-03|huit jours/)
      expect(told).not.toContain(token)
    }
  })

  test('is read by its company as a given name and an initial', async () => {
    const tab = await browserOf(world, ADDRESS.tutor)
    for (const address of ['/placements', path, `${path}/agreement`]) {
      const page = await tab.get(address)
      expect(page.status, address).toBe(200)
      expect(page.text).toContain('Zoé K.')
      expect(page.text).not.toMatch(/Kergu|16 ans|PFMP-/)
    }
    expect((await tab.get(`${path}/assessment`)).status).toBe(404)
    expect((await tab.get(`${path}/tutor`)).status).toBe(404)
  })

  test('is not there for another school or company', async () => {
    for (const who of ['stranger', 'otherTutor'] as const) {
      const tab = await browserOf(world, ADDRESS[who])
      for (const part of ['', '/agreement', '/agreement/edit', '/tutor', '/assessment']) {
        expect((await tab.get(path + part)).status, path + part).toBe(404)
      }
      expect((await tab.get('/placements')).text).not.toContain('Zoé')
    }
  })

  test('may be cancelled, or have its tutor changed', async () => {
    const tab = await browserOf(world, ADDRESS.teacher)
    const tutor = { tutorId: academy.tutor.publicId, tutorGivenName: '', tutorFamilyName: '' }
    await tab.send(`${path}/tutor`, tutor)
    expect(textOf(await tab.get(path))).toContain('Camille Martin')
    await tab.send(path, { do: 'cancel' })
    expect(textOf(await tab.get(path))).toContain('annulée')
    expect((await tab.send(path, { do: 'cancel' })).status).toBe(409)
  })

  test('is copied from paper on a page', async () => {
    const tab = await browserOf(world, ADDRESS.teacher)
    const marks = Object.fromEntries(
      criteriaOf(NEUTRAL_GRID).map(({ code }) => [`mark-${code}`, '4']),
    )
    const sent = await tab.send(`${path}/assessment`, {
      ...marks,
      ...{ do: 'send', gridId: 'neutral-1', outcome: 'COMPLETED', daysDone: '7' },
    })
    expect(sent.headers.location).toBe(path)
    expect(textOf(await tab.get(path))).toContain('sur papier, recopié par le lycée')
  })
})

test('sites and grids have their pages', async () => {
  const siteId = await aSite(world, academy, 21)
  const tab = await browserOf(world, ADDRESS.teacher)
  expect(textOf(await tab.get('/sites'))).toMatch(/Atelier du port DÉMO.*21 4 aucune/)
  await tab.send(`/sites/${siteId}`, { do: 'derogation', sentOn: '2023-11-23', works: 'Résines' })
  expect(textOf(await tab.get('/sites'))).toContain('expirée le 23 novembre 2026')
  await tab.send(`/sites/${siteId}`, { do: 'derogation', sentOn: '2023-11-24', works: 'Résines' })
  expect(textOf(await tab.get('/sites'))).toContain('jusqu’au 24 novembre 2026')
  await tab.send(`/sites/${siteId}`, { do: 'staff', staffCount: '30', quotaRaisedOn: '2026-09-01' })
  expect(textOf(await tab.get(`/sites/${siteId}`))).toContain('au plus 6')
  const refused = await tab.send('/sites', { companyId: academy.company.publicId, siret: '1' })
  expect(refused.text).toContain('id="error-siret"')
  await tab.send('/grids', {
    ...{ schoolId: academy.school.publicId, title: 'Grille DÉMO' },
    ...{ competences: 'Préparer\n- Lit un plan', levels: 'Non\nOui' },
  })
  expect(textOf(await tab.get('/grids'))).toMatch(/Grille DÉMO Préparer 1 non vérifiée/)
})
