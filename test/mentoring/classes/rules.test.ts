import { describe, expect, test } from 'vitest'
import {
  assertDuration,
  endingOf,
  gapsOf,
  lastDayOfCohort,
  lastDayOfFiveYears,
} from '../../../src/mentoring/classes/agreement-rules.js'
import { concurrentCohorts, type ClassCase } from '../../../src/mentoring/classes/class-case.js'
import {
  personDaysOf,
  placeInBand,
  toCents,
  toMeasure,
  toPromisedDays,
} from '../../../src/mentoring/classes/contribution-rules.js'
import {
  domainWarnings,
  isOutsideDomains,
  nsfOf,
  toDomains,
} from '../../../src/mentoring/classes/domain-rules.js'
import { findingsOf } from '../../../src/mentoring/classes/finding-rules.js'
import {
  assertStepInOrder,
  openingWarnings,
  OPENING_STEPS,
  skippedBefore,
  type StepDone,
} from '../../../src/mentoring/classes/opening-rules.js'
import { assertMaySign, isAgreed, toPlanYears } from '../../../src/mentoring/classes/plan-rules.js'

const TODAY = '2026-11-24'
const MEF = '2472250331'
const rulesOf = (found: readonly { rule: string }[]) => found.map(({ rule }) => rule)

describe('PT-14 a framework agreement', () => {
  const of = (endDay: string) => ({
    type: 'ACCORD_CADRE_PTECH' as const,
    startDay: '2022-03-01',
    endDay,
  })

  test('PT-14 ends five years after it began, less a day', () => {
    expect(lastDayOfFiveYears('2022-03-01')).toBe('2027-02-28')
    expect(lastDayOfFiveYears('2023-03-01')).toBe('2028-02-29')
    expect(lastDayOfFiveYears('2024-02-29')).toBe('2029-02-27')
    expect(() => assertDuration(of('2027-02-28'))).not.toThrow()
  })

  test.each(['2027-02-27', '2027-03-01'])('PT-14 is refused if it ends on %s', (endDay) => {
    expect(() => assertDuration(of(endDay))).toThrow(
      expect.objectContaining({ code: 'rule-refused', rule: 'PT-14' }),
    )
  })

  test('PT-14 binds no other type, but none ends before it begins', () => {
    const charter = { ...of('2022-03-01'), type: 'CHARTE' as const }
    expect(() => assertDuration(charter)).not.toThrow()
    expect(() => assertDuration({ ...charter, endDay: '2022-02-28' })).toThrow(
      expect.objectContaining({ code: 'invalid-request' }),
    )
  })

  test('PT-14 speaks at twelve and at six months, and once it has ended', () => {
    expect(endingOf('2027-11-25', TODAY)).toBeUndefined()
    expect(endingOf('2027-11-24', TODAY)).toBe(12)
    expect(endingOf('2027-05-25', TODAY)).toBe(12)
    expect(endingOf('2027-05-24', TODAY)).toBe(6)
    expect(endingOf(TODAY, TODAY)).toBe(6)
    expect(endingOf('2026-11-23', TODAY)).toBe('ENDED')
    // Six months after the last day of August is the last day of February.
    expect(endingOf('2027-02-28', '2026-08-31')).toBe(6)
    expect(endingOf('2027-03-01', '2026-08-31')).toBe(12)
  })
})

describe('PT-14 the cohorts that outlive it', () => {
  const cohort = (entryYear: number) => ({ entryYear })
  const term = { startDay: '2022-09-01', endDay: '2027-08-31' }

  test('PT-13 a cohort is followed for five school years', () => {
    expect(lastDayOfCohort(2022)).toBe('2027-08-31')
  })

  test('PT-14 are those of its second year and later', () => {
    expect(gapsOf([term], [cohort(2022), cohort(2023)])).toEqual([
      { cohort: cohort(2023), fromDay: '2027-09-01', lastDay: '2028-08-31' },
    ])
  })

  test('PT-14 are covered by a renewal, unless it begins a day too late', () => {
    const renewal = { startDay: '2027-09-01', endDay: '2032-08-31' }
    expect(gapsOf([renewal, term], [cohort(2023), cohort(2027)])).toEqual([])
    expect(gapsOf([term, { ...renewal, startDay: '2027-09-02' }], [cohort(2023)])).toMatchObject([
      { fromDay: '2027-09-01' },
    ])
  })

  test('PT-14 are not those that began before their agreement was signed', () => {
    const late = { startDay: '2023-01-10', endDay: '2028-01-09' }
    expect(gapsOf([late], [cohort(2022)])).toEqual([])
  })

  test('PT-14 are all of them where no agreement is recorded', () => {
    expect(gapsOf([], [cohort(2026)])).toMatchObject([{ fromDay: '2026-09-01' }])
  })
})

