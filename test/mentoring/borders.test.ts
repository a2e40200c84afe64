import { beforeEach, describe, expect, test } from 'vitest'
import { alertsFor } from '../../src/mentoring/alerts/see-alerts.js'
import { archiveScheme } from '../../src/mentoring/exports/archive-scheme.js'
import { undoSession } from '../../src/mentoring/facts/undo-session.js'
import { openSchoolDays, schoolTimeSince } from '../../src/mentoring/school-calendar/school-days.js'
import { assertLevelAllows, careerOwed } from '../../src/mentoring/schemes/ptech.js'
import type { Schooling } from '../../src/mentoring/schemes/scheme.js'
import { dayAt, dayBefore, today } from '../../src/people/days.js'
import { refusalOf } from '../people/people.js'
import { openWorld, type World } from '../support/world.js'
import { aMember, aSession, openAcademy, type Academy } from './academy.js'
import { aPair, aYouth, openPartners } from './partners.js'
import { aStudentBorn, plan } from './placements/planned.js'

let world: World

beforeEach(async () => {
  world = await openWorld()
})

const at = (instant: string) => {
  world.clock.at = new Date(instant)
}

describe('a student who repeats a year', () => {
  const years = (...levels: Schooling['level'][]): Schooling[] =>
    levels.map((level, index) => ({
      level,
      fromDay: `${2024 + index}-09-01`,
      untilDay: index === levels.length - 1 ? null : `${2025 + index}-08-31`,
    }))
  const allows = (kind: 'PROJET' | 'IMMERSION' | 'CARRIERE', of: Schooling[], day: string) => {
    try {
      assertLevelAllows(kind, of, day, '/studentIds/0')
      return 'yes'
    } catch (error) {
      return (error as { rule: string }).rule
    }
  }

  test('PT-03 of 2de pro waits for CARRIERE as long as they are in it, whatever their cohort has reached', () => {
    const again = years('2NDE_PRO', '2NDE_PRO', '1RE_PRO')
    expect(allows('CARRIERE', again, '2025-09-01')).toBe('PT-03')
    expect(allows('CARRIERE', again, '2026-08-31')).toBe('PT-03')
    expect(allows('CARRIERE', again, '2026-09-01')).toBe('yes')
  })

  test('PT-03 of 1re pro goes on with CARRIERE in the second year', () => {
    const again = years('2NDE_PRO', '1RE_PRO', '1RE_PRO')
    for (const day of ['2025-09-01', '2026-08-31', '2026-09-01']) {
      expect(allows('CARRIERE', again, day)).toBe('yes')
    }
  })

  test('PT-02 of 3e has neither PROJET nor IMMERSION until 2de pro begins', () => {
    const again = years('3E', '3E', '2NDE_PRO')
    for (const kind of ['PROJET', 'IMMERSION'] as const) {
      expect(allows(kind, again, '2025-09-01')).toBe('PT-02')
      expect(allows(kind, again, '2026-08-31')).toBe('PT-02')
      expect(allows(kind, again, '2026-09-01')).toBe('yes')
    }
  })

  test('PT-04 owes months from the first day of première, and those of the year repeated', () => {
    const enrolments = [{ fromDay: '2024-09-01', untilDay: null }]
    const owed = (schoolings: Schooling[], year: number, day: string) =>
      careerOwed({ schoolings, enrolments, careerDays: [] }, year, day, []).length
    const ofSeconde = years('2NDE_PRO', '2NDE_PRO', '1RE_PRO')
    expect(owed(ofSeconde, 2025, '2026-06-30')).toBe(0)
    expect(owed(ofSeconde, 2026, '2026-09-30')).toBe(1)
    const ofPremiere = years('2NDE_PRO', '1RE_PRO', '1RE_PRO')
    expect(owed(ofPremiere, 2025, '2026-06-30')).toBe(10)
    expect(owed(ofPremiere, 2026, '2027-06-30')).toBe(10)
  })

  test('PT-03 is refused in a cohort whose others are in 1re pro', async () => {
    const academy = await openAcademy(world, 2025)
    await aMember(world, academy, { id: 'ana', level: '1RE_PRO' })
    await aMember(world, academy, { id: 'bilal', level: '2NDE_PRO' })
    const meet = (studentIds: string[]) =>
      aSession(world, academy, { kind: 'CARRIERE', studentIds, day: '2026-09-01' })
    expect(await refusalOf(meet(['ana', 'bilal']))).toMatchObject({
      rule: 'PT-03',
      fields: [{ pointer: '/studentIds/1' }],
    })
    await meet(['ana'])
  })
})

