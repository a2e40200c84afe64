import request from 'supertest'
import { beforeEach, describe, expect, test } from 'vitest'
import { createApp } from '../../../src/app.js'
import type { Actor } from '../../../src/context.js'
import { issueToken } from '../../../src/people/issue-token.js'
import { OPERATOR } from '../../../src/people/operator.js'
import { openWorld, type World } from '../../support/world.js'
import { ADDRESS, openAcademy, type Academy } from '../academy.js'
import { browserOf, textOf } from '../browser.js'
import { anAdmin } from './ground.js'

let world: World
let academy: Academy
let admin: Actor
const path = (page = '') => `/classes/${academy.classId}${page}`

beforeEach(async () => {
  world = await openWorld()
  academy = await openAcademy(world)
  admin = await anAdmin(world, academy)
})

type Tab = Awaited<ReturnType<typeof browserOf>>
const follow = async (tab: Tab, answer: Awaited<ReturnType<Tab['send']>>) => {
  expect(answer.status, textOf(answer)).toBe(303)
  return textOf(await tab.get(answer.headers.location!))
}

describe('the page of a class', () => {
  test('says what is to be settled, and PT-11 how many cohorts are under way', async () => {
    const tab = await browserOf(world, ADDRESS.teacher)
    const text = textOf(await tab.get(path()))
    for (const rule of ['PT-10', 'PT-14', 'PT-16', 'PT-17', 'PT-18']) expect(text).toContain(rule)
    expect(text).toContain('Cohortes en cours 1 sur 5')
    expect(text).toContain('2026-2027 2de pro 31 août 2031')
  })

  test('PT-14 shows an agreement, its parties and the cohort that outlives it', async () => {
    const tab = await browserOf(world, ADDRESS.teacher)
    const recorded = await tab.send(path('/agreements'), {
      act: 'record',
      type: 'ACCORD_CADRE_PTECH',
      title: 'Accord DÉMO',
      startDay: '2025-09-01',
    })
    const at = recorded.headers.location!
    expect(await follow(tab, recorded)).toContain('Dernier jour 31 août 2030')
    const party = { act: 'add', name: 'Ministère DÉMO', capacity: 'Ministre' }
    expect(await follow(tab, await tab.send(at, party))).toContain('Ministère DÉMO Ministre –')
    const signed = { act: 'sign', place: '1', signedDay: '2025-08-28' }
    expect(await follow(tab, await tab.send(at, signed))).toContain(
      'Ministère DÉMO Ministre 28 août 2025',
    )
    expect((await tab.send(at, signed)).status).toBe(409)
    expect(textOf(await tab.get(path('/agreements')))).toContain(
      'la cohorte entrée en 2026-2027, du 1er septembre 2030 au 31 août 2031',
    )
    expect(textOf(await tab.get(path()))).toContain('à couvrir par renouvellement')
  })

  test('PT-14 a duration that is refused is told in the form that was sent', async () => {
    const tab = await browserOf(world, ADDRESS.teacher)
    const answer = await tab.send(path('/agreements'), {
      act: 'record',
      type: 'ACCORD_CADRE_PTECH',
      title: 'Accord DÉMO',
      startDay: '2025-09-01',
      endDay: '2030-09-01',
    })
    expect(answer.status).toBe(422)
    expect(answer.text).toContain('id="error-endDay"')
    expect(answer.text).toContain('value="Accord DÉMO"')
  })

  test('PT-16 names an academic referent, and ends their function', async () => {
    const tab = await browserOf(world, ADDRESS.teacher)
    const named = await tab.send(path('/people'), {
      act: 'name',
      function: 'ACADEMIC_REFERENT',
      name: 'Dominique Démo',
      fromDay: '2026-11-24',
    })
    expect(await follow(tab, named)).toContain('Dominique Démo Référent académique')
    expect(textOf(await tab.get(path()))).not.toContain('PT-16')
    const { text } = await tab.get(path('/people'))
    const held = /<select id="field-held".*?<option value="([^"]+)"/s.exec(text)![1]!
    const ended = await tab.send(path('/people'), { act: 'end', held, lastDay: '2026-11-24' })
    expect(await follow(tab, ended)).toContain('24 novembre 2026 24 novembre 2026')
    const again = await tab.send(path('/people'), { act: 'end', held, lastDay: '2026-11-25' })
    expect(again.status).toBe(400)
  })

  test('PT-17 keeps a progression, once what it lacks is acknowledged', async () => {
    const tab = await browserOf(world, ADDRESS.teacher)
    const form = { basedOn: '0', content: 'Période 1', cohortIds: academy.cohortId }
    const answer = await tab.send(path('/progression'), form)
    expect(answer.status).toBe(422)
    expect(answer.text).toContain('id="field-acknowledged/PT-17"')
    const kept = await tab.send(path('/progression'), { ...form, acknowledged: 'PT-17' })
    expect(await follow(tab, kept)).toContain('Cohortes entrées en 2026-2027')
    const officer = await browserOf(world, ADDRESS.officer)
    expect(textOf(await officer.get(path('/progression')))).toContain('Période 1')
  })
})

