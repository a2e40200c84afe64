import { describe, expect, test } from 'vitest'
import { ageGroupOn } from '../../../src/mentoring/placements/ages.js'
import {
  agreementState,
  missingMentions,
  partiesFor,
  WRITTEN_MENTIONS,
} from '../../../src/mentoring/placements/agreement.js'
import {
  judgeDerogation,
  judgeHostQuota,
  judgeTutorLoad,
  quotaOf,
  threeYearsAfter,
  weeksOf,
} from '../../../src/mentoring/placements/hosting.js'
import { toMinutes } from '../../../src/mentoring/placements/hours-text.js'
import { stateOf } from '../../../src/mentoring/placements/states.js'
import {
  assertOldEnough,
  assertPossible,
  judgeWorkingTime,
} from '../../../src/mentoring/placements/working-time.js'

const HOUR = 60
const usual = {
  dailyMinutes: 7 * HOUR,
  weeklyMinutes: 35 * HOUR,
  startTime: '08:00',
  endTime: '16:00',
}
const rulesOf = (warnings: readonly { rule: string }[]) => warnings.map(({ rule }) => rule)
const days = (fromDay: string, untilDay: string) => ({ fromDay, untilDay })

describe('an age', () => {
  test.each([
    ['2026-11-23', 'UNDER_15'],
    ['2026-11-24', 'UNDER_16'],
    ['2027-11-23', 'UNDER_16'],
    ['2027-11-24', 'MINOR'],
    ['2029-11-23', 'MINOR'],
    ['2029-11-24', 'ADULT'],
  ])('changes on the birthday: on %s it is %s', (day, group) => {
    expect(ageGroupOn('2011-11-24', day)).toBe(group)
  })
})

describe('the hours of a minor', () => {
  test.each([
    ['PFMP-05: a 15-year-old does 7 h', 'UNDER_16', {}, []],
    ['PFMP-05: and not 8 h', 'UNDER_16', { dailyMinutes: 8 * HOUR }, ['PFMP-05']],
    ['PFMP-05: nor a minute more', 'UNDER_16', { dailyMinutes: 7 * HOUR + 1 }, ['PFMP-05']],
    ['PFMP-05: a 16-year-old does 8 h', 'MINOR', { dailyMinutes: 8 * HOUR }, []],
    [
      'PFMP-05: and not 8 h 01',
      'MINOR',
      { dailyMinutes: 8 * HOUR + 1, endTime: '16:30' },
      ['PFMP-05'],
    ],
    [
      'PFMP-06: 35 h a week and not a minute more',
      'MINOR',
      { dailyMinutes: 8 * HOUR, weeklyMinutes: 35 * HOUR + 1 },
      ['PFMP-06'],
    ],
    ['PFMP-07: from 6 h on', 'UNDER_16', { startTime: '06:00', endTime: '16:00' }, []],
    ['PFMP-07: and not before', 'UNDER_16', { startTime: '05:59', endTime: '15:00' }, ['PFMP-07']],
    ['PFMP-07: until 20 h under 16', 'UNDER_16', { startTime: '12:00', endTime: '20:00' }, []],
    ['PFMP-07: and not after', 'UNDER_16', { startTime: '12:00', endTime: '20:01' }, ['PFMP-07']],
    ['PFMP-07: until 22 h from 16 on', 'MINOR', { startTime: '13:00', endTime: '22:00' }, []],
    ['PFMP-07: and not after', 'MINOR', { startTime: '13:00', endTime: '22:01' }, ['PFMP-07']],
    ['PFMP-08: 14 h of rest under 16', 'UNDER_16', { startTime: '08:00', endTime: '18:00' }, []],
    ['PFMP-08: and not less', 'UNDER_16', { startTime: '08:00', endTime: '18:01' }, ['PFMP-08']],
    ['PFMP-08: 12 h from 16 on', 'MINOR', { startTime: '08:00', endTime: '20:00' }, []],
    ['PFMP-08: and not less', 'MINOR', { startTime: '08:00', endTime: '20:01' }, ['PFMP-08']],
    [
      'PFMP-08: two days of rest a week',
      'MINOR',
      { dailyMinutes: 5 * HOUR, weeklyMinutes: 30 * HOUR },
      ['PFMP-08'],
    ],
    [
      'PFMP-05: an adult has none of these limits',
      'ADULT',
      { dailyMinutes: 9 * HOUR, weeklyMinutes: 45 * HOUR, startTime: '05:00', endTime: '23:00' },
      [],
    ],
  ] as const)('%s (%s)', (_, age, changes, rules) => {
    expect(rulesOf(judgeWorkingTime(age, { ...usual, ...changes }))).toEqual(rules)
  })

  test('are refused where no day or week has them', () => {
    expect(() => assertPossible(usual)).not.toThrow()
    const wrong = (changes: Partial<typeof usual>) => () => assertPossible({ ...usual, ...changes })
    expect(wrong({ endTime: '08:00' })).toThrow('ends before')
    expect(wrong({ endTime: '25:00' })).toThrow('not a time')
    expect(wrong({ dailyMinutes: 8 * HOUR })).not.toThrow()
    expect(wrong({ dailyMinutes: 8 * HOUR + 1 })).toThrow('between these two times')
    expect(wrong({ dailyMinutes: 25 * HOUR })).toThrow('between these two times')
    expect(wrong({ dailyMinutes: 0 })).toThrow('between these two times')
    expect(wrong({ weeklyMinutes: 49 * HOUR })).not.toThrow()
    expect(wrong({ weeklyMinutes: 49 * HOUR + 1 })).toThrow('a week has')
    expect(wrong({ weeklyMinutes: 7 * HOUR - 1 })).toThrow('a week has')
  })

  test('PFMP-09: regulated work begins at 15', () => {
    expect(() => assertOldEnough('UNDER_16')).not.toThrow()
    expect(() => assertOldEnough('UNDER_15')).toThrow(
      expect.objectContaining({ code: 'rule-refused', rule: 'PFMP-09' }),
    )
  })

  test.each([
    ['7', 420],
    ['7 h', 420],
    ['7h30', 450],
    ['7,5', 450],
    ['35 h', 2100],
    ['7.25', 435],
  ])('are read as people write them: %s', (text, minutes) => {
    expect(toMinutes(text, '/dailyHours')).toBe(minutes)
  })

  test.each(['', 'sept', '-7', '7 h 75', '1000'])('are refused as « %s »', (text) => {
    expect(() => toMinutes(text, '/dailyHours')).toThrow('not a duration')
  })
})