describe('a birthday', () => {
  test.each([
    ['the day before they are 15', '2011-12-08', 'refused'],
    ['on the day on which they are 15', '2011-12-07', 'open'],
  ])('PFMP-09 regulated work: a placement that begins %s', async (_, born, outcome) => {
    const academy = await openAcademy(world)
    await aStudentBorn(world, academy, 'ana', born)
    const planned = plan(world, academy, {
      ...{ fromDay: '2026-12-07', untilDay: '2026-12-18' },
      ...{ work: 'REGULATED', acknowledged: ['PFMP-10'] },
    })
    if (outcome === 'open') await planned
    else expect((await refusalOf(planned)).rule).toBe('PFMP-09')
  })

  test.each([
    ['the last day of 15', '2010-12-08', 'unacknowledged'],
    ['the day on which they are 16', '2010-12-07', undefined],
  ])('PFMP-05 eight hours: a placement that begins on %s', async (_, born, code) => {
    const academy = await openAcademy(world)
    await aStudentBorn(world, academy, 'ana', born)
    const planned = plan(world, academy, { dailyMinutes: 8 * 60 })
    const refusal = await planned.then(
      () => undefined,
      (error: { code: string }) => error.code,
    )
    expect(refusal).toBe(code)
  })

  test('PFMP-09 somebody of 29 February is 15 on 1 March of a year that has none', async () => {
    const academy = await openAcademy(world)
    await aStudentBorn(world, academy, 'ana', '2012-02-29')
    const regulated = { work: 'REGULATED', acknowledged: ['PFMP-10'] } as const
    const from = (fromDay: string) =>
      plan(world, academy, { ...regulated, fromDay, untilDay: '2027-03-12' })
    expect((await refusalOf(from('2027-02-28'))).rule).toBe('PFMP-09')
    await from('2027-03-01')
  })

  test.each([
    ['15 on the first day', '2011-10-01', []],
    ['15 the day after', '2011-10-02', ['JM-04']],
    ['30 on the last day of it', '1995-10-02', []],
    ['31 on the first day', '1995-10-01', ['JM-04']],
  ])('JM-04 a pair of somebody who is %s', async (_, birthDate, rules) => {
    const partners = await openPartners(world)
    await aYouth(world, partners.school, { id: 'ana', birthDate })
    const opened = aPair(world, partners, { studentId: 'ana', startedOn: '2026-10-01' })
    const warned = await opened.then(
      () => [],
      (error: { rule: string }) => [error.rule],
    )
    expect(warned).toEqual(rules)
  })
})

