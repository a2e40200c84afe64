import { describe, expect, test } from 'vitest'
import { cordees } from '../../../src/mentoring/schemes/cordees.js'
import type { EnrolmentCase, SessionCase } from '../../../src/mentoring/schemes/scheme.js'
import type { LevelCode } from '../../../src/mentoring/levels.js'

const refusedAs = (rule: string) => expect.objectContaining({ code: 'rule-refused', rule })
const school = { kind: 'college', pointer: '/schoolIds/0' }

const at = (level: LevelCode) => [{ level, fromDay: '2026-09-01', untilDay: null }]
const enrolment: EnrolmentCase = {
  fromDay: '2026-10-01',
  pointer: '/studentIds/0',
  schoolings: at('3E'),
  schoolTimes: [{ fromDay: '2026-10-01', untilDay: '2027-08-31' }],
  volunteeredOn: '2026-09-20',
  birthDate: '2012-02-03',
  others: 12,
}
const session: SessionCase = {
  kind: 'MUSEE',
  format: 'PETIT_GROUPE',
  day: '2026-11-10',
  students: [
    { pointer: '/studentIds/0', schoolings: at('4E') },
    { pointer: '/studentIds/1', schoolings: at('TLE_GT') },
  ],
  topicAgreed: false,
  coordinated: false,
}

describe('a cordée', () => {
  test.each([
    ['higher-education', 'UNIVERSITE', 'UNIVERSITE'],
    ['higher-education', 'GRANDE_ECOLE', 'GRANDE_ECOLE'],
    ['higher-education', 'ECOLE_SERVICE_PUBLIC', 'ECOLE_SERVICE_PUBLIC'],
    ['lycee', null, 'LYCEE_CPGE_STS'],
  ])('CO-01 is run by %s %s, kept as %s', (kind, type, kept) => {
    expect(cordees.judgeGroup({ owner: { kind, type }, schools: [school] })).toBe(kept)
  })

  test.each([
    ['college', null],
    ['company', null],
    ['mentoring-structure', 'ASSOCIATION'],
    ['higher-education', null],
  ])('CO-01 is not run by %s %s', (kind, type) => {
    expect(() => cordees.judgeGroup({ owner: { kind, type }, schools: [school] })).toThrow(
      refusedAs('CO-01'),
    )
  })

  const owner = { kind: 'higher-education', type: 'UNIVERSITE' }
  test('CO-02 has collèges and lycées, one at least, and nothing else', () => {
    const lycee = { kind: 'lycee', pointer: '/schoolIds/1' }
    expect(() => cordees.judgeGroup({ owner, schools: [school, lycee] })).not.toThrow()
    expect(() => cordees.judgeGroup({ owner, schools: [] })).toThrow(refusedAs('CO-02'))
    const company = { kind: 'company', pointer: '/schoolIds/1' }
    expect(() => cordees.judgeGroup({ owner, schools: [school, company] })).toThrow(
      expect.objectContaining({
        rule: 'CO-02',
        fields: [expect.objectContaining({ pointer: '/schoolIds/1' })],
      }),
    )
  })
})

describe('who enters a cordée', () => {
  const judge = (changes: Partial<EnrolmentCase>) => () =>
    cordees.judgeEnrolment({ ...enrolment, ...changes })

  test('CO-02 is of a school of the cordée on the day', () => {
    expect(judge({ fromDay: '2026-10-01' })).not.toThrow()
    expect(judge({ fromDay: '2026-09-30' })).toThrow(refusedAs('CO-02'))
    expect(judge({ fromDay: '2027-08-31' })).not.toThrow()
    expect(judge({ fromDay: '2027-09-01' })).toThrow(refusedAs('CO-02'))
  })

  test.each([
    '4E',
    '3E',
    '2NDE_GT',
    '1RE_GT',
    'TLE_GT',
    '2NDE_PRO',
    '1RE_PRO',
    'TLE_PRO',
    'AU_DELA',
  ] as const)('CO-03 may be in %s', (level) => {
    expect(judge({ schoolings: at(level) })).not.toThrow()
  })

  test('CO-03 is never below the 4e, by the level of that day', () => {
    expect(judge({ schoolings: at('5E') })).toThrow(refusedAs('CO-03'))
    expect(judge({ schoolings: at('6E') })).toThrow(refusedAs('CO-03'))
    expect(judge({ schoolings: [] })).toThrow(refusedAs('CO-03'))
    const schoolings = [
      { level: '5E', fromDay: '2025-09-01', untilDay: '2026-09-30' },
      { level: '4E', fromDay: '2026-10-01', untilDay: null },
    ] as const
    expect(judge({ schoolings })).not.toThrow()
    const schoolTimes = [{ fromDay: '2026-09-01', untilDay: null }]
    expect(judge({ schoolings, schoolTimes, fromDay: '2026-09-30' })).toThrow(refusedAs('CO-03'))
  })

  test('CO-04 volunteered on a day that is known, that of their entry at the latest', () => {
    expect(judge({ volunteeredOn: '2026-10-01' })).not.toThrow()
    expect(judge({ volunteeredOn: '2026-10-02' })).toThrow(refusedAs('CO-04'))
    expect(judge({ volunteeredOn: null })).toThrow(refusedAs('CO-04'))
  })
})

describe('an action of a cordée', () => {
  const judge = (changes: Partial<SessionCase>) => () =>
    cordees.judgeSession({ ...session, ...changes })
  const alone = session.students.slice(0, 1)

  test.each(['TUTORAT_ETUDIANT', 'MENTORAT_PROFESSIONNEL'])('CO-06 %s is individual', (kind) => {
    expect(judge({ kind, format: 'INDIVIDUEL', students: alone })).not.toThrow()
    expect(judge({ kind, format: 'PETIT_GROUPE' })).toThrow(refusedAs('CO-06'))
    expect(judge({ kind, format: 'CLASSE' })).toThrow(refusedAs('CO-06'))
    expect(judge({ kind, format: 'INDIVIDUEL' })).toThrow(
      expect.objectContaining({ fields: [expect.objectContaining({ pointer: '/studentIds' })] }),
    )
    expect(cordees.formatOf(kind, 30)).toBe('INDIVIDUEL')
  })

  test.each(['DECOUVERTE_LIEU_SECTEUR', 'MUSEE', 'PRISE_DE_PAROLE', 'AUTRE_ACTION'])(
    'CO-06 %s is collective',
    (kind) => {
      expect(judge({ kind })).not.toThrow()
      expect(judge({ kind, format: 'CLASSE' })).not.toThrow()
      expect(judge({ kind, format: 'INDIVIDUEL', students: alone })).toThrow(refusedAs('CO-06'))
      expect([1, 6, 7].map((count) => cordees.formatOf(kind, count))).toEqual([
        'PETIT_GROUPE',
        'PETIT_GROUPE',
        'CLASSE',
      ])
    },
  )

  test('CO-06 is of no kind of another scheme', () => {
    expect(judge({ kind: 'CARRIERE' })).toThrow(refusedAs('CO-06'))
  })

  test('CO-03 takes place from the 4e on, by the level of that day', () => {
    const students = [{ pointer: '/studentIds/0', schoolings: at('5E') }]
    expect(judge({ students })).toThrow(refusedAs('CO-03'))
  })
})
