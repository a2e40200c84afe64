import { beforeEach, describe, expect, test } from 'vitest'
import { addCompany } from '../../src/mentoring/classes/add-company.js'
import { openWorld, type World } from '../support/world.js'
import { ADDRESS, openAcademy, type Academy } from './academy.js'
import { browserOf, textOf } from './browser.js'

let world: World
let academy: Academy
const classPath = () => `/classes/${academy.classId}`

beforeEach(async () => {
  world = await openWorld()
  academy = await openAcademy(world)
})

const newClass = () => ({
  schoolId: academy.school.publicId,
  name: '2MV',
  mef: '2472250331',
  track: 'Plastiques et composites',
  principalCompanyId: academy.company.publicId,
  fromDay: '2026-11-24',
})

describe('the classes', () => {
  test('are listed, and a new one leads on to its page', async () => {
    const tab = await browserOf(world, ADDRESS.teacher)
    const { headers } = await tab.send('/classes', newClass())
    expect(headers.location).toMatch(/^\/classes\/[\w-]{22}$/)
    expect(textOf(await tab.get(headers.location!))).toContain('Ouvrez sa première cohorte')
    const list = textOf(await tab.get('/classes'))
    expect(list).toContain('2MV Plastiques et composites Composites du Lac DÉMO')
  })

  test('are not opened with a MEF of another year: said beside it, with all that was typed', async () => {
    const tab = await browserOf(world, ADDRESS.teacher)
    const answer = await tab.send('/classes', { ...newClass(), mef: '2472250332' })
    expect(answer.status).toBe(400)
    expect(answer.text).toContain('id="error-mef"')
    expect(answer.text).toContain('value="2472250332"')
    expect(answer.text).toContain('value="2MV"')
    expect(answer.text).toMatch(
      new RegExp(`<option (?=[^>]*selected)[^>]*value="${academy.company.publicId}"`),
    )
  })

  test('are read by the liaison officer, who opens and changes none', async () => {
    const tab = await browserOf(world, ADDRESS.officer)
    const list = textOf(await tab.get('/classes'))
    expect(list).toContain('2PC')
    expect(list).not.toContain('Ouvrir une classe')
    const own = textOf(await tab.get(classPath()))
    expect(own).toContain('Agent de liaison')
    expect(own).not.toContain('Ouvrir la cohorte')
    expect(own).not.toContain('Ajouter une entreprise')
    expect((await tab.send(classPath(), { entryYear: '2025' })).status).toBe(403)
    expect((await tab.get(`${classPath()}/companies/new`)).status).toBe(403)
  })

  test('are not there for a company or another lycée', async () => {
    const tutor = await browserOf(world, ADDRESS.tutor)
    expect((await tutor.get('/classes')).status).toBe(404)
    const stranger = await browserOf(world, ADDRESS.stranger)
    expect(textOf(await stranger.get('/classes'))).not.toContain('2PC')
    for (const path of [
      classPath(),
      `${classPath()}/companies/new`,
      `${classPath()}/liaison`,
      '/classes/nowhere',
    ]) {
      expect((await stranger.get(path)).status).toBe(404)
    }
    expect((await stranger.send('/classes', newClass())).status).toBe(404)
  })
})