describe('PT-18 the plan', () => {
  test('PT-18 is written by the school and signed by both, by the buttons of its page', async () => {
    const tab = await browserOf(world, ADDRESS.teacher)
    const years = { year1: 'a', year2: 'b', year3: 'c', year4: 'd', year5: '' }
    const form = { basedOn: '0', firstYear: '2026', ...years }
    const refused = await tab.send(path('/plan/edit'), form)
    expect(refused.status).toBe(422)
    expect(refused.text).toContain('id="error-year5"')
    const written = await tab.send(path('/plan/edit'), { ...form, year5: 'e' })
    expect(await follow(tab, written)).toContain('Signer pour l’équipe pédagogique')
    const own = await tab.send(path('/plan'), { side: 'TEAM', version: '1' })
    expect(await follow(tab, own)).toContain('Équipe pédagogique Signé')
    const company = await browserOf(world, 'admin@example.org')
    expect(textOf(await company.get(path('/plan')))).toContain('Signer pour notre entreprise')
    const theirs = await company.send(path('/plan'), { side: 'COMPANY', version: '1' })
    expect(await follow(company, theirs)).toContain('Signé : Composites du Lac DÉMO')
    expect(textOf(await tab.get(path()))).toContain('Signé des deux côtés')
  })
})

describe('PT-21 PT-22 the contributions', () => {
  test('PT-21 a company records days, promises and reads both beside the reference', async () => {
    const tab = await browserOf(world, 'admin@example.org')
    const of = { companyId: academy.company.publicId }
    const time = {
      ...of,
      act: 'record',
      kind: 'PERSON_DAYS',
      day: '2026-11-10',
      description: 'Préparation',
      personDays: '70,5',
    }
    const recorded = await tab.send(path('/contributions'), time)
    expect(await follow(tab, recorded)).toContain('Préparation 70,5')
    const promised = await tab.send(path('/commitments'), {
      ...of,
      schoolYear: '2026',
      personDays: '80',
    })
    expect(await follow(tab, promised)).toContain('70,5 80 Pas encore tenu Dans le repère')
    expect(textOf(await tab.get('/contributions'))).toContain(
      'Composites du Lac DÉMO 2PC Lycée DÉMO des Tilleuls 70,5 80 Pas encore tenu',
    )
    expect(textOf(await tab.get('/contributions?year=2025'))).toContain('Aucune entreprise')
    const { text } = await tab.get(path('/contributions'))
    const contributionId = /name="contributionId" value="([^"]+)"/.exec(text)![1]!
    const withdrawn = await tab.send(path('/contributions'), { act: 'withdraw', contributionId })
    expect(await follow(tab, withdrawn)).toContain('Rien pour cette année')
  })

  test('PT-22 equipment that counts days is refused beside the field', async () => {
    const tab = await browserOf(world, ADDRESS.officer)
    const answer = await tab.send(path('/contributions'), {
      act: 'record',
      companyId: academy.company.publicId,
      kind: 'EQUIPMENT',
      day: '2026-11-10',
      description: 'Moule',
      personDays: '1',
      euros: '1 250,50',
    })
    expect(answer.status).toBe(422)
    expect(answer.text).toContain('id="error-personDays"')
  })

  test('PT-25 domains are kept, and warn who opens a class of another track', async () => {
    const tab = await browserOf(world, ADDRESS.teacher)
    const kept = await tab.send(path('/domains'), {
      companyId: academy.company.publicId,
      domains: '250',
    })
    expect(await follow(tab, kept)).toContain('Composites du Lac DÉMO 250')
    const form = {
      schoolId: academy.school.publicId,
      name: '2MV',
      mef: '2472250331',
      track: 'Plastiques',
      principalCompanyId: academy.company.publicId,
      fromDay: '2026-11-24',
    }
    const answer = await tab.send('/classes', form)
    expect(answer.status).toBe(422)
    expect(answer.text).toContain('id="field-acknowledged/PT-25"')
    expect((await tab.send('/classes', { ...form, acknowledged: 'PT-25' })).status).toBe(303)
  })
})

