import { describe, expect, test } from 'vitest'
import { easterOf, holidaysOf } from '../../../src/mentoring/school-calendar/holidays.js'
import { calendarOf, CALENDARS } from '../../../src/mentoring/school-calendar/calendar-of.js'
import {
  isSchoolDay,
  openSchoolDays,
  schoolTimeSince,
} from '../../../src/mentoring/school-calendar/school-days.js'

const autumn = [{ fromDay: '2026-10-17', untilDay: '2026-11-01' }]

test.each([
  [1818, '1818-03-22'],
  [2024, '2024-03-31'],
  [2025, '2025-04-20'],
  [2026, '2026-04-05'],
  [2027, '2027-03-28'],
  [2038, '2038-04-25'],
])('Easter of %i is on %s', (year, day) => {
  expect(easterOf(year)).toBe(day)
})

test('the public holidays of 2026, the movable ones among them', () => {
  expect(holidaysOf(2026)).toEqual([
    '2026-01-01',
    '2026-04-06',
    '2026-05-01',
    '2026-05-08',
    '2026-05-14',
    '2026-05-25',
    '2026-07-14',
    '2026-08-15',
    '2026-11-01',
    '2026-11-11',
    '2026-12-25',
  ])
})

describe('a day of school', () => {
  test.each([
    ['2026-10-16', true, 'a Friday before the holidays'],
    ['2026-10-17', false, 'the first day of the holidays, a Saturday'],
    ['2026-10-19', false, 'a Monday of the holidays'],
    ['2026-10-30', false, 'the last Friday of the holidays'],
    ['2026-11-02', true, 'the Monday after them'],
    ['2026-11-11', false, 'a public holiday'],
    ['2026-11-14', false, 'a Saturday'],
    ['2027-07-01', false, 'a Thursday of July'],
  ])('%s: %s, %s', (day, expected) => {
    expect(isSchoolDay(day, autumn)).toBe(expected)
  })

  test('they are counted by month, with the holidays of the zone or without', () => {
    expect(openSchoolDays('2026-10', autumn)).toBe(12)
    expect(openSchoolDays('2026-10', [])).toBe(22)
    // 21 days from Monday to Friday, of which the 11th is a holiday.
    expect(openSchoolDays('2026-11', autumn)).toBe(20)
    expect(openSchoolDays('2027-07', [])).toBe(0)
  })
})

test('school time goes on at weekends and stands still in holidays and in summer', () => {
  expect(schoolTimeSince('2026-10-10', '2026-11-03', autumn)).toBe(8)
  expect(schoolTimeSince('2026-10-10', '2026-11-03', [])).toBe(24)
  expect(schoolTimeSince('2026-06-29', '2026-09-02', [])).toBe(3)
  expect(schoolTimeSince('2026-11-03', '2026-11-03', [])).toBe(0)
})

test('an academy follows its zone, or a calendar of its own; nobody knows that of none', () => {
  expect(calendarOf('03')).toBe('A')
  expect(calendarOf('70')).toBe('B')
  expect(calendarOf('25')).toBe('C')
  expect(calendarOf('27')).toBe('27')
  expect(calendarOf('05')).toBeUndefined()
  expect(calendarOf(null)).toBeUndefined()
  expect(CALENDARS.slice(0, 3)).toEqual(['A', 'B', 'C'])
  expect(CALENDARS).toContain('28')
})
