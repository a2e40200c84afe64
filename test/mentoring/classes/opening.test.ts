import { beforeEach, describe, expect, test } from 'vitest'
import { beginOpening } from '../../../src/mentoring/classes/begin-opening.js'
import { classFindings } from '../../../src/mentoring/classes/class-findings.js'
import { recordStep, type StepInput } from '../../../src/mentoring/classes/record-step.js'
import { seeClass } from '../../../src/mentoring/classes/see-classes.js'
import { seeOpening, seeOpenings } from '../../../src/mentoring/classes/see-openings.js'
import { listKeptWarnings } from '../../../src/mentoring/warnings.js'
import { openWorld, type World } from '../../support/world.js'
import { openAcademy, type Academy } from '../academy.js'
import { aReferent } from './ground.js'

let world: World
let academy: Academy
let openingId: string

beforeEach(async () => {
  world = await openWorld()
  academy = await openAcademy(world)
  openingId = await beginOpening(world, academy.teacher, {
    schoolId: academy.school.publicId,
    companyId: academy.otherCompany.publicId,
    track: 'Microtechniques',
    day: '2026-01-10',
    note: 'Courrier du directeur',
  })
})

const step = (name: string, day: string, changes: Partial<StepInput> = {}) =>
  recordStep(world, academy.teacher, {
    openingId,
    step: name,
    day,
    note: '',
    inspectors: '',
    dgesco: '',
    className: '',
    mef: '',
    referentName: '',
    caVoteDate: '',
    acknowledged: [],
    ...changes,
  })
const explored = { inspectors: 'IEN-ET', dgesco: 'Bureau DÉMO' }
const theClass = { className: '2MT', mef: '2472250331', referentName: 'Dominique Démo' }

describe('PT-15 the way to a class', () => {
  test('PT-15 PT-09 goes from the company’s wish to a class with it as principal company', async () => {
    await step('CONTACT_DRAFPIC', '2026-02-10')
    await step('EXPLORATION', '2026-03-10', explored)
    await step('ETABLISSEMENT_RETENU', '2026-05-10', { caVoteDate: '2026-05-04' })
    const classId = await step('OUVERTE', '2026-09-01', theClass)
    const opened = await seeClass(world, academy.teacher, classId!)
    expect(opened.row).toMatchObject({ name: '2MT', track: 'Microtechniques' })
    expect(opened.companies).toMatchObject([{ name: 'Moules du Haut DÉMO', role: 'principal' }])
    const view = await seeOpening(world, academy.teacher, openingId)
    expect(view).toMatchObject({
      left: [],
      row: { ca_vote_on: '2026-05-04' },
      opened: { public_id: classId },
    })
    expect(view.steps.map(({ day }) => day)).toEqual([
      '2026-01-10',
      '2026-02-10',
      '2026-03-10',
      '2026-05-10',
      '2026-09-01',
    ])
    const rules = (await findings()).filter(({ className }) => className === '2MT')
    expect(rules.map(({ rule }) => rule)).not.toContain('PT-15')
    expect(rules.map(({ rule }) => rule)).not.toContain('PT-16')
    await expect(step('OUVERTE', '2026-09-01', theClass)).rejects.toMatchObject({ rule: 'PT-15' })
  })

  test('PT-15 a step that is skipped warns, and that it was is kept and reported', async () => {
    await expect(step('EXPLORATION', '2026-03-10', explored)).rejects.toMatchObject({
      code: 'unacknowledged',
      fields: [{ pointer: '/acknowledged/PT-15' }],
    })
    await step('EXPLORATION', '2026-03-10', { ...explored, acknowledged: ['PT-15'] })
    expect((await listKeptWarnings(world.db, 'opening', [openingId])).get(openingId)).toEqual([
      'PT-15',
    ])
    await step('OUVERTE', '2026-09-01', { ...theClass, acknowledged: ['PT-15'] })
    const found = (await findings()).find(({ rule }) => rule === 'PT-15')
    expect(found?.words.en).toContain('The DRAFPIC is contacted, The school is chosen')
  })

  test('PT-15 PT-16 opening without an academic referent warns, and is kept', async () => {
    await step('CONTACT_DRAFPIC', '2026-02-10')
    await step('EXPLORATION', '2026-03-10', explored)
    await step('ETABLISSEMENT_RETENU', '2026-05-10')
    const without = { ...theClass, referentName: ' ' }
    await expect(step('OUVERTE', '2026-09-01', without)).rejects.toMatchObject({
      code: 'unacknowledged',
      fields: [{ pointer: '/acknowledged/PT-16' }],
    })
    expect((await seeOpening(world, academy.teacher, openingId)).opened).toBeUndefined()
    await step('OUVERTE', '2026-09-01', { ...without, acknowledged: ['PT-16'] })
    expect((await listKeptWarnings(world.db, 'opening', [openingId])).get(openingId)).toEqual([
      'PT-16',
    ])
  })

  test('PT-15 days are in the order of the steps', async () => {
    await step('CONTACT_DRAFPIC', '2026-01-10')
    await expect(step('EXPLORATION', '2026-01-09', explored)).rejects.toMatchObject({
      rule: 'PT-15',
      fields: [{ pointer: '/day' }],
    })
    await step('EXPLORATION', '2026-01-10', explored)
  })

  test('PT-15 no step is of a day to come, and an unknown one is none', async () => {
    await expect(step('CONTACT_DRAFPIC', '2026-11-25')).rejects.toMatchObject({
      fields: [{ pointer: '/day' }],
    })
    await expect(step('FERMEE', '2026-11-24')).rejects.toMatchObject({
      fields: [{ pointer: '/step' }],
    })
  })

  test('PT-15 what makes no sound class opens nothing', async () => {
    const acknowledged = ['PT-15', 'PT-16']
    for (const [wrong, pointer] of [
      [{ mef: '2472250332' }, '/mef'],
      [{ className: '' }, '/name'],
    ] as const) {
      await expect(
        step('OUVERTE', '2026-09-01', { ...theClass, ...wrong, acknowledged }),
      ).rejects.toMatchObject({ fields: [{ pointer }] })
    }
    await expect(
      step('OUVERTE', '2026-09-01', { ...theClass, className: '2PC', acknowledged }),
    ).rejects.toMatchObject({ code: 'conflict' })
    expect((await seeOpening(world, academy.teacher, openingId)).steps).toHaveLength(1)
  })

  test('is not there for another lycée; its academy reads it', async () => {
    await expect(seeOpening(world, academy.stranger, openingId)).rejects.toMatchObject({
      code: 'not-found',
    })
    expect((await seeOpenings(world, academy.stranger)).openings).toEqual([])
    const referent = await aReferent(world, academy)
    expect((await seeOpening(world, referent, openingId)).mayManage).toBe(false)
    expect((await seeOpenings(world, referent)).openings).toMatchObject([
      { track: 'Microtechniques', last: { step: 'DEMANDE_ENTREPRISE' } },
    ])
    const wish = {
      schoolId: academy.school.publicId,
      companyId: academy.school.publicId,
      track: 'X',
      day: '2026-01-10',
      note: '',
    }
    await expect(beginOpening(world, referent, wish)).rejects.toMatchObject({ code: 'not-found' })
    await expect(beginOpening(world, academy.teacher, wish)).rejects.toMatchObject({
      fields: [{ pointer: '/companyId' }],
    })
  })
})

function findings() {
  return classFindings(world.db, { schoolIds: [academy.school.id] }, '2026-11-24')
}