describe('PT-15 the way to a class', () => {
  const done: StepDone[] = [
    { step: 'DEMANDE_ENTREPRISE', day: '2026-01-10' },
    { step: 'EXPLORATION', day: '2026-03-10' },
  ]
  const refused = expect.objectContaining({ code: 'rule-refused', rule: 'PT-15' })

  test.each([
    ['2026-01-10', true],
    ['2026-03-10', true],
    ['2026-01-09', false],
    ['2026-03-11', false],
  ])('PT-15 a step between two others may be of %s: %s', (day, allowed) => {
    const act = () => assertStepInOrder(done, { step: 'CONTACT_DRAFPIC', day })
    if (allowed) expect(act).not.toThrow()
    else expect(act).toThrow(refused)
  })

  test('PT-15 a step is taken once', () => {
    const again = { step: 'EXPLORATION', day: '2026-03-10' } as const
    expect(() => assertStepInOrder(done, again)).toThrow(refused)
  })

  test('PT-15 a skipped step warns, and so does an exploration without the Dgesco', () => {
    const next = { inspectors: 'IEN-ET', dgesco: 'Bureau', hasReferent: true }
    expect(skippedBefore(done, 'ETABLISSEMENT_RETENU')).toEqual(['CONTACT_DRAFPIC'])
    expect(rulesOf(openingWarnings(done, { ...next, step: 'ETABLISSEMENT_RETENU' }))).toEqual([
      'PT-15',
    ])
    const two = done.slice(0, 1).concat({ step: 'CONTACT_DRAFPIC', day: '2026-02-01' })
    expect(openingWarnings(two, { ...next, step: 'EXPLORATION' })).toEqual([])
    for (const missing of [{ dgesco: null }, { inspectors: null }]) {
      const warned = openingWarnings(two, { ...next, ...missing, step: 'EXPLORATION' })
      expect(rulesOf(warned)).toEqual(['PT-15'])
    }
  })

  test('PT-15 PT-16 the last step warns without an academic referent, and only the last', () => {
    const all = OPENING_STEPS.slice(0, 4).map((step) => ({ step, day: '2026-03-10' }))
    const next = { inspectors: null, dgesco: null, hasReferent: false }
    expect(rulesOf(openingWarnings(all, { ...next, step: 'OUVERTE' }))).toEqual(['PT-16'])
    expect(openingWarnings(all, { ...next, step: 'OUVERTE', hasReferent: true })).toEqual([])
    expect(openingWarnings(all.slice(0, 3), { ...next, step: 'ETABLISSEMENT_RETENU' })).toEqual([])
  })
})

