import { beforeEach, describe, expect, test } from 'vitest'
import type { Actor } from '../../../src/context.js'
import { openCohort } from '../../../src/mentoring/classes/open-cohort.js'
import { classFindings } from '../../../src/mentoring/classes/class-findings.js'
import { endFunction, namePerson } from '../../../src/mentoring/classes/name-person.js'
import { seePlan, seeProgression } from '../../../src/mentoring/classes/see-plan.js'
import { signPlan } from '../../../src/mentoring/classes/sign-plan.js'
import { writePlan } from '../../../src/mentoring/classes/write-plan.js'
import {
  writeProgression,
  type ProgressionInput,
} from '../../../src/mentoring/classes/write-progression.js'
import { asActor, somebody } from '../../people/people.js'
import { meanwhile } from '../../support/meanwhile.js'
import { openWorld, type World } from '../../support/world.js'
import { ADDRESS, openAcademy, type Academy } from '../academy.js'
import { browserOf } from '../browser.js'
import { anAdmin } from './ground.js'

let world: World
let academy: Academy
let admin: Actor
const YEARS = ['Découverte', 'Projet', 'Carrière', 'BTS', 'Insertion']

beforeEach(async () => {
  world = await openWorld()
  academy = await openAcademy(world)
  admin = await anAdmin(world, academy)
})

const write = (basedOn = 0, years = YEARS) =>
  writePlan(world, academy.teacher, { classId: academy.classId, firstYear: 2026, years, basedOn })
const sign = (actor: Actor, side: 'COMPANY' | 'TEAM', version = 1) =>
  signPlan(world, actor, { classId: academy.classId, side, version })
const see = (actor: Actor = academy.teacher) => seePlan(world, actor, academy.classId)
const told = async (rule: string) =>
  (await classFindings(world.db, { schoolIds: [academy.school.id] }, '2026-11-24')).filter(
    (one) => one.rule === rule,
  )

describe('PT-18 the contributions plan', () => {
  test('PT-18 is agreed once both sides have signed it, whichever is first', async () => {
    expect(await told('PT-18')).toHaveLength(1)
    await write()
    await sign(academy.teacher, 'TEAM')
    expect(await see()).toMatchObject({ agreed: false, plan: { texts: YEARS, version: 1 } })
    expect(await told('PT-18')).toHaveLength(1)
    expect((await see(admin)).maySign).toBe('COMPANY')
    await sign(admin, 'COMPANY')
    const view = await see(admin)
    expect(view).toMatchObject({ agreed: true, maySign: undefined, mayManage: false })
    expect(view.signed.map(({ companyName }) => companyName)).toEqual([
      null,
      'Composites du Lac DÉMO',
    ])
    expect(await told('PT-18')).toEqual([])
  })

  test('PT-18 a change after a sign-off takes the sign-offs back', async () => {
    await write()
    await sign(academy.teacher, 'TEAM')
    await sign(admin, 'COMPANY')
    await write(1, [...YEARS.slice(0, 4), 'Embauche possible'])
    expect(await see()).toMatchObject({ agreed: false, signed: [], plan: { version: 2 } })
    expect(await told('PT-18')).toHaveLength(1)
    await expect(sign(admin, 'COMPANY', 1)).rejects.toMatchObject({ code: 'conflict' })
    await sign(admin, 'COMPANY', 2)
  })

  test('PT-18 another first year is a new version that nobody has signed; what was signed stays as it was', async () => {
    await write()
    await sign(academy.teacher, 'TEAM')
    await sign(admin, 'COMPANY')
    const { classId } = academy
    const later = { classId, firstYear: 2027, years: YEARS, basedOn: 1 }
    await expect(
      writePlan(world, academy.teacher, { ...later, firstYear: 2027.5 }),
    ).rejects.toMatchObject({ fields: [{ pointer: '/firstYear' }] })
    await writePlan(world, academy.teacher, later)
    expect(await see()).toMatchObject({
      agreed: false,
      signed: [],
      plan: { version: 2, first_year: 2027, texts: YEARS },
    })
    const kept = await world.db
      .selectFrom('contribution_plans')
      .leftJoin('plan_sign_offs', 'plan_sign_offs.plan_id', 'contribution_plans.id')
      .select(['version', 'first_year', 'side'])
      .where('version', '=', 1)
      .orderBy('plan_sign_offs.id')
      .execute()
    expect(kept.map(({ first_year, side }) => [first_year, side])).toEqual([
      [2026, 'TEAM'],
      [2026, 'COMPANY'],
    ])
  })

  test('PT-18 the form keeps a first year that it would not propose', async () => {
    const { classId } = academy
    await writePlan(world, academy.teacher, { classId, firstYear: 2019, years: YEARS, basedOn: 0 })
    const tab = await browserOf(world, ADDRESS.teacher)
    const { text } = await tab.get(`/classes/${classId}/plan/edit`)
    expect(text).toMatch(/<option[^>]*value="2019"[^>]*selected|selected[^>]*value="2019"/)
    expect(text).toContain('2027-2028')
  })

  test('PT-18 a side signs once, and nobody for both', async () => {
    await write()
    await sign(academy.teacher, 'TEAM')
    await expect(sign(academy.colleague, 'TEAM')).rejects.toMatchObject({ rule: 'PT-18' })
    const held = { role: 'company-admin', organisationId: academy.company.id } as const
    const both = await asActor(world, await somebody(world, 'both@example.org', held))
    await world.db
      .insertInto('role_assignments')
      .values({
        person_id: both.personId!,
        organisation_id: academy.school.id,
        role: 'school-staff',
        from_day: '2026-09-01',
      })
      .execute()
    const inBoth = {
      ...both,
      assignments: [
        ...both.assignments,
        { role: 'school-staff' as const, organisationId: academy.school.id },
      ],
    }
    await write(1)
    await sign(inBoth, 'COMPANY', 2)
    await expect(sign(inBoth, 'TEAM', 2)).rejects.toMatchObject({ rule: 'PT-18' })
    expect((await see(inBoth)).maySign).toBeUndefined()
  })

  test('PT-18 the team does not sign for the company, nor the company for the team', async () => {
    await write()
    await expect(sign(academy.teacher, 'COMPANY')).rejects.toMatchObject({ code: 'forbidden' })
    await expect(sign(admin, 'TEAM')).rejects.toMatchObject({ code: 'forbidden' })
    await expect(sign(academy.officer, 'TEAM')).rejects.toMatchObject({ code: 'forbidden' })
    await expect(sign(academy.stranger, 'TEAM')).rejects.toMatchObject({ code: 'not-found' })
    await expect(sign(academy.otherTutor, 'COMPANY')).rejects.toMatchObject({ code: 'not-found' })
  })

  test('PT-18 of two sign-offs of a side at once one counts, and none of a version that was changed meanwhile', async () => {
    await write()
    const second = meanwhile(world, () => sign(academy.colleague, 'TEAM'))
    const team = { classId: academy.classId, side: 'TEAM', version: 1 } as const
    await expect(signPlan(second, academy.teacher, team)).rejects.toMatchObject({ rule: 'PT-18' })
    expect((await see()).signed).toHaveLength(1)
    const company = { ...team, side: 'COMPANY' } as const
    const late = meanwhile(world, () => write(1, [...YEARS.slice(0, 4), 'Embauche possible']))
    await expect(signPlan(late, admin, company)).rejects.toMatchObject({ code: 'conflict' })
    expect(await see()).toMatchObject({ signed: [], plan: { version: 2 } })
  })

  test('PT-18 has five years, and is written upon what was read', async () => {
    await expect(write(0, YEARS.slice(0, 4))).rejects.toMatchObject({
      rule: 'PT-18',
      fields: [{ pointer: '/year5' }],
    })
    await write()
    await expect(write()).rejects.toMatchObject({ code: 'conflict' })
    expect((await see()).plan?.version).toBe(1)
  })
})