describe('a tutor', () => {
  const three = [1, 2, 3].map(() => days('2026-11-02', '2026-11-13'))

  test('PFMP-03: has three trainees at once, and not four', () => {
    const own = days('2026-11-09', '2026-11-20')
    expect(judgeTutorLoad(own, three.slice(1))).toEqual([])
    expect(rulesOf(judgeTutorLoad(own, three))).toEqual(['PFMP-03'])
  })

  test('PFMP-03: has as many as there are on one day, not in all', () => {
    expect(judgeTutorLoad(days('2026-11-14', '2026-11-20'), three)).toEqual([])
    const one = days('2026-11-02', '2026-11-06')
    const after = days('2026-11-09', '2026-11-13')
    const long = days('2026-11-02', '2026-11-20')
    expect(judgeTutorLoad(long, [one, one, after, after])).toEqual([])
    expect(rulesOf(judgeTutorLoad(long, [one, one, one, after]))).toEqual(['PFMP-03'])
  })
})

describe('a host', () => {
  test.each([
    [1, false, 3],
    [19, false, 3],
    [20, false, 3],
    [21, false, 4],
    [100, false, 15],
    [19, true, 5],
    [29, true, 5],
    [30, true, 6],
    [31, true, 7],
  ])('PFMP-04: of %i people (raised: %s) takes %i trainees a week', (staffCount, raised, quota) => {
    expect(quotaOf({ staffCount, quotaRaised: raised })).toBe(quota)
  })

  test('PFMP-04: has as many as meet in one civil week, Monday to Sunday', () => {
    const host = { staffCount: 10, quotaRaised: false }
    const week = (count: number, fromDay: string, untilDay: string) =>
      Array.from({ length: count }, () => days(fromDay, untilDay))
    const own = days('2026-11-09', '2026-11-13')
    expect(judgeHostQuota(own, host, week(2, '2026-11-09', '2026-11-13'))).toEqual([])
    expect(rulesOf(judgeHostQuota(own, host, week(3, '2026-11-15', '2026-11-20')))).toEqual([
      'PFMP-04',
    ])
    expect(judgeHostQuota(own, host, week(3, '2026-11-16', '2026-11-20'))).toEqual([])
    expect(judgeHostQuota(own, undefined, week(9, '2026-11-09', '2026-11-13'))).toEqual([])
  })

  test('PFMP-04: a week begins on Monday', () => {
    expect(weeksOf(days('2026-11-15', '2026-11-16'))).toEqual([
      days('2026-11-09', '2026-11-15'),
      days('2026-11-16', '2026-11-22'),
    ])
  })

  const minor = { ...days('2026-11-09', '2026-11-20'), work: 'REGULATED', age: 'UNDER_16' } as const
  test.each([
    ['covers all days', { sentOn: '2026-11-09', validUntil: '2026-11-20' }, []],
    ['ends a day early', { sentOn: '2026-11-09', validUntil: '2026-11-19' }, ['PFMP-10']],
    ['was sent a day late', { sentOn: '2026-11-10', validUntil: '2029-11-10' }, ['PFMP-10']],
  ])('PFMP-10: a declaration that %s', (_, derogation, rules) => {
    expect(rulesOf(judgeDerogation(minor, [derogation]))).toEqual(rules)
  })

  test('PFMP-10: without a declaration a minor does no regulated work; an adult may', () => {
    expect(rulesOf(judgeDerogation(minor, []))).toEqual(['PFMP-10'])
    expect(judgeDerogation({ ...minor, age: 'ADULT' }, [])).toEqual([])
    expect(judgeDerogation({ ...minor, work: 'ORDINARY' }, [])).toEqual([])
  })

  test('PFMP-10: a declaration is valid for three years', () => {
    expect(threeYearsAfter('2023-11-24')).toBe('2026-11-24')
    expect(threeYearsAfter('2024-02-29')).toBe('2027-02-28')
  })
})

