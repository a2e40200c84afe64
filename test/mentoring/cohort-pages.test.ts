import { beforeEach, describe, expect, test } from 'vitest'
import { confirmSession } from '../../src/mentoring/confirming/confirm-session.js'
import { seeCohort } from '../../src/mentoring/cohorts/see-cohort.js'
import { openWorld, type World } from '../support/world.js'
import { aMember, aPlacement, ADDRESS, aSession, openAcademy, type Academy } from './academy.js'
import { browserOf, textOf } from './browser.js'

let world: World
let academy: Academy
const path = () => `/cohorts/${academy.cohortId}`

beforeEach(async () => {
  world = await openWorld()
  academy = await openAcademy(world, 2025)
})

describe('the cohorts', () => {
  test('PT-12 are listed with their level, to the school and its liaison officer alone', async () => {
    for (const address of [ADDRESS.teacher, ADDRESS.officer]) {
      const text = textOf(await (await browserOf(world, address)).get('/cohorts'))
      expect(text).toContain('2PC, entrée en 2025-2026 1re pro Lycée DÉMO des Tilleuls')
    }
    expect((await (await browserOf(world, ADDRESS.tutor)).get('/cohorts')).status).toBe(404)
    const stranger = await browserOf(world, ADDRESS.stranger)
    expect(textOf(await stranger.get('/cohorts'))).toContain('Aucune cohorte')
    expect((await stranger.get(path())).status).toBe(404)
    expect((await stranger.get('/cohorts/nowhere')).status).toBe(404)
  })
})

describe('the page of a cohort', () => {
  test('shows each student with hours, and what waits, is confirmed or contested', async () => {
    await aMember(world, academy, { id: 'ana', givenName: 'Ana', level: '1RE_PRO' })
    await aMember(world, academy, { id: 'bilal', givenName: 'Bilal', level: '1RE_PRO' })
    await aSession(world, academy, { studentIds: ['ana'] })
    const confirmed = await aSession(world, academy, {
      studentIds: ['ana', 'bilal'],
      kind: 'IMMERSION',
    })
    await confirmSession(world, academy.tutor, confirmed)
    await aPlacement(world, academy, 'bilal')
    const text = textOf(await (await browserOf(world, ADDRESS.teacher)).get(path()))
    expect(text).toContain('Ana Kerguélen 1re pro 1 h 1 h')
    expect(text).toContain('Bilal Kerguélen 1re pro 0 h 1 h')
    expect(text).toContain('Pour la cohorte : Projet 1 h et Immersion 1 h')
    expect(text).toContain('Composites du Lac DÉMO 1 Attend une confirmation')
    expect(text).toContain('Composites du Lac DÉMO 2 Confirmée')
    expect(text).toContain('du 2 novembre 2026 au 13 novembre 2026 9 jours faits')
  })

  test('PT-04 warns beside a student of 1re pro for each month without a career session', async () => {
    await aMember(world, academy, { id: 'ana', givenName: 'Ana', level: '1RE_PRO' })
    await aMember(world, academy, { id: 'bilal', givenName: 'Bilal', level: '2NDE_PRO' })
    for (const day of ['2026-09-15', '2026-11-10', '2026-11-17']) {
      await aSession(world, academy, { studentIds: ['ana'], day, kind: 'CARRIERE' })
    }
    const { members } = await seeCohort(world, academy.teacher, academy.cohortId)
    expect(members).toMatchObject([
      { owed: ['2026-10'], career: { '2026-09': 1, '2026-11': 2 } },
      { owed: [], level: '2NDE_PRO' },
    ])
    const text = textOf(await (await browserOf(world, ADDRESS.officer)).get(path()))
    expect(text).toContain('Sans séance : oct.')
    expect(text).toContain('Ana Kerguélen 1 0 2 Bilal Kerguélen – – –')
  })

  test('lists names as a French class list does', async () => {
    for (const givenName of ['Zoé', 'Élise', 'Ana']) {
      await aMember(world, academy, { id: givenName.toLowerCase(), givenName })
    }
    const { members } = await seeCohort(world, academy.teacher, academy.cohortId)
    expect(members.map(({ givenName }) => givenName)).toEqual(['Ana', 'Élise', 'Zoé'])
  })

  test('offers a liaison officer to record, not to enrol', async () => {
    await aMember(world, academy, { id: 'ana', level: '1RE_PRO' })
    const { text } = await (await browserOf(world, ADDRESS.officer)).get(path())
    expect(text).toContain(`${path()}/sessions/new`)
    expect(text).not.toContain('enrolments/new')
    expect(text).not.toContain('/leave')
  })

  test('says what to do first while nobody is enrolled', async () => {
    const answer = await (await browserOf(world, ADDRESS.teacher)).get(path())
    expect(textOf(answer)).toContain('Aucun élève pour le moment. Inscrivez-en')
    expect(answer.text).not.toContain('/sessions/new')
  })

  test('is complete in English', async () => {
    await aMember(world, academy, { id: 'ana', level: '1RE_PRO' })
    await aSession(world, academy, { studentIds: ['ana'] })
    const tab = await browserOf(world, ADDRESS.teacher)
    for (const one of [path(), '/cohorts', `${path()}/sessions/new`, '/students/ana']) {
      expect(textOf(await tab.get(`${one}?lang=en`))).not.toMatch(
        /Élève|Séance|Niveau|Enregistrer|Durée|manque|Attend|Cochez|Décochez|Compte/,
      )
    }
  })
})
