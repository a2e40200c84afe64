import { describe, expect, test } from 'vitest'
import { countDays, isDay, lastDayOf, overlap } from '../../src/mentoring/days.js'
import { firstDayOf, schoolYearLabel, schoolYearOf } from '../../src/mentoring/school-year.js'

describe('a school year', () => {
  test.each([
    ['2026-08-31', 2025],
    ['2026-09-01', 2026],
    ['2026-12-31', 2026],
    ['2027-01-01', 2026],
  ])('the day %s belongs to the year that starts in %i', (day, year) => {
    expect(schoolYearOf(day)).toBe(year)
  })

  test('is called after both its years, and starts on its first day', () => {
    expect(schoolYearLabel(2026)).toBe('2026-2027')
    expect(schoolYearOf(firstDayOf(2026))).toBe(2026)
  })
})

describe('days', () => {
  test.each([
    ['2026-12', '2026-12-31'],
    ['2026-02', '2026-02-28'],
    ['2028-02', '2028-02-29'],
  ])('the last one of %s is %s', (month, day) => {
    expect(lastDayOf(month)).toBe(day)
  })

  test.each([
    ['2026-02-28', true],
    ['2026-02-29', false],
    ['2028-02-29', true],
    ['24/11/2026', false],
    ['2026-13-01', false],
  ])('%s is a day: %s', (text, expected) => {
    expect(isDay(text)).toBe(expected)
  })

  test('a period counts its first and its last day, over a change of clocks too', () => {
    expect(countDays('2026-11-24', '2026-11-24')).toBe(1)
    expect(countDays('2026-10-20', '2026-10-30')).toBe(11)
  })

  test.each([
    ['2026-11-05', '2026-11-09', false],
    ['2026-11-05', '2026-11-10', true],
    ['2026-11-20', null, true],
    ['2026-11-21', null, false],
  ])('10 to 20 November overlaps %s to %s: %s', (fromDay, untilDay, expected) => {
    const november = { fromDay: '2026-11-10', untilDay: '2026-11-20' }
    expect(overlap(november, { fromDay, untilDay })).toBe(expected)
    expect(overlap({ fromDay, untilDay }, november)).toBe(expected)
  })
})
