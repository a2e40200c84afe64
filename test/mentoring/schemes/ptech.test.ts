import { describe, expect, test } from 'vitest'
import {
  assertFormat,
  assertLevelAllows,
  assertOnePrincipal,
  careerMonths,
  careerOwed,
  formatOf,
  secondCohort,
  sessionWarnings,
  toSessionKind,
  type CompanyLink,
} from '../../../src/mentoring/schemes/ptech.js'
import type { Schooling } from '../../../src/mentoring/schemes/scheme.js'

const refusedAs = (rule: string) => expect.objectContaining({ code: 'rule-refused', rule })

/** In 2de pro until 31 August 2026, in 1re pro from 1 September. */
const moved: Schooling[] = [
  { level: '2NDE_PRO', fromDay: '2025-09-01', untilDay: '2026-08-31' },
  { level: '1RE_PRO', fromDay: '2026-09-01', untilDay: null },
]
const inTroisieme: Schooling[] = [{ level: '3E', fromDay: '2025-09-01', untilDay: null }]

describe('the kind of a session', () => {
  test.each(['PROJET', 'IMMERSION', 'CARRIERE'])('PT-01 may be %s', (kind) => {
    expect(toSessionKind(kind)).toBe(kind)
  })

  test.each(['TUTORAT', 'projet', ''])('PT-01 may not be "%s"', (kind) => {
    expect(() => toSessionKind(kind)).toThrow(refusedAs('PT-01'))
  })
})

describe('the level of a student on the day', () => {
  test.each(['PROJET', 'IMMERSION'] as const)('PT-02 %s takes place from 2de pro on', (kind) => {
    expect(() => assertLevelAllows(kind, moved, '2025-09-01', '/students/0')).not.toThrow()
    expect(() => assertLevelAllows(kind, inTroisieme, '2025-09-01', '/students/0')).toThrow(
      refusedAs('PT-02'),
    )
  })

  test('PT-03 CARRIERE is refused on the last day of 2de pro, and accepted the day after', () => {
    expect(() => assertLevelAllows('CARRIERE', moved, '2026-08-31', '/students/0')).toThrow(
      refusedAs('PT-03'),
    )
    expect(() => assertLevelAllows('CARRIERE', moved, '2026-09-01', '/students/0')).not.toThrow()
  })

  test.each(['2NDE_GT', '1RE_GT', 'TLE_GT', 'AU_DELA'] as const)(
    'PT-02 and PT-03 %s is no level of P-TECH',
    (level) => {
      const general: Schooling[] = [{ level, fromDay: '2025-09-01', untilDay: null }]
      for (const kind of ['PROJET', 'CARRIERE'] as const) {
        expect(() => assertLevelAllows(kind, general, '2026-11-24', '/students/0')).toThrow(
          refusedAs(kind === 'PROJET' ? 'PT-02' : 'PT-03'),
        )
      }
    },
  )

  test('PT-03 looks at the student who repeats 2de pro, not at the cohort', () => {
    const repeats: Schooling[] = [{ level: '2NDE_PRO', fromDay: '2025-09-01', untilDay: null }]
    expect(() => assertLevelAllows('CARRIERE', repeats, '2026-11-24', '/students/0')).toThrow(
      refusedAs('PT-03'),
    )
  })

  test('PT-02 a day without schooling is refused, and told at the student', () => {
    expect(() => assertLevelAllows('PROJET', moved, '2025-08-31', '/students/3')).toThrow(
      expect.objectContaining({
        rule: 'PT-02',
        fields: [expect.objectContaining({ pointer: '/students/3' })],
      }),
    )
  })
})

describe('the format of a session', () => {
  const career = { kind: 'CARRIERE', studentCount: 6 } as const

  test('PT-05 CARRIERE is in a small group or one to one, never with the class', () => {
    expect(() => assertFormat({ ...career, format: 'PETIT_GROUPE' })).not.toThrow()
    expect(() => assertFormat({ ...career, format: 'INDIVIDUEL', studentCount: 1 })).not.toThrow()
    expect(() => assertFormat({ ...career, format: 'CLASSE' })).toThrow(refusedAs('PT-05'))
    expect(() => assertFormat({ ...career, kind: 'PROJET', format: 'CLASSE' })).not.toThrow()
  })

  test('PT-05 one to one is with one student', () => {
    expect(() => assertFormat({ ...career, format: 'INDIVIDUEL', studentCount: 2 })).toThrow(
      refusedAs('PT-05'),
    )
  })

  const session = { topicAgreed: true, coordinated: true, format: 'PETIT_GROUPE' } as const
  const rulesOf = (given: Partial<Parameters<typeof sessionWarnings>[0]>) =>
    sessionWarnings({ ...career, ...session, ...given }).map(({ rule }) => rule)

  test('PT-05 a small group of seven warns, of six not', () => {
    expect(rulesOf({ studentCount: 6 })).toEqual([])
    expect(rulesOf({ studentCount: 7 })).toEqual(['PT-05'])
  })

  test('PT-06 a PROJET session warns unless the liaison officer agreed to its topic', () => {
    expect(rulesOf({ kind: 'PROJET', topicAgreed: false })).toEqual(['PT-06'])
    expect(rulesOf({ kind: 'PROJET' })).toEqual([])
    expect(rulesOf({ kind: 'IMMERSION', topicAgreed: false })).toEqual([])
  })

  test('PT-07 an IMMERSION session warns unless the liaison officer coordinated it', () => {
    expect(rulesOf({ kind: 'IMMERSION', coordinated: false })).toEqual(['PT-07'])
    expect(rulesOf({ kind: 'IMMERSION' })).toEqual([])
    expect(rulesOf({ kind: 'PROJET', coordinated: false })).toEqual([])
  })
})