describe('PT-17 the progression pédagogique', () => {
  let progression: ProgressionInput
  beforeEach(async () => {
    const inspectorId = await namePerson(world, academy.teacher, {
      classId: academy.classId,
      function: 'INSPECTOR',
      name: 'Sacha Démo',
      fromDay: '2026-09-01',
    })
    progression = {
      classId: academy.classId,
      content: 'Première période…',
      cohortIds: [academy.cohortId],
      inspectorId,
      basedOn: 0,
      acknowledged: [],
    }
  })
  const writeIt = (changes: Partial<ProgressionInput> = {}) =>
    writeProgression(world, academy.teacher, { ...progression, ...changes })

  test('PT-17 covers every cohort under way, with an inspector', async () => {
    expect(await told('PT-17')).toHaveLength(1)
    await writeIt()
    expect(await told('PT-17')).toEqual([])
    const view = await seeProgression(world, academy.officer, academy.classId)
    expect(view).toMatchObject({
      progression: { updated_on: '2026-11-24', version: 1 },
      cohorts: [{ covered: true }],
      inspector: { name: 'Sacha Démo' },
      mayManage: false,
    })
  })

  test('PT-17 warns where it leaves out a cohort, or has no inspector', async () => {
    const refused = { code: 'unacknowledged', fields: [{ pointer: '/acknowledged/PT-17' }] }
    await expect(writeIt({ cohortIds: [] })).rejects.toMatchObject(refused)
    await expect(writeIt({ inspectorId: '' })).rejects.toMatchObject(refused)
    await writeIt({ cohortIds: [], acknowledged: ['PT-17'] })
    expect(await told('PT-17')).toHaveLength(1)
  })

  test('PT-17 is told again when a cohort is opened, and when the inspector has left', async () => {
    await writeIt()
    await openCohort(world, academy.teacher, { classId: academy.classId, entryYear: 2025 })
    expect((await told('PT-17'))[0]?.words.fr).toContain('2025-2026')
    const id = progression.inspectorId
    await endFunction(world, academy.teacher, {
      classId: academy.classId,
      id,
      lastDay: '2026-11-23',
    })
    expect(await told('PT-17')).toHaveLength(2)
  })

  test('PT-17 has words, and is written upon what was read', async () => {
    await expect(writeIt({ content: ' ' })).rejects.toMatchObject({
      fields: [{ pointer: '/content' }],
    })
    await writeIt()
    await expect(writeIt()).rejects.toMatchObject({ code: 'conflict' })
    await writeIt({ basedOn: 1, content: 'Mise à jour' })
    await expect(writeProgression(world, academy.officer, progression)).rejects.toMatchObject({
      code: 'forbidden',
    })
  })
})
