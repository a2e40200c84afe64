import { beforeEach, describe, expect, test } from 'vitest'
import { addDerogation, addSite, changeSite } from '../../../src/mentoring/placements/add-site.js'
import { cancelPlacement, changeTutor } from '../../../src/mentoring/placements/change-tutor.js'
import { placementFindings } from '../../../src/mentoring/placements/findings.js'
import { planPlacement } from '../../../src/mentoring/placements/plan-placement.js'
import { findPlacementWithPlan } from '../../../src/mentoring/placements/placements-store.js'
import { listKeptWarnings } from '../../../src/mentoring/warnings.js'
import { validateAudit } from '../../../src/store/audit.js'
import { openWorld, type World } from '../../support/world.js'
import { aPlacement, aStudent, openAcademy, type Academy } from '../academy.js'
import { aPlan, aSite, aStudentBorn, plan } from './planned.js'

let world: World
let academy: Academy

beforeEach(async () => {
  world = await openWorld()
  academy = await openAcademy(world)
  await aStudent(world, academy, { id: 'ana' })
})

const findingsOn = async (day: string, schoolId = academy.school.id) =>
  (await placementFindings(world.db, { schoolIds: [schoolId] }, day)).map(
    ({ rule, publicId }) => `${rule} ${publicId}`,
  )