describe('PT-18 the contributions plan', () => {
  const refused = expect.objectContaining({ code: 'rule-refused', rule: 'PT-18' })

  test('PT-18 has a text for each of five years, no fewer and no more', () => {
    expect(toPlanYears(['a', ' b', 'c', 'd', 'e'])).toEqual(['a', 'b', 'c', 'd', 'e'])
    for (const years of [
      ['a', 'b', 'c', 'd'],
      ['a', 'b', 'c', 'd', ' '],
      ['a', 'b', 'c', 'd', 'e', 'f'],
    ]) {
      expect(() => toPlanYears(years)).toThrow(refused)
    }
  })

  test('PT-18 a text has up to 4000 characters', () => {
    const years = (count: number) => ['x'.repeat(count), 'b', 'c', 'd', 'e']
    expect(toPlanYears(years(4000))[0]).toHaveLength(4000)
    expect(() => toPlanYears(years(4001))).toThrow(
      expect.objectContaining({ fields: [expect.objectContaining({ pointer: '/year1' })] }),
    )
  })

  test('PT-18 is signed on both sides, once each, by two persons', () => {
    const company = { side: 'COMPANY', personId: 1 } as const
    const team = { side: 'TEAM', personId: 2 } as const
    expect(() => assertMaySign([company], team)).not.toThrow()
    expect(() => assertMaySign([company], { ...team, personId: 1 })).toThrow(refused)
    expect(() => assertMaySign([company], { ...company, personId: 3 })).toThrow(refused)
    expect([isAgreed([]), isAgreed([team]), isAgreed([team, company])]).toEqual([
      false,
      false,
      true,
    ])
  })
})

describe('PT-21 person-days', () => {
  test('PT-21 are seven hours of one mentor each, and what was recorded apart', () => {
    expect(personDaysOf([{ minutes: 420, mentors: 1 }], [])).toBe(1)
    expect(personDaysOf([{ minutes: 210, mentors: 2 }], [1])).toBe(1.5)
    expect(personDaysOf([{ minutes: 60, mentors: 1 }], [])).toBe(0.1)
    expect(personDaysOf([], [])).toBe(0)
  })

  test.each([
    [45, 'BELOW'],
    [69.9, 'BELOW'],
    [70, 'WITHIN'],
    [158, 'WITHIN'],
    [158.1, 'ABOVE'],
    [180, 'ABOVE'],
  ])('PT-21 %s a year are %s beside 70 to 158', (days, place) => {
    expect(placeInBand(days)).toBe(place)
  })

  test('PT-21 another band may be the reference', () => {
    expect(placeInBand(45, { from: 40, to: 44 })).toBe('ABOVE')
  })

  test('PT-21 a promise is a whole number of days', () => {
    expect([toPromisedDays(0), toPromisedDays(1000)]).toEqual([0, 1000])
    for (const days of [-1, 1001, 1.5, Number.NaN]) {
      expect(() => toPromisedDays(days)).toThrow(
        expect.objectContaining({ code: 'invalid-request' }),
      )
    }
  })
})

describe('PT-22 money and time', () => {
  test('PT-22 are two kinds of contribution, and neither is counted as the other', () => {
    const nothing = { personDays: null, euros: null }
    expect(toMeasure('PERSON_DAYS', { ...nothing, personDays: 0.5 })).toEqual({
      halfDays: 1,
      amountCents: null,
    })
    expect(toMeasure('EQUIPMENT', { ...nothing, euros: 1250.5 })).toEqual({
      halfDays: null,
      amountCents: 125_050,
    })
    expect(toMeasure('OTHER', nothing)).toEqual({ halfDays: null, amountCents: null })
    const refused = expect.objectContaining({ code: 'rule-refused', rule: 'PT-22' })
    expect(() => toMeasure('EQUIPMENT', { personDays: 1, euros: 10 })).toThrow(refused)
    expect(() => toMeasure('PERSON_DAYS', { personDays: 1, euros: 10 })).toThrow(refused)
    expect(() => toMeasure('OTHER', { personDays: null, euros: 10 })).toThrow(refused)
  })

  test('PT-22 equipment has an amount to the cent, time has half days', () => {
    const wrong = expect.objectContaining({ code: 'invalid-request' })
    for (const euros of [null, 0, -5, 10.005, 10_000_001]) {
      expect(() => toMeasure('EQUIPMENT', { personDays: null, euros })).toThrow(wrong)
    }
    for (const personDays of [null, 0, 0.25, 1000.5]) {
      expect(() => toMeasure('PERSON_DAYS', { personDays, euros: null })).toThrow(wrong)
    }
    expect(toCents(0.01, '/euros')).toBe(1)
    expect(toCents(0, '/euros', 0)).toBe(0)
    expect(toCents(19.99, '/euros')).toBe(1999)
  })
})