describe('PT-15 the way to a class', () => {
  test('PT-15 begins on its list and ends on the page of the class', async () => {
    const tab = await browserOf(world, ADDRESS.teacher)
    const begun = await tab.send('/openings', {
      schoolId: academy.school.publicId,
      companyId: academy.otherCompany.publicId,
      track: 'Microtechniques',
      day: '2026-01-10',
    })
    const at = begun.headers.location!
    expect(await follow(tab, begun)).toContain('Demande de l’entreprise 10 janvier 2026')
    const last = { step: 'OUVERTE', day: '2026-09-01', mef: '2472250331' }
    const acknowledged = ['PT-15', 'PT-16']
    const nameless = await tab.send(at, { ...last, acknowledged })
    expect(nameless.text).toContain('id="error-className"')
    const skipped = await tab.send(at, { ...last, className: '2MT' })
    expect(skipped.text).toContain('id="field-acknowledged/PT-15"')
    expect(skipped.text).toContain('id="field-acknowledged/PT-16"')
    const opened = await tab.send(at, { ...last, className: '2MT', acknowledged })
    expect(await follow(tab, opened)).toContain('Filière Microtechniques')
    expect(textOf(await tab.get(at))).toContain('Classe 2MT')
  })
})

describe('a cohort that crosses schools', () => {
  test('is let go on, and is then in the list of the other school', async () => {
    const tab = await browserOf(world, ADDRESS.teacher)
    const schools = `/cohorts/${academy.cohortId}/schools`
    const { text } = await tab.get(schools)
    const schoolId = /<option value="([^"]+)"[^>]*>Lycée DÉMO des Érables/.exec(text)![1]!
    const added = await tab.send(schools, { act: 'add', schoolId, fromDay: '2026-11-01' })
    expect(await follow(tab, added)).toContain('Lycée DÉMO des Érables 1er novembre 2026')
    const other = await browserOf(world, ADDRESS.stranger)
    expect(textOf(await other.get('/cohorts'))).toContain('2PC, entrée en 2026-2027')
    const ended = await tab.send(schools, { act: 'end', endedId: schoolId, lastDay: '2026-11-23' })
    expect(await follow(tab, ended)).toContain('Pas ce jour')
    expect(textOf(await other.get('/cohorts'))).not.toContain('2PC')
  })
})

describe('by API', () => {
  const call = async (actor: Actor) => {
    const scopes = ['mentoring:read', 'mentoring:write']
    const owner = { ownerId: actor.personId, organisationId: null }
    const { token } = await issueToken(world, OPERATOR, { name: 'DÉMO', scopes, days: 1, ...owner })
    const app = createApp(world)
    return {
      get: (at: string) => request(app).get(at).set('Authorization', `Bearer ${token}`),
      post: (at: string, body: object) =>
        request(app).post(at).set('Authorization', `Bearer ${token}`).send(body),
    }
  }

  test('a region reads a class, and writes its agreements and people', async () => {
    const api = await call(academy.teacher)
    const at = `/api${path()}`
    const agreement = { type: 'ACCORD_CADRE_PTECH', title: 'Accord', startDay: '2025-09-01' }
    const wrong = await api.post(`${at}/agreements`, { ...agreement, endDay: '2030-09-01' })
    expect([wrong.status, wrong.body.rule]).toEqual([422, 'PT-14'])
    await api.post(`${at}/agreements`, { ...agreement, endDay: '2030-08-31' }).expect(201)
    const person = { function: 'INSPECTOR', name: 'Sacha Démo', fromDay: '2026-09-01' }
    await api.post(`${at}/people`, person).expect(201)
    const { body } = await api.get(at).expect(200)
    expect(body).toMatchObject({
      name: '2PC',
      cohortsUnderWay: 1,
      agreements: [{ title: 'Accord', endDay: '2030-08-31' }],
      people: [{ function: 'INSPECTOR', name: 'Sacha Démo', untilDay: null }],
      uncovered: [{ cohortId: academy.cohortId, fromDay: '2030-09-01' }],
    })
    expect(body.findings.map(({ rule }: { rule: string }) => rule)).toContain('PT-16')
  })

  test('PT-21 PT-22 a company’s software records and reads what it gave', async () => {
    const api = await call(admin)
    const at = `/api${path()}`
    const of = { companyId: academy.company.publicId }
    await api
      .post(`${at}/contributions`, {
        ...of,
        kind: 'EQUIPMENT',
        day: '2026-11-10',
        description: 'Moule',
        euros: 1250.5,
      })
      .expect(201)
    await api.post(`${at}/commitments`, { ...of, schoolYear: 2026, personDays: 70 }).expect(204)
    const { body } = await api.get(`${at}/contributions?year=2026`).expect(200)
    expect(body).toEqual({
      schoolYear: 2026,
      companies: [
        {
          company: 'Composites du Lac DÉMO',
          personDays: 0,
          tutoringDays: 0,
          euros: 1250.5,
          promisedDays: 70,
        },
      ],
    })
  })
})