describe('planning a placement', () => {
  test('makes one that waits for its agreement, and is no fact yet', async () => {
    const id = await plan(world, academy)
    const planned = await findPlacementWithPlan(world.db, id)
    expect(planned).toMatchObject({ daysDone: null, confirmedAt: null, untilDay: '2026-12-18' })
    expect(planned?.plan).toMatchObject({ dailyMinutes: 420, age: 'UNDER_16', work: 'ORDINARY' })
    expect(planned?.plan?.referentName).toBe('Camille Martin')
  })

  test('PFMP-01: is within one school year', async () => {
    await expect(
      plan(world, academy, { fromDay: '2027-08-30', untilDay: '2027-09-01' }),
    ).rejects.toMatchObject({ code: 'rule-refused', rule: 'PFMP-01' })
    await plan(world, academy, { fromDay: '2027-08-30', untilDay: '2027-08-31' })
  })

  test('PFMP-02: is refused on days that are taken, and free on the next', async () => {
    await plan(world, academy)
    await expect(
      plan(world, academy, { fromDay: '2026-12-18', untilDay: '2026-12-22' }),
    ).rejects.toMatchObject({ rule: 'PFMP-02', fields: [{ pointer: '/fromDay' }] })
    await plan(world, academy, { fromDay: '2026-12-19', untilDay: '2026-12-22' })
    // One that was recorded after the fact takes its days too.
    await aPlacement(world, academy, 'ana')
    await expect(
      plan(world, academy, { fromDay: '2026-11-13', untilDay: '2026-11-20' }),
    ).rejects.toMatchObject({ rule: 'PFMP-02' })
  })

  test('PFMP-02: is free on the days of one that was cancelled', async () => {
    const id = await plan(world, academy)
    await cancelPlacement(world, academy.teacher, id)
    await plan(world, academy)
    await expect(cancelPlacement(world, academy.teacher, id)).rejects.toMatchObject({
      code: 'conflict',
    })
  })

  test('PFMP-03: with a tutor who has three already warns, is kept, and reported', async () => {
    for (const id of ['b', 'c']) {
      await aStudent(world, academy, { id })
      await plan(world, academy, { studentId: id })
    }
    await plan(world, academy)
    expect(await findingsOn('2026-11-24')).toEqual([])
    await aStudent(world, academy, { id: 'd' })
    const fourth = { studentId: 'd' }
    await expect(plan(world, academy, fourth)).rejects.toMatchObject({
      code: 'unacknowledged',
      rule: 'PFMP-03',
    })
    const id = await plan(world, academy, { ...fourth, acknowledged: ['PFMP-03'] })
    expect(await listKeptWarnings(world.db, 'placement', [id])).toEqual(
      new Map([[id, ['PFMP-03']]]),
    )
    const found = await findingsOn('2026-11-24')
    expect(found).toHaveLength(4)
    expect(found).toContain(`PFMP-03 ${id}`)
  })

  test('PFMP-04: at a site that is full warns; the academy may raise its quota', async () => {
    const siteId = await aSite(world, academy, 10)
    const tutors = ['Ida', 'Jo', 'Kim', 'Lou'].map((tutorGivenName) => ({
      tutorId: '',
      tutorGivenName,
      tutorFamilyName: 'Durand',
    }))
    for (const [at, studentId] of ['b', 'c', 'd'].entries()) {
      await aStudent(world, academy, { id: studentId })
      await plan(world, academy, { studentId, siteId, ...tutors[at] })
    }
    const fourth = { siteId, ...tutors[3] }
    await expect(plan(world, academy, fourth)).rejects.toMatchObject({ rule: 'PFMP-04' })
    await changeSite(world, academy.teacher, {
      siteId,
      staffCount: 10,
      quotaRaisedOn: '2026-09-01',
    })
    await plan(world, academy, fourth)
    expect(await findingsOn('2026-11-24')).toEqual([])
    await changeSite(world, academy.teacher, { siteId, staffCount: 10, quotaRaisedOn: '' })
    expect(await findingsOn('2026-11-24')).toHaveLength(4)
  })

  test('PFMP-05: of a 15-year-old at 8 h a day warns; not once they are 16', async () => {
    const eight = { dailyMinutes: 8 * 60, weeklyMinutes: 35 * 60 }
    await expect(plan(world, academy, eight)).rejects.toMatchObject({
      code: 'unacknowledged',
      fields: [{ pointer: '/acknowledged/PFMP-05' }],
    })
    const id = await plan(world, academy, { ...eight, acknowledged: ['PFMP-05'] })
    expect(await findingsOn('2026-11-24')).toEqual([`PFMP-05 ${id}`])
    // 16 on the first day, and 16 a day later.
    await aStudentBorn(world, academy, 'old', '2010-12-07')
    await aStudentBorn(world, academy, 'young', '2010-12-08')
    await plan(world, academy, { ...eight, studentId: 'old' })
    await expect(plan(world, academy, { ...eight, studentId: 'young' })).rejects.toMatchObject({
      rule: 'PFMP-05',
    })
  })

  test('PFMP-09: of regulated work is refused under 15, whatever is acknowledged', async () => {
    await aStudentBorn(world, academy, 'fourteen', '2011-12-08')
    const regulated = { work: 'REGULATED', acknowledged: ['PFMP-09', 'PFMP-10'] } as const
    await expect(
      plan(world, academy, { ...regulated, studentId: 'fourteen' }),
    ).rejects.toMatchObject({ code: 'rule-refused', rule: 'PFMP-09' })
    await aStudentBorn(world, academy, 'fifteen', '2011-12-07')
    await plan(world, academy, { ...regulated, studentId: 'fifteen' })
  })

  test('PFMP-10: of regulated work at a site without a valid declaration warns', async () => {
    const siteId = await aSite(world, academy)
    const { teacher } = academy
    const regulated = { siteId, work: 'REGULATED' } as const
    await expect(plan(world, academy, regulated)).rejects.toMatchObject({ rule: 'PFMP-10' })
    // Three years after it was sent is the day before the last of the placement.
    await addDerogation(world, teacher, { siteId, sentOn: '2023-12-17', works: 'Résines' })
    await expect(plan(world, academy, regulated)).rejects.toMatchObject({
      rule: 'PFMP-10',
      words: { fr: expect.stringContaining('17 décembre 2026') },
    })
    const id = await plan(world, academy, { ...regulated, acknowledged: ['PFMP-10'] })
    expect(await findingsOn('2026-11-24')).toEqual([`PFMP-10 ${id}`])
    await addDerogation(world, teacher, { siteId, sentOn: '2023-12-18', works: 'Résines' })
    expect(await findingsOn('2026-11-24')).toEqual([])
    await expect(
      addDerogation(world, teacher, { siteId, sentOn: '2023-12-18', works: 'Presses' }),
    ).rejects.toMatchObject({ code: 'conflict' })
  })

  test.each([
    ['/tutorId', () => ({ tutorId: academy.otherTutor.publicId })],
    ['/tutorId', () => ({ tutorId: '' })],
    ['/referentId', () => ({ referentId: academy.stranger.publicId })],
    ['/siteId', () => ({ siteId: 'nowhere' })],
    ['/companyId', () => ({ companyId: academy.school.publicId })],
    ['/untilDay', () => ({ untilDay: '2026-12-06' })],
    ['/endTime', () => ({ endTime: '08:00' })],
    ['/dailyHours', () => ({ dailyMinutes: 25 * 60, weeklyMinutes: 25 * 60 })],
    ['/medicalOpinionOn', () => ({ medicalOpinionOn: '2026-11-25' })],
  ])('is refused at %s for what cannot be', async (pointer, changes) => {
    await expect(plan(world, academy, changes())).rejects.toMatchObject({ fields: [{ pointer }] })
  })

  test('is for the staff of the student’s school; to all others the student is not there', async () => {
    const by = (actor: Academy['teacher']) => planPlacement(world, actor, aPlan(academy))
    await expect(by(academy.stranger)).rejects.toMatchObject({ code: 'not-found' })
    await expect(by(academy.tutor)).rejects.toMatchObject({ code: 'not-found' })
    await expect(by(academy.officer)).rejects.toMatchObject({ code: 'forbidden' })
    const id = await by(academy.colleague)
    await expect(cancelPlacement(world, academy.stranger, id)).rejects.toMatchObject({
      code: 'not-found',
    })
    const [elsewhere] = academy.stranger.assignments
    expect(await findingsOn('2027-01-10', elsewhere?.organisationId ?? 0)).toEqual([])
  })
})