describe('PT-25 domains', () => {
  test('PT-25 a MEF has its NSF group in its digits 4 to 6', () => {
    expect(nsfOf(MEF)).toBe('225')
  })

  test('PT-25 a company that has none of the track’s warns; what is not known does not', () => {
    expect(isOutsideDomains(MEF, ['225', '250'])).toBe(false)
    expect(isOutsideDomains(MEF, ['224', '226'])).toBe(true)
    expect(isOutsideDomains(MEF, [])).toBe(false)
    expect(rulesOf(domainWarnings(MEF, ['250']))).toEqual(['PT-25'])
    expect(domainWarnings(MEF, ['225'])).toEqual([])
  })

  test('PT-25 are three digits each', () => {
    expect(toDomains('250, 225;225', '/domains')).toEqual(['225', '250'])
    expect(toDomains(' ', '/domains')).toEqual([])
    for (const text of ['22', '2250', '22A']) {
      expect(() => toDomains(text, '/domains')).toThrow(
        expect.objectContaining({ code: 'invalid-request' }),
      )
    }
  })
})

const sound: ClassCase = {
  mef: MEF,
  companies: [{ companyId: 1, name: 'Démo', role: 'principal', domains: ['225'] }],
  liaisons: [{ fromDay: '2026-09-01', untilDay: null, financedById: 1 }],
  agreements: [
    {
      id: 1,
      type: 'ACCORD_CADRE_PTECH',
      title: 'Accord',
      startDay: '2026-09-01',
      endDay: '2031-08-31',
      renewsId: null,
    },
  ],
  cohorts: [{ id: 1, entryYear: 2026, hasStudents: true }],
  people: [
    { id: 1, function: 'ACADEMIC_REFERENT', fromDay: '2026-09-01', untilDay: null },
    { id: 2, function: 'INSPECTOR', fromDay: '2026-09-01', untilDay: null },
  ],
  openingSteps: OPENING_STEPS,
  progression: { cohortIds: [1], inspectorId: 2 },
  plan: { signed: [{ side: 'COMPANY' }, { side: 'TEAM' }] },
  companyYears: [],
}
const found = (changes: Partial<ClassCase>) => findingsOf({ ...sound, ...changes }, TODAY)

