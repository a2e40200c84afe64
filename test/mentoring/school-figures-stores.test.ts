import { describe, expect, test } from 'vitest'
import { recordAgreement } from '../../src/mentoring/classes/record-agreement.js'
import { promise, recordContribution } from '../../src/mentoring/classes/record-contribution.js'
import { confirmSession } from '../../src/mentoring/confirming/confirm-session.js'
import { countFigures, startFigures } from '../../src/mentoring/indicators/count-figures.js'
import {
  countOrdered,
  countSchoolsOnSchedule,
  orderSchool,
  SCHOOLS_JOB,
} from '../../src/mentoring/indicators/count-schools.js'
import { listSchoolFigures } from '../../src/mentoring/indicators/school-figures-store.js'
import { recordOutcomes } from '../../src/mentoring/outcomes/record-outcomes.js'
import { sayTotals } from '../../src/mentoring/publics/say-totals.js'
import { STORES } from '../support/dialects.js'
import { DAY, openWorld, type World } from '../support/world.js'
import { aMember, aSession, openAcademy, type Academy } from './academy.js'

const noBadges = async () => ({ badges: 7 })
const countAll = countSchoolsOnSchedule(noBadges)

async function figuresOf(world: World, { school }: Academy, schoolYear = 2026) {
  const rows = await listSchoolFigures(world.db, [school.id], { scheme: 'PTECH', schoolYear })
  return Object.assign({}, ...rows.map(({ counts }) => counts)) as Record<string, number>
}

async function saidOf(world: World, academy: Academy, BOURSIER: string) {
  await sayTotals(world, academy.teacher, {
    cohortId: academy.cohortId,
    schoolId: academy.school.publicId,
    year: 2026,
    totals: { BOURSIER, QPV: '', EDUCATION_PRIORITAIRE: '' },
  })
}

describe.each(STORES)('on $name', ({ open }) => {
  test('a school has companies, mentors, totals, outcomes and the state of its classes', async () => {
    const world = await openWorld({ db: await open() })
    const academy = await openAcademy(world, 2024)
    const { classId, cohortId, teacher, company, officer } = academy
    const studentIds = ['ana', 'bilal', 'chloe', 'dora', 'elio']
    for (const id of studentIds) await aMember(world, academy, { id, level: 'TLE_PRO' })
    const session = await aSession(world, academy, { studentIds })
    await confirmSession(world, academy.colleague, session)
    const of = { classId, companyId: company.publicId }
    await promise(world, teacher, { ...of, schoolYear: 2026, personDays: 20, euros: 1000 })
    const given = { ...of, day: '2026-11-10', description: 'Atelier' }
    await recordContribution(world, officer, {
      ...given,
      kind: 'PERSON_DAYS',
      personDays: 2.5,
      euros: null,
    })
    await recordContribution(world, officer, {
      ...given,
      kind: 'EQUIPMENT',
      personDays: null,
      euros: 300.5,
    })
    const term = { startDay: '2022-01-01', endDay: '2026-12-31', parties: [] }
    await recordAgreement(world, teacher, {
      classId,
      type: 'ACCORD_CADRE_PTECH',
      title: 'Accord DÉMO',
      ...term,
    })
    const outcomes = { BAC: '', BTS: '', NEXT: 'AUTRE' }
    await recordOutcomes(world, teacher, {
      cohortId,
      studentId: 'ana',
      day: '2026-10-01',
      outcomes,
    })
    await countFigures(world)
    await saidOf(world, academy, '4')
    await countAll(world, {})
    expect(await figuresOf(world, academy)).toEqual({
      badges: 7,
      // An hour of one mentor is 0.1 day, beside two and a half.
      person_day_tenths: 26,
      promised_days: 20,
      tutoring_days: 0,
      equipment_cents: 30_050,
      promised_cents: 100_000,
      companies: 1,
      renewals: 0,
      school_mentors: 1,
      new_mentors: 1,
      known_mentors: 0,
      next: 1,
      'NEXT:AUTRE': 1,
      'public:BOURSIER': 4,
      classes: 1,
      without_liaison: 1,
      without_referent: 1,
      without_agreement: 0,
      agreements_ending: 1,
      // It entered in 2024, and goes on until August 2029.
      cohorts_uncovered: 1,
      progression_current: 0,
      plan_unsigned: 1,
    })
    // A year later the mentor is none that is new, and the year that is over keeps its state.
    world.clock.advance(365 * DAY)
    await aSession(world, academy, { studentIds, day: '2027-11-10' })
    await countFigures(world)
    await countAll(world, { all: true })
    expect(await figuresOf(world, academy, 2027)).toMatchObject({
      new_mentors: 0,
      known_mentors: 1,
    })
    expect(await figuresOf(world, academy)).toMatchObject({ agreements_ending: 1, classes: 1 })
    await world.db.destroy()
  }, 180_000)

  test('PT-20 a total counts once all cohorts have one, and none that is above what is there', async () => {
    const world = await openWorld({ db: await open() })
    const academy = await openAcademy(world)
    for (const id of ['ana', 'bilal', 'chloe', 'dora', 'elio'])
      await aMember(world, academy, { id })
    await countFigures(world)
    await countAll(world, {})
    expect(await figuresOf(world, academy)).not.toHaveProperty('public:BOURSIER')
    await saidOf(world, academy, '5')
    await countOrdered(noBadges)(world, { schoolId: academy.school.id, year: 2026 })
    expect(await figuresOf(world, academy)).toMatchObject({ 'public:BOURSIER': 5 })
    // Somebody is struck off: five of four cannot be.
    await world.db.updateTable('cohort_figures').set({ followed: 4 }).execute()
    await countAll(world, {})
    expect(await figuresOf(world, academy)).not.toHaveProperty('public:BOURSIER')
    await world.db.destroy()
  }, 180_000)
})

test('schools are counted at the start and every hour, of all years once a day', async () => {
  const world = await openWorld()
  await openAcademy(world)
  const jobs = async () => {
    const rows = await world.db
      .selectFrom('jobs')
      .select(['run_at', 'payload'])
      .where('kind', '=', SCHOOLS_JOB)
      .where('run_at', '>', world.now().toISOString())
      .execute()
    return rows.map(({ run_at, payload }) => [
      run_at,
      (JSON.parse(payload) as { all: boolean }).all,
    ])
  }
  await startFigures(world)
  await countAll(world, { all: true })
  await countAll(world, { all: true })
  // One job for all processes, however many there are.
  expect(await jobs()).toEqual([['2026-11-24T12:00:00.000Z', false]])
  world.clock.at = new Date('2026-11-24T22:30:00Z')
  await countAll(world, {})
  // Midnight in Paris.
  expect(await jobs()).toEqual([['2026-11-24T23:00:00.000Z', true]])
})

test('a school that said something is counted by a job of its own', async () => {
  const world = await openWorld()
  const of = { schoolId: 1, year: 2026 }
  await orderSchool(world, world.db, of)
  await orderSchool(world, world.db, of)
  const jobs = await world.db.selectFrom('jobs').select('payload').execute()
  expect(jobs.map(({ payload }) => JSON.parse(payload))).toEqual([of, of])
})