describe('a tutor', () => {
  const ida = { tutorId: '', tutorGivenName: 'Ida', tutorFamilyName: 'Durand' }

  test('needs no account, and is then known to the company', async () => {
    await plan(world, academy, ida)
    const mentor = await world.db
      .selectFrom('mentors')
      .innerJoin('persons', 'persons.id', 'mentors.person_id')
      .select(['persons.public_id as publicId', 'email', 'password_hash', 'vetting'])
      .executeTakeFirstOrThrow()
    expect(mentor).toMatchObject({ email: null, password_hash: null, vetting: 'A_VERIFIER' })
    await aStudent(world, academy, { id: 'b' })
    await plan(world, academy, { studentId: 'b', tutorId: mentor.publicId })
    await expect(
      plan(world, academy, {
        companyId: academy.otherCompany.publicId,
        tutorId: mentor.publicId,
        fromDay: '2027-01-11',
        untilDay: '2027-01-15',
      }),
    ).rejects.toMatchObject({ fields: [{ pointer: '/tutorId' }] })
  })

  test('may change midway', async () => {
    const placementId = await plan(world, academy)
    const change = { placementId, acknowledged: [] }
    await changeTutor(world, academy.teacher, { ...change, ...ida })
    const { tutorName } = (await findPlacementWithPlan(world.db, placementId))!
    expect(tutorName).toBe('Ida Durand')
    await expect(changeTutor(world, academy.stranger, { ...change, ...ida })).rejects.toMatchObject(
      { code: 'not-found' },
    )
  })
})

describe('a site', () => {
  const site = () => ({
    companyId: academy.company.publicId,
    siret: '00099003600014',
    name: 'Atelier DÉMO',
    town: 'Port-Démo',
    staffCount: 12,
  })

  test('has a SIRET that is one, and its own', async () => {
    await expect(
      addSite(world, academy.teacher, { ...site(), siret: '00099003600015' }),
    ).rejects.toMatchObject({ fields: [{ pointer: '/siret' }] })
    await addSite(world, academy.teacher, site())
    await expect(addSite(world, academy.teacher, site())).rejects.toMatchObject({
      code: 'conflict',
      fields: [{ pointer: '/siret' }],
    })
  })

  test('is added by school staff only', async () => {
    await expect(addSite(world, academy.tutor, site())).rejects.toMatchObject({ code: 'not-found' })
    await expect(
      addSite(world, academy.teacher, { ...site(), staffCount: 0 }),
    ).rejects.toMatchObject({ fields: [{ pointer: '/staffCount' }] })
  })
})

test('neither the audit nor a finding holds a name, a birth date or an age of a student', async () => {
  const siteId = await aSite(world, academy)
  const regulated = { siteId, work: 'REGULATED', acknowledged: ['PFMP-10'] } as const
  const placementId = await plan(world, academy, { ...regulated, medicalOpinionOn: '2026-11-20' })
  await changeTutor(world, academy.teacher, {
    ...{ placementId, acknowledged: [] },
    ...{ tutorId: '', tutorGivenName: 'Ida', tutorFamilyName: 'Durand' },
  })
  const lines = await world.db.selectFrom('audit').selectAll().execute()
  const plans = await world.db.selectFrom('placement_plans').selectAll().execute()
  const findings = await placementFindings(
    world.db,
    { schoolIds: [academy.school.id] },
    '2027-01-10',
  )
  expect(findings.length).toBeGreaterThan(0)
  expect(lines.map(({ action }) => action)).toContain('placement.tutor-changed')
  expect(JSON.stringify([lines, findings])).not.toMatch(/Zoé|Kergu|Durand|2011-|2026-11-20|15 ans/)
  expect(JSON.stringify(plans)).not.toMatch(/2011-/)
  expect(await validateAudit(world.db)).toMatchObject({ sound: true })
})