describe('midnight in Paris', () => {
  test.each([
    ['in winter', '2026-11-24T22:59:59.999Z', '2026-11-24'],
    ['in winter', '2026-11-24T23:00:00.000Z', '2026-11-25'],
    ['in summer', '2027-06-30T21:59:59.999Z', '2027-06-30'],
    ['in summer', '2027-06-30T22:00:00.000Z', '2027-07-01'],
    ['as the night begins that has an hour twice', '2026-10-24T21:59:59.999Z', '2026-10-24'],
    ['as the night begins that has an hour twice', '2026-10-24T22:00:00.000Z', '2026-10-25'],
    ['in the hour that comes twice', '2026-10-25T00:30:00.000Z', '2026-10-25'],
    ['in the hour that comes twice, again', '2026-10-25T01:30:00.000Z', '2026-10-25'],
    ['as the day of 25 hours ends', '2026-10-25T22:59:59.999Z', '2026-10-25'],
    ['as the day of 25 hours ends', '2026-10-25T23:00:00.000Z', '2026-10-26'],
    ['as the night begins that lacks an hour', '2027-03-27T23:00:00.000Z', '2027-03-28'],
    ['as the day of 23 hours ends', '2027-03-28T21:59:59.999Z', '2027-03-28'],
    ['as the day of 23 hours ends', '2027-03-28T22:00:00.000Z', '2027-03-29'],
  ])('is where a day ends: %s, %s is %s', (_, instant, day) => {
    at(instant)
    expect(today(world)).toBe(day)
    expect(dayAt(new Date(instant), 'Europe/Paris')).toBe(day)
  })

  test.each([
    ['2026-11-24T22:59:59Z', '2026-11-25'],
    ['2026-10-25T22:59:59Z', '2026-10-26'],
    ['2027-03-28T21:59:59Z', '2027-03-29'],
  ])('a session is recorded of the day from its midnight on, not at %s', async (instant, day) => {
    const academy = await openAcademy(world)
    await aMember(world, academy, { id: 'zoe' })
    at(instant)
    const record = () => aSession(world, academy, { studentIds: ['zoe'], day })
    expect(await refusalOf(record())).toMatchObject({ fields: [{ pointer: '/day' }] })
    world.clock.advance(1_000)
    await record()
  })

  test('what was recorded at 23 h 30 is undone until midnight', async () => {
    const academy = await openAcademy(world)
    await aMember(world, academy, { id: 'zoe' })
    at('2026-11-24T22:30:00Z')
    const [first, second] = [
      await aSession(world, academy, { studentIds: ['zoe'], day: '2026-11-23' }),
      await aSession(world, academy, { studentIds: ['zoe'], day: '2026-11-24' }),
    ]
    at('2026-11-24T22:59:59Z')
    await undoSession(world, academy.teacher, first)
    at('2026-11-24T23:00:00Z')
    expect((await refusalOf(undoSession(world, academy.teacher, second))).code).toBe('conflict')
  })

  test('a file that is made at 00 h 30 has the name of the new day', async () => {
    const academy = await openAcademy(world)
    at('2026-11-24T23:30:00Z')
    const asked = { code: 'PTECH', year: undefined, language: 'fr' } as const
    const { name } = await archiveScheme(world, academy.teacher, asked)
    expect(name).toBe('sceau-ptech-2026-11-25.zip')
  })

  describe('AL-2 counts days from midnight in Paris', () => {
    let academy: Academy
    const told = async () =>
      (await alertsFor(world, academy.teacher)).filter(({ rule }) => rule === 'AL-2')

    test.each([
      ['at 23 h 30 of a winter day', '2026-11-10T22:30:00Z', '2026-11-10', '2026-11-25'],
      ['at 00 h 30 of the next', '2026-11-10T23:30:00Z', '2026-11-11', '2026-11-26'],
      ['at 00 h 30 of a summer day', '2027-06-01T22:30:00Z', '2027-06-02', '2027-06-17'],
      ['in the night of 25 hours', '2026-10-25T00:30:00Z', '2026-10-25', '2026-11-09'],
      ['in the night of 23 hours', '2027-03-27T23:30:00Z', '2027-03-28', '2027-04-12'],
    ])('recorded %s', async (_, recordedAt, since, firstTold) => {
      academy = await openAcademy(world)
      await aMember(world, academy, { id: 'zoe' })
      at(recordedAt)
      await aSession(world, academy, { studentIds: ['zoe'], day: '2026-09-15' })
      at(`${dayBefore(firstTold)}T12:00:00Z`)
      expect(await told()).toEqual([])
      at(`${firstTold}T12:00:00Z`)
      expect(await told()).toMatchObject([{ since }])
    })
  })
})

describe('days of school across the nights on which clocks change', () => {
  test.each([
    ['2026-10-24', '2026-10-26', 2],
    ['2027-03-27', '2027-03-29', 2],
    ['2026-10-25', '2026-10-25', 0],
  ])('AL-1 from %s to %s are %i', (from, until, days) => {
    expect(schoolTimeSince(from, until, [])).toBe(days)
  })

  test('PT-04 the months with a change have all their days', () => {
    expect(openSchoolDays('2026-10', [])).toBe(22)
    // Without Easter Monday.
    expect(openSchoolDays('2027-03', [])).toBe(22)
  })
})
