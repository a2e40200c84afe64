import { describe, expect, test } from 'vitest'
import {
  isAtLeast,
  isLyceePro,
  LEVELS,
  levelOfMef,
  levelOfMefStat4,
  nominalLevel,
  toMef,
  type LevelCode,
} from '../../src/mentoring/levels.js'

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

describe('which level comes after which', () => {
  const after = (floor: LevelCode) => LEVELS.filter((level) => isAtLeast(level, floor))

  test('PT-02 from the 2de pro on means the vocational way: no general or technological level', () => {
    expect(after('2NDE_PRO')).toEqual(['2NDE_PRO', '1RE_PRO', 'TLE_PRO', 'BTS1', 'BTS2'])
    expect(after('1RE_PRO')).toEqual(['1RE_PRO', 'TLE_PRO', 'BTS1', 'BTS2'])
  })

  test('CO-03 from the 4e on means every level but those before it', () => {
    expect(after('4E')).toEqual(LEVELS.filter((level) => level !== '6E' && level !== '5E'))
  })

  test('a general level comes after general ones', () => {
    expect(after('1RE_GT')).toEqual(['1RE_GT', 'TLE_GT', 'AU_DELA'])
  })

  test('CO-05 the lycée professionnel is three levels', () => {
    expect(LEVELS.filter(isLyceePro)).toEqual(['2NDE_PRO', '1RE_PRO', 'TLE_PRO'])
  })
})
