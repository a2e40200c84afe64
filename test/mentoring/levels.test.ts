import { describe, expect, test } from 'vitest'
import { levelOfMef, levelOfMefStat4, nominalLevel, toMef } from '../../src/mentoring/levels.js'

describe('the level of a formation code', () => {
  test.each([
    ['2472250331', '2NDE_PRO'],
    ['2472250332', '1RE_PRO'],
    ['2472250333', 'TLE_PRO'],
    ['3112250521', 'BTS1'],
    ['3112250522', 'BTS2'],
    ['2412251021', undefined],
  ])('MEF %s is %s', (mef, level) => {
    expect(levelOfMef(mef)).toBe(level)
  })

  test.each([
    ['2381', '2NDE_PRO'],
    ['23820022503', '1RE_PRO'],
    ['2384', undefined],
  ])('MEFSTAT %s is %s', (code, level) => {
    expect(levelOfMefStat4(code)).toBe(level)
  })

  test('a MEF has ten digits, and an eleventh character that is dropped', () => {
    expect(toMef('2472250331')).toBe('2472250331')
    expect(toMef('24722503311')).toBe('2472250331')
    expect(toMef('247225033')).toBeUndefined()
    expect(toMef('247225033111')).toBeUndefined()
  })
})

describe('PT-12 the level of a cohort', () => {
  test.each([
    [2025, undefined],
    [2026, '2NDE_PRO'],
    [2027, '1RE_PRO'],
    [2028, 'TLE_PRO'],
    [2029, 'BTS1'],
    [2030, 'BTS2'],
    [2031, 'CLOSED'],
  ])('PT-12 of those who entered in 2026, in %i it is %s', (year, level) => {
    expect(nominalLevel(2026, year)).toBe(level)
  })
})
