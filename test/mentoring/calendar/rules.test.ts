import { describe, expect, test } from 'vitest'
import { contentOn, openPlans } from '../../../src/mentoring/calendar/days.js'
import { instantAt } from '../../../src/mentoring/calendar/instant-at.js'
import { monthsLater, periodOf, toMonth, weeksOf } from '../../../src/mentoring/calendar/month.js'
import { namesNobody } from '../../../src/mentoring/calendar/names-nobody.js'
import { aPlan, aRecorded } from './content.js'

describe('a month', () => {
  test('is the one that is asked for, or that of today', () => {
    expect(toMonth('2027-02', '2026-11-24')).toBe('2027-02')
    for (const odd of [undefined, '', '2027-13', '2027-00', '2027-2', 'x', '2027-02-01']) {
      expect(toMonth(odd, '2026-11-24'), odd).toBe('2026-11')
    }
  })

  test('has those before and after it, over the new year', () => {
    expect([monthsLater('2026-12', 1), monthsLater('2027-01', -1)]).toEqual(['2027-01', '2026-12'])
  })

  test('has weeks from Monday to Sunday that hold every day of it once', () => {
    for (const month of ['2026-02', '2026-11', '2027-02', '2028-02', '2026-03', '2026-10']) {
      const weeks = weeksOf(month)
      const days = weeks.flat()
      const { fromDay, untilDay } = periodOf(month)
      expect(weeks.every((week) => week.length === 7)).toBe(true)
      expect(new Date(weeks[0]![0]!).getUTCDay(), month).toBe(1)
      expect(days.indexOf(fromDay), month).toBeLessThan(7)
      expect(days.length - days.indexOf(untilDay), month).toBeLessThan(8)
      expect(new Set(days).size).toBe(days.length)
    }
    expect(weeksOf('2027-02')).toHaveLength(4)
  })
})

describe('a time at school', () => {
  test.each([
    ['2026-11-24', '14:30', '2026-11-24T13:30:00.000Z'],
    ['2026-07-01', '00:10', '2026-06-30T22:10:00.000Z'],
    // The night on which 02:00 to 03:00 does not exist, and the hours around it.
    ['2027-03-28', '01:59', '2027-03-28T00:59:00.000Z'],
    ['2027-03-28', '02:30', '2027-03-28T01:30:00.000Z'],
    ['2027-03-28', '03:00', '2027-03-28T01:00:00.000Z'],
    // The night on which 02:00 to 03:00 comes twice.
    ['2026-10-25', '01:59', '2026-10-24T23:59:00.000Z'],
    ['2026-10-25', '02:30', '2026-10-25T00:30:00.000Z'],
    ['2026-10-25', '03:00', '2026-10-25T02:00:00.000Z'],
  ])('%s %s in Paris is %s', (day, time, instant) => {
    expect(instantAt(day, time, 'Europe/Paris').toISOString()).toBe(instant)
  })

  test('is another instant overseas', () => {
    expect(instantAt('2026-11-24', '14:30', 'Indian/Reunion').toISOString()).toBe(
      '2026-11-24T10:30:00.000Z',
    )
  })
})

describe('what is planned', () => {
  const early = aPlan({ publicId: 'early', startTime: '09:00' })
  const late = aPlan({ publicId: 'late', startTime: '14:00' })
  const idsOf = (plans: readonly { publicId: string }[]) => plans.map(({ publicId }) => publicId)

  test('is open until it is cancelled, or one like it was recorded', () => {
    expect(idsOf(openPlans([early, late], []))).toEqual(['early', 'late'])
    expect(idsOf(openPlans([early, { ...late, cancelledAt: 'then' }], []))).toEqual(['early'])
    expect(idsOf(openPlans([early, late], [aRecorded()]))).toEqual(['late'])
    expect(openPlans([early, late], [aRecorded(), aRecorded({ publicId: 's2' })])).toEqual([])
  })

  test.each([
    ['day', '2026-11-11'],
    ['kind', 'CARRIERE'],
    ['organisationId', 'other'],
  ])('a session of another %s is another one', (key, value) => {
    expect(openPlans([early], [aRecorded({ [key]: value })])).toEqual([early])
  })
})

test('a day has what falls on it: a placement and a break on each of their days', () => {
  const span = { fromDay: '2026-11-02', untilDay: '2026-11-13' }
  const placement = {
    ...span,
    organisationId: 'o',
    organisationName: 'O',
    students: 2,
    versions: 2,
    recordedAt: '2026-11-14T00:00:00.000Z',
  }
  const holiday = { ...span, untilDay: '2026-11-02', name: { fr: 'Vacances', en: 'Holidays' } }
  const content = {
    sessions: [aRecorded()],
    planned: [aPlan()],
    placements: [placement],
    breaks: [holiday],
  }
  const counts = (day: string) => Object.values(contentOn(day, content)).map(({ length }) => length)
  expect(counts('2026-11-01')).toEqual([0, 0, 0, 0])
  expect(counts('2026-11-02')).toEqual([0, 0, 1, 1])
  expect(counts('2026-11-10')).toEqual([1, 1, 1, 0])
  expect(counts('2026-11-13')).toEqual([0, 0, 1, 0])
  expect(counts('2026-11-14')).toEqual([0, 0, 0, 0])
})

test.each([
  ['Moule en composite', true],
  ['Le moule de zoe', false],
  ['Kerguelen : bilan', false],
  ['KERGUÉLEN', false],
  ['Bilan de Le Goff', false],
  ['Bilan de Martin', false],
  ['Le bilan', true],
  ['Zoologie', true],
  ['Al et le moule', true],
])('%j names nobody: %s', (topic, expected) => {
  expect(namesNobody(topic, ['Zoé', 'Kerguélen', 'Le Goff-Martin', 'Al'])).toBe(expected)
})

test.each([
  ['Rencontre avec Lecoeur', 'Lecœur'],
  ['Avec LECŒUR', 'Lecoeur'],
  ['Læticia présente', 'Laeticia'],
  ['Rencontre de Đặng', 'Dang'],
  ['Projet de Bjorn', 'Bjørn'],
])('%j names %s, however it is written', (topic, name) => {
  expect(namesNobody(topic, [name])).toBe(false)
  expect(namesNobody(topic, ['Kerguélen'])).toBe(true)
})