describe('what is reported of a class', () => {
  test('is nothing while all is there', () => {
    expect(found({})).toEqual([])
  })

  test('PT-10 is told for no officer, for two, and for one whom the principal company does not pay', () => {
    const [officer] = sound.liaisons
    expect(found({ liaisons: [{ ...officer!, untilDay: TODAY }] })).toEqual([])
    expect(found({ liaisons: [{ ...officer!, untilDay: '2026-11-23' }] })).toMatchObject([
      { rule: 'PT-10', since: TODAY },
    ])
    expect(rulesOf(found({ liaisons: [officer!, officer!] }))).toEqual(['PT-10'])
    expect(found({ liaisons: [{ ...officer!, financedById: 2 }] })).toMatchObject([
      { rule: 'PT-10', since: '2026-09-01' },
    ])
  })

  test('PT-13 is told of a cohort whose five years are over and that still has students', () => {
    const old = { id: 9, entryYear: 2021, hasStudents: true }
    const cohorts = [...sound.cohorts, old]
    expect(found({ cohorts })).toMatchObject([{ rule: 'PT-13', since: '2026-09-01' }])
    expect(found({ cohorts: [...sound.cohorts, { ...old, hasStudents: false }] })).toEqual([])
    expect(
      findingsOf(
        { ...sound, cohorts: [old], progression: { cohortIds: [9], inspectorId: 2 } },
        '2026-08-31',
      ),
    ).toMatchObject([{ rule: 'PT-10' }, { rule: 'PT-16' }, { rule: 'PT-17' }])
  })

  test('PT-14 is told for no agreement, one that ends, and a cohort that outlives it', () => {
    const [agreement] = sound.agreements
    expect(rulesOf(found({ agreements: [] }))).toEqual(['PT-14'])
    const ending = { ...agreement!, startDay: '2022-04-24', endDay: '2027-04-23' }
    const [ends, gap] = found({ agreements: [ending] })
    expect(ends!.words.fr).toContain('dans moins de 6 mois')
    expect(gap!.words.fr).toContain('à couvrir par renouvellement')
    const renewal = { ...agreement!, id: 2, startDay: '2027-04-24', endDay: '2032-04-23' }
    expect(found({ agreements: [ending, { ...renewal, renewsId: 1 }] })).toEqual([])
    const ended = { ...agreement!, startDay: '2021-11-24', endDay: '2026-11-23' }
    expect(found({ agreements: [ended] })).toMatchObject([
      { rule: 'PT-14', since: TODAY },
      { rule: 'PT-14', since: TODAY },
    ])
  })

  test('PT-15 is told where the way to the class was recorded and lacks a step', () => {
    expect(rulesOf(found({ openingSteps: ['DEMANDE_ENTREPRISE', 'OUVERTE'] }))).toEqual(['PT-15'])
    expect(found({ openingSteps: undefined })).toEqual([])
  })

  test('PT-16 is told from the day after the last academic referent', () => {
    const [referent, inspector] = sound.people
    const people = (untilDay: string) => [{ ...referent!, untilDay }, inspector!]
    expect(found({ people: people(TODAY) })).toEqual([])
    expect(found({ people: people('2026-11-23') })).toMatchObject([{ rule: 'PT-16', since: TODAY }])
  })

  test('PT-17 is told for no progression, a cohort that is left out, and no inspector', () => {
    expect(rulesOf(found({ progression: undefined }))).toEqual(['PT-17'])
    expect(rulesOf(found({ progression: { cohortIds: [], inspectorId: 2 } }))).toEqual(['PT-17'])
    expect(rulesOf(found({ progression: { cohortIds: [1], inspectorId: null } }))).toEqual([
      'PT-17',
    ])
    expect(rulesOf(found({ progression: { cohortIds: [1], inspectorId: 1 } }))).toEqual(['PT-17'])
  })

  test('PT-18 is told for no plan, and one that one side has signed', () => {
    expect(rulesOf(found({ plan: undefined }))).toEqual(['PT-18'])
    expect(rulesOf(found({ plan: { signed: [{ side: 'TEAM' }] } }))).toEqual(['PT-18'])
  })

  test.each([
    { what: '45 of 70 promised last year', year: 2025, personDays: 45, promised: 70, count: 1 },
    { what: '70 of 70 promised last year', year: 2025, personDays: 70, promised: 70, count: 0 },
    { what: '45 of 70 in a year that goes on', year: 2026, personDays: 45, promised: 70, count: 0 },
    { what: '158 this year', year: 2026, personDays: 158, promised: null, count: 0 },
    { what: '180 this year', year: 2026, personDays: 180, promised: null, count: 1 },
    { what: '45 that nobody promised', year: 2025, personDays: 45, promised: null, count: 0 },
  ])('PT-21 $what', ({ year, personDays, promised, count }) => {
    const companyYear = {
      classId: 1,
      companyId: 1,
      companyName: 'Démo',
      year,
      personDays,
      tutoringDays: 0,
      equipmentCents: 0,
      promised: promised === null ? null : { personDays: promised, equipmentCents: 0 },
    }
    const reported = rulesOf(found({ companyYears: [companyYear] }))
    expect(reported).toEqual(Array(count).fill('PT-21'))
  })

  test('PT-25 is told of a company whose domains are others', () => {
    const [company] = sound.companies
    expect(rulesOf(found({ companies: [{ ...company!, domains: ['250'] }] }))).toEqual(['PT-25'])
    expect(found({ companies: [{ ...company!, domains: [] }] })).toEqual([])
  })

  test('PT-11 PT-12 a class has five cohorts under way at the most, one a year', () => {
    const cohorts = [2020, 2021, 2022, 2023, 2024, 2025, 2026, 2027].map((entryYear) => ({
      entryYear,
    }))
    const active = concurrentCohorts(cohorts, 2026).map(({ entryYear }) => entryYear)
    expect(active).toEqual([2022, 2023, 2024, 2025, 2026])
  })
})