describe('the page of a class', () => {
  test('opens a cohort, PT-11 one each year, and PT-12 says its level', async () => {
    const tab = await browserOf(world, ADDRESS.teacher)
    const opened = await tab.send(classPath(), { entryYear: '2025' })
    expect(opened.headers.location).toMatch(/^\/cohorts\/[\w-]{22}$/)
    expect(textOf(await tab.get(classPath()))).toContain('2025-2026 1re pro')
    const again = await tab.send(classPath(), { entryYear: '2025' })
    expect(again.status).toBe(422)
    expect(again.text).toContain('id="error-entryYear"')
    expect(textOf(again)).toContain('une seule par année scolaire')
  })

  test('PT-09 takes a new principal company, which ends the time of the one before', async () => {
    const tab = await browserOf(world, ADDRESS.teacher)
    const added = await tab.send(`${classPath()}/companies/new`, {
      companyId: academy.otherCompany.publicId,
      role: 'principal',
      fromDay: '2026-11-24',
    })
    expect(added.headers.location).toBe(classPath())
    const text = textOf(await tab.get(classPath()))
    expect(text).toContain(
      'Composites du Lac DÉMO Entreprise principale 1er septembre 2026 23 novembre 2026 Pas ce jour',
    )
    expect(text).toContain(
      'Moules du Haut DÉMO Entreprise principale 24 novembre 2026 – Avec la classe',
    )
  })

  test('PT-09 refuses a principal company from a day before the present one', async () => {
    const tab = await browserOf(world, ADDRESS.teacher)
    const answer = await tab.send(`${classPath()}/companies/new`, {
      companyId: academy.otherCompany.publicId,
      role: 'principal',
      fromDay: '2026-08-01',
    })
    expect(answer.status).toBe(422)
    expect(answer.text).toContain('id="error-role"')
    expect(textOf(answer)).toContain('une entreprise principale et une seule à toute date')
    expect(answer.text).toContain('value="2026-08-01"')
  })

  test('refuses a company that is with the class already, in either part', async () => {
    const partner = {
      classId: academy.classId,
      companyId: academy.otherCompany.publicId,
      role: 'partner',
      fromDay: '2026-11-24',
    } as const
    await addCompany(world, academy.teacher, partner)
    const refused = { code: 'invalid-request', fields: [{ pointer: '/companyId' }] }
    await expect(addCompany(world, academy.teacher, partner)).rejects.toMatchObject(refused)
    const principal = { ...partner, companyId: academy.company.publicId }
    await expect(addCompany(world, academy.teacher, principal)).rejects.toMatchObject(refused)
    await addCompany(world, academy.teacher, { ...partner, role: 'principal' })
  })

  test('is complete in English', async () => {
    const tab = await browserOf(world, ADDRESS.teacher)
    for (const path of ['/classes', classPath(), `${classPath()}/companies/new`]) {
      const text = textOf(await tab.get(`${path}?lang=en`))
      expect(text).not.toMatch(/Ouvrir|Choisissez|Entreprise|Agent de liaison|Ajouter|Niveau/)
    }
  })
})

describe('the liaison officer', () => {
  const chosen = () => ({
    personId: academy.officer.publicId,
    employerId: academy.otherCompany.publicId,
    financedById: academy.company.publicId,
    fromDay: '2026-11-24',
  })

  test('PT-10 is asked for while there is none, then shown', async () => {
    const tab = await browserOf(world, ADDRESS.teacher)
    expect(textOf(await tab.get(classPath()))).toContain('n’a pas d’agent de liaison')
    const named = await tab.send(`${classPath()}/liaison`, chosen())
    expect(named.headers.location).toBe(classPath())
    const text = textOf(await tab.get(classPath()))
    expect(text).toContain('Camille Martin Moules du Haut DÉMO Composites du Lac DÉMO')
    expect(text).not.toContain('n’a pas d’agent de liaison')
    expect(text).not.toContain('n’est pas financé')
  })

  test('PT-10 is said to be paid by somebody else than the principal company', async () => {
    const tab = await browserOf(world, ADDRESS.teacher)
    const others = { ...chosen(), financedById: academy.otherCompany.publicId }
    await tab.send(`${classPath()}/liaison`, others)
    expect(textOf(await tab.get(classPath()))).toContain('n’est pas financé par')
  })

  test('comes back beside the field when the person has no such role', async () => {
    const tab = await browserOf(world, ADDRESS.teacher)
    const answer = await tab.send(`${classPath()}/liaison`, {
      ...chosen(),
      personId: academy.colleague.publicId,
    })
    expect(answer.status).toBe(400)
    expect(answer.text).toContain('id="error-personId"')
  })
})
