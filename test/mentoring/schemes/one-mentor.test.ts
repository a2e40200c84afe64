import { describe, expect, test } from 'vitest'
import { oneMentor, SUBJECTS } from '../../../src/mentoring/schemes/one-mentor.js'
import type { EnrolmentCase, SessionCase } from '../../../src/mentoring/schemes/scheme.js'

const refusedAs = (rule: string) => expect.objectContaining({ code: 'rule-refused', rule })

const enrolment: EnrolmentCase = {
  fromDay: '2026-10-01',
  pointer: '/studentId',
  schoolings: [],
  schoolTimes: [],
  volunteeredOn: null,
  birthDate: '2010-02-03',
  others: 0,
}

describe('who organises a pair', () => {
  test.each(['ASSOCIATION', 'INSTITUTION', 'FONDATION'])('JM-01 may be an %s', (type) => {
    const owner = { kind: 'mentoring-structure', type }
    expect(oneMentor.judgeGroup({ owner, schools: [] })).toBe(type)
  })

  test.each([
    ['mentoring-structure', 'ENTREPRISE'],
    ['mentoring-structure', null],
    ['company', null],
    ['higher-education', 'UNIVERSITE'],
  ])('JM-01 may not be %s %s', (kind, type) => {
    expect(() => oneMentor.judgeGroup({ owner: { kind, type }, schools: [] })).toThrow(
      refusedAs('JM-01'),
    )
  })
})

describe('who is in a pair', () => {
  const warned = (birthDate: string, fromDay = '2026-10-01') =>
    oneMentor.judgeEnrolment({ ...enrolment, birthDate, fromDay }).map(({ rule }) => rule)

  test('JM-04 is 15 to 30 years old on the first day, or that must be confirmed', () => {
    // On the 15th birthday, and the day before it.
    expect(warned('2011-10-01')).toEqual([])
    expect(warned('2011-10-02')).toEqual(['JM-04'])
    // The last day of being 30, and the 31st birthday.
    expect(warned('1995-10-02')).toEqual([])
    expect(warned('1995-10-01')).toEqual(['JM-04'])
    // Born on 29 February.
    expect(warned('2012-02-29', '2027-02-28')).toEqual(['JM-04'])
    expect(warned('2012-02-29', '2027-03-01')).toEqual([])
  })

  test('JM-04 does not say how old they are', () => {
    const [warning] = oneMentor.judgeEnrolment({ ...enrolment, birthDate: '2013-05-06' })
    expect(JSON.stringify(warning)).not.toMatch(/2013|13/)
  })

  test('is one young person only', () => {
    expect(() => oneMentor.judgeEnrolment({ ...enrolment, others: 1 })).toThrow(
      expect.objectContaining({ code: 'invalid-request' }),
    )
  })
})

describe('a session of a pair', () => {
  const session: SessionCase = {
    kind: 'ORIENTATION',
    format: 'INDIVIDUEL',
    day: '2026-11-10',
    students: [{ pointer: '/studentIds/0', schoolings: [] }],
    topicAgreed: false,
    coordinated: false,
  }

  test.each(SUBJECTS.map(({ code }) => code))('JM-02 may be about %s', (kind) => {
    expect(oneMentor.judgeSession({ ...session, kind })).toEqual([])
  })

  test('JM-02 is about nothing else, and one to one', () => {
    expect(() => oneMentor.judgeSession({ ...session, kind: 'MUSEE' })).toThrow(refusedAs('JM-02'))
    expect(() => oneMentor.judgeSession({ ...session, format: 'CLASSE' })).toThrow(
      expect.objectContaining({ code: 'invalid-request' }),
    )
    expect(oneMentor.formatOf('ORIENTATION', 1)).toBe('INDIVIDUEL')
  })
})