describe('the companies of a class', () => {
  const first: CompanyLink = {
    companyId: 1,
    role: 'principal',
    fromDay: '2025-09-01',
    untilDay: '2026-08-31',
  }
  const next: CompanyLink = {
    companyId: 2,
    role: 'principal',
    fromDay: '2026-09-01',
    untilDay: null,
  }
  const partner: CompanyLink = {
    companyId: 3,
    role: 'partner',
    fromDay: '2025-09-01',
    untilDay: null,
  }

  test('PT-09 one principal follows the other to the day', () => {
    expect(() => assertOnePrincipal([next, partner, first])).not.toThrow()
  })

  test.each<[string, CompanyLink[]]>([
    ['no company', []],
    ['partners only', [partner]],
    ['a day with two principals', [first, { ...next, fromDay: '2026-08-31' }]],
    ['a day without a principal', [first, { ...next, fromDay: '2026-09-02' }]],
    ['a partner before the first principal', [{ ...partner, fromDay: '2025-08-31' }, first, next]],
    ['a principal that ends and none after', [first, partner]],
    ['two principals without end', [{ ...first, untilDay: null }, next]],
  ])('PT-09 refuses %s', (_, links) => {
    expect(() => assertOnePrincipal(links)).toThrow(refusedAs('PT-09'))
  })
})

test('PT-11 the refusal of a second cohort names its rule and the school year', () => {
  const refusal = secondCohort(2026)
  expect(refusal.rule).toBe('PT-11')
  expect(refusal.words.fr).toContain('2026-2027')
})

describe('the months of career mentoring', () => {
  const always = [{ fromDay: '2024-09-01', untilDay: null }]
  const owed = (careerDays: string[], today: string, of: object = {}) =>
    careerOwed({ schoolings: moved, enrolments: always, careerDays, ...of }, 2026, today, [])

  test('PT-04 are September to June, by their calendar years', () => {
    expect(careerMonths(2026)).toHaveLength(10)
    expect(careerMonths(2026).at(0)).toBe('2026-09')
    expect(careerMonths(2026).at(-1)).toBe('2027-06')
  })

  test('PT-04 are owed without a session, up to the month of today', () => {
    expect(owed([], '2026-11-01')).toEqual(['2026-09', '2026-10', '2026-11'])
    expect(owed(['2026-09-30', '2026-11-01'], '2026-11-24')).toEqual(['2026-10'])
    expect(owed([], '2027-08-15')).toHaveLength(10)
  })

  test('PT-04 are not owed by a student of 2de pro, nor before the enrolment or after it', () => {
    expect(
      careerOwed({ schoolings: moved, enrolments: always, careerDays: [] }, 2025, '2026-06-30', []),
    ).toEqual([])
    expect(owed([], '2026-11-24', { enrolments: [] })).toEqual([])
    const late = [{ fromDay: '2026-10-15', untilDay: null }]
    expect(owed([], '2026-11-24', { enrolments: late })).toEqual(['2026-10', '2026-11'])
    const gone = [{ fromDay: '2026-09-01', untilDay: '2026-10-30' }]
    expect(owed([], '2026-11-24', { enrolments: gone })).toEqual(['2026-09'])
  })

  // October 2026 has 22 days of school without holidays; 1 to 9 October are 7 of them, to 12 October 8.
  test.each([
    ['7 days', '2026-10-10', ['2026-09', '2026-11']],
    ['8 days', '2026-10-13', ['2026-09', '2026-10', '2026-11']],
  ])('PT-04 are owed from 8 open school days on: %s', (_, fromDay, expected) => {
    const record = { schoolings: moved, enrolments: always, careerDays: [] }
    const breaks = [{ fromDay, untilDay: '2026-10-31' }]
    expect(careerOwed(record, 2026, '2026-11-24', breaks)).toEqual(expected)
  })

  test('PT-04 are owed up to the end of BTS2, and not after it', () => {
    const record = {
      schoolings: [{ level: 'BTS2' as const, fromDay: '2026-09-01', untilDay: '2027-04-30' }],
      enrolments: always,
      careerDays: [],
    }
    expect(careerOwed(record, 2026, '2027-06-30', []).at(-1)).toBe('2027-04')
  })
})

test.each([
  ['PROJET', 1, 'INDIVIDUEL'],
  ['PROJET', 6, 'PETIT_GROUPE'],
  ['PROJET', 7, 'CLASSE'],
  ['CARRIERE', 7, 'PETIT_GROUPE'],
  ['CARRIERE', 1, 'INDIVIDUEL'],
])('PT-05 %s with %i is %s, unless somebody says another', (kind, count, format) => {
  expect(formatOf(kind, count)).toBe(format)
})