describe('an agreement', () => {
  test('PFMP-11: is signed once all have signed, a minor’s guardian too', () => {
    expect(agreementState('MINOR', [])).toBe('TO_SIGN')
    expect(agreementState('MINOR', ['SCHOOL'])).toBe('PARTLY_SIGNED')
    const adults = partiesFor('ADULT')
    expect(adults).not.toContain('GUARDIAN')
    expect(agreementState('ADULT', adults)).toBe('SIGNED')
    expect(agreementState('MINOR', adults)).toBe('PARTLY_SIGNED')
    expect(agreementState('UNDER_16', partiesFor('UNDER_16'))).toBe('SIGNED')
  })

  test('PFMP-15: says which of its nine mentions are missing', () => {
    const all = Object.fromEntries(WRITTEN_MENTIONS.map((mention) => [mention, 'Oui']))
    const numbers = (written: typeof all, hasReferent: boolean) =>
      missingMentions(written, { hasReferent }).map(({ number }) => number)
    expect(numbers(all, true)).toEqual([])
    expect(numbers(all, false)).toEqual([2])
    expect(numbers({ ...all, GRATUITY: ' ' }, true)).toEqual([8])
    expect(numbers({}, false)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9])
  })
})

test('a placement is pending, completed, validated, rectified', () => {
  const planned = {
    daysDone: null,
    version: 1,
    confirmedAt: null,
    cancelledAt: null,
    outcome: null,
  }
  const at = '2026-11-24T11:00:00.000Z'
  expect(stateOf(planned)).toBe('pending')
  expect(stateOf({ ...planned, daysDone: 9 })).toBe('completed')
  expect(stateOf({ ...planned, daysDone: 9, confirmedAt: at })).toBe('validated')
  expect(stateOf({ ...planned, daysDone: 9, confirmedAt: at, version: 2 })).toBe('rectified')
  expect(stateOf({ ...planned, outcome: 'DID_NOT_SHOW' })).toBe('did-not-show')
  expect(stateOf({ ...planned, cancelledAt: at })).toBe('cancelled')
})
