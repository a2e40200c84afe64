import { beforeEach, describe, expect, test } from 'vitest'
import { enrolStudents } from '../../../src/mentoring/cohorts/enrol-student.js'
import { openWorld, type World } from '../../support/world.js'
import { ADDRESS } from '../academy.js'
import { browserOf, textOf } from '../browser.js'
import { aCordee, aPair, aYouth, openPartners, PARTNER, type Partners } from '../partners.js'

let world: World
let partners: Partners

beforeEach(async () => {
  world = await openWorld()
  partners = await openPartners(world)
})

const volunteered = (cohortId: string, studentIds: string[]) => ({
  cohortId,
  studentIds,
  fromDay: '2026-10-01',
  volunteeredOn: '2026-09-20',
})

describe('the page of schemes', () => {
  test('shows a school what it takes part in, by scheme, each with its groups', async () => {
    await aYouth(world, partners.school, { id: 'ana' })
    const cordee = await aCordee(world, partners)
    const pair = await aPair(world, partners, { studentId: 'ana' })
    const { text } = await (await browserOf(world, ADDRESS.teacher)).get('/schemes')
    expect(text).toContain(`href="/cordees/${cordee}"`)
    expect(text).toContain(`href="/pairs/${pair}"`)
    expect(text).toContain(`href="/cohorts/${partners.cohortId}"`)
    for (const href of ['/classes', '/schemes/CORDEES/new', '/pairs/new']) {
      expect(text).toContain(`href="${href}"`)
    }
    expect(text).not.toContain('Zoé')
  })

  test('shows a coordinator their own groups only, and is not there for a company', async () => {
    await aCordee(world, partners)
    const tab = await browserOf(world, PARTNER.coordinator)
    const { text } = await tab.get('/schemes')
    expect(text).toContain('Cordée DÉMO')
    expect(text).not.toMatch(/href="\/(pairs\/new|cohorts\/)/)
    const other = await (await browserOf(world, PARTNER.otherCoordinator)).get('/schemes')
    expect(other.text).not.toContain('Cordée DÉMO')
    for (const address of [ADDRESS.tutor, ADDRESS.officer]) {
      expect((await (await browserOf(world, address)).get('/schemes')).status).toBe(404)
    }
    expect((await tab.get('/schemes/PTECH/new')).status).toBe(404)
    expect((await tab.get('/schemes/UN_JEUNE_UN_MENTOR/new')).status).toBe(404)
    expect((await tab.get('/pairs/new')).status).toBe(404)
  })
})

describe('a cordée', () => {
  test('is opened, given schools and students, and closed by its forms', async () => {
    const tab = await browserOf(world, PARTNER.coordinator)
    const opening = {
      ownerId: partners.university.publicId,
      name: 'Cordée DÉMO',
      schoolIds: [partners.school.publicId],
      fromDay: '2026-09-01',
      charterOn: '2026-06-30',
      charterReference: 'Charte DÉMO 12',
    }
    const wrong = await tab.send('/schemes/CORDEES/new', { ...opening, schoolIds: [] })
    expect(wrong.status).toBe(422)
    expect(wrong.text).toContain('id="error-schoolIds"')
    const opened = (await tab.send('/schemes/CORDEES/new', opening)).headers.location!
    expect(textOf(await tab.get(opened))).toContain('30 juin 2026, Charte DÉMO 12')
    const id = opened.replace('/cordees/', '')
    const school = { schoolId: partners.college.publicId, fromDay: '2026-10-01' }
    expect((await tab.send(`/groups/${id}/schools/new`, school)).headers.location).toBe(opened)

    await aYouth(world, partners.college, { id: 'ana', givenName: 'Ana', level: '3E' })
    const teacher = await browserOf(world, PARTNER.collegeTeacher)
    const enrol = `/cohorts/${id}/enrolments/new`
    const form = await teacher.get(enrol)
    expect(textOf(form)).toContain('aucune sélection')
    expect(form.text).not.toMatch(/<input (?=[^>]*value="ana")[^>]*checked/)
    const fields = { fromDay: '2026-10-01', studentIds: 'ana' }
    const without = await teacher.send(enrol, { ...fields, volunteeredOn: '' })
    expect(without.status).toBe(422)
    expect(without.text).toContain('id="error-volunteeredOn"')
    const sent = await teacher.send(enrol, { ...fields, volunteeredOn: '2026-09-20' })
    expect(sent.headers.location).toBe(opened)

    const seen = await tab.get(opened)
    expect(textOf(seen)).toContain('Ana Kerguélen 3e Collège DÉMO des Prés 1er octobre 2026')
    expect(seen.text).toContain(`href="/cohorts/${id}/sessions/new"`)
    expect(textOf(seen)).not.toContain('2011')
    const leave = `/cohorts/${id}/students/ana/leave`
    expect(
      (await tab.send(leave, { lastDay: '2026-11-20', reason: 'AUTRE' })).headers.location,
    ).toBe(opened)
    const end = `/groups/${id}/schools/${partners.college.publicId}/end`
    expect((await teacher.send(end, { lastDay: '2026-11-20' })).headers.location).toBe(opened)
    const close = `/groups/${id}/close`
    expect((await tab.send(close, { lastDay: '2026-11-23' })).headers.location).toBe(opened)
    expect(textOf(await tab.get(opened))).toContain('Terminé le 23 novembre 2026')
    expect((await tab.get(close)).status).toBe(409)
  })

  test('shows a school its own students, and a small count to nobody', async () => {
    const id = await aCordee(world, partners)
    for (const student of ['ana', 'bilal']) await aYouth(world, partners.school, { id: student })
    await enrolStudents(world, partners.teacher, volunteered(id, ['ana', 'bilal']))
    const publics = `/cordees/${id}/publics/${partners.school.publicId}`
    const tab = await browserOf(world, ADDRESS.teacher)
    expect(textOf(await tab.get(publics))).toContain('2 de vos élèves')
    const wrong = await tab.send(publics, { traits: 'RURAL_ISOLE', qpv: '3', boursier: '' })
    expect(wrong.text).toContain('id="error-qpv"')
    const sent = await tab.send(publics, { traits: 'RURAL_ISOLE', qpv: '2', boursier: '0' })
    expect(sent.headers.location).toBe(`/cordees/${id}`)
    const own = textOf(await tab.get(`/cordees/${id}`))
    expect(own).toContain('Zone rurale et isolée moins de 5')
    expect(own).not.toContain('QPV')
    const run = textOf(await (await browserOf(world, PARTNER.coordinator)).get(`/cordees/${id}`))
    expect(run).toContain('Quartiers prioritaires (QPV) moins de 5')
    expect(run).toContain('Boursiers 0')
  })

  test('is another page than a pair, and not there for a stranger', async () => {
    const id = await aCordee(world, partners)
    const tab = await browserOf(world, PARTNER.coordinator)
    expect((await tab.get(`/pairs/${id}`)).status).toBe(404)
    const stranger = await browserOf(world, ADDRESS.stranger)
    for (const path of [`/cordees/${id}`, `/groups/${id}`, `/groups/${id}/close`]) {
      expect((await stranger.get(path)).status).toBe(404)
    }
  })
})

describe('a pair', () => {
  test('is opened in two steps, warned of once, noted and ended by its forms', async () => {
    await aYouth(world, partners.school, { id: 'ana', givenName: 'Ana' })
    const tab = await browserOf(world, ADDRESS.teacher)
    const path = `/pairs/new?structure=${partners.structure.publicId}`
    expect((await tab.get('/pairs/new')).text).toContain(`href="${path}"`)
    expect(textOf(await tab.get(path))).toContain('Sceau n’inscrit personne')
    const fields = {
      structureId: partners.structure.publicId,
      mentorId: 'mentor',
      studentId: 'ana',
      subject: 'ORIENTATION',
      startedOn: '2026-10-01',
      registrationReference: '',
      registeredOn: '',
    }
    const warned = await tab.send(path, fields)
    expect(warned.status).toBe(422)
    expect(warned.text).toContain('id="field-acknowledged/JM-03"')
    const opened = (await tab.send(path, { ...fields, acknowledged: 'JM-03' })).headers.location!
    const page = textOf(await tab.get(opened))
    expect(page).toContain('Ana Kerguélen')
    expect(page).toContain('Confirmé à l’ouverture Inscription nationale à compléter')
    expect(opened).not.toContain('ana')

    const coordinator = await browserOf(world, PARTNER.structureCoordinator)
    const noted = { registrationReference: 'DEMO-1', registeredOn: '2026-10-02' }
    expect((await coordinator.send(`${opened}/registration`, noted)).headers.location).toBe(opened)
    const wrong = await coordinator.send(`${opened}/end`, { lastDay: '2026-11-20', reason: '' })
    expect(wrong.text).toContain('id="error-reason"')
    const ended = { lastDay: '2026-11-20', reason: 'FIN_PREVUE', interviewOn: '2026-11-18' }
    await coordinator.send(`${opened}/end`, { ...ended, outcome: 'ATTEINTS' })
    const after = textOf(await coordinator.get(opened))
    expect(after).toContain('Rupture précoce')
    expect(after).toContain('DEMO-1, 2 octobre 2026')
    expect(after).toContain('18 novembre 2026, Objectifs atteints')
    expect(after).not.toContain('2011')
    expect((await coordinator.get(`${opened}/end`)).status).toBe(409)
  })

  test('stands on the page of the student, for the staff and not for the liaison officer', async () => {
    await aYouth(world, partners.school, { id: 'ana' })
    const pair = await aPair(world, partners, { studentId: 'ana' })
    const staff = await (await browserOf(world, ADDRESS.teacher)).get('/students/ana')
    expect(staff.text).toContain(`href="/pairs/${pair}"`)
    const officer = await (await browserOf(world, ADDRESS.officer)).get('/students/ana')
    expect(officer.text).not.toContain('/pairs/')
  })

  test('reads in English, too', async () => {
    await aYouth(world, partners.school, { id: 'ana' })
    await aPair(world, partners, { studentId: 'ana' })
    await aCordee(world, partners)
    const tab = await browserOf(world, ADDRESS.teacher)
    const english = await tab.get('/schemes?lang=en')
    expect(textOf(english)).toContain('Mentoring structure')
  })
})
