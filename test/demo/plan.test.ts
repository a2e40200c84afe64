import { describe, expect, test } from 'vitest'
import { LEFT_TO_READERS, OWN_STUDENT } from '../../src/demo/cast.data.js'
import { readiness } from '../../src/demo/weigh-plan.js'
import { makePlan } from '../../src/demo/make-plan.js'
import type { Plan } from '../../src/demo/plan.js'
import { ineOf } from '../../src/demo/students.js'
import { ageOn } from '../../src/mentoring/days.js'
import { schoolYearOf } from '../../src/mentoring/school-year.js'
import { isSchoolDay } from '../../src/demo/calendar.js'

const plans = new Map<string, Plan>()
/** Each day's plan once: it takes a while. */
function planOf(day: string): Plan {
  const known = plans.get(day) ?? makePlan(day)
  plans.set(day, known)
  return known
}
const plan = planOf('2026-11-24')

function counted<T>(all: readonly T[], keyOf: (one: T) => string): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const one of all) counts[keyOf(one)] = (counts[keyOf(one)] ?? 0) + 1
  return counts
}

describe('the plan of the demo', () => {
  test('has 15 lycées, 34 cohorts and 300 students at the levels of the domain', () => {
    expect(plan.schools).toHaveLength(15)
    expect(plan.schools.flatMap(({ entryYears }) => entryYears)).toHaveLength(34)
    const present = plan.students.filter(({ leftOn }) => leftOn === undefined)
    expect(present).toHaveLength(300)
    expect(counted(present, ({ years }) => years.at(-1)!.level)).toEqual({
      '2NDE_PRO': 126,
      '1RE_PRO': 96,
      TLE_PRO: 46,
      BTS1: 16,
      BTS2: 16,
    })
  })

  test('has one who repeats a year, one who left, and a BTS in another school', () => {
    expect(plan.students.filter(({ leftCohort }) => leftCohort !== undefined)).toHaveLength(1)
    expect(plan.students.filter(({ leftOn }) => leftOn !== undefined)).toHaveLength(1)
    const moved = plan.students.filter(({ school, years }) => years.at(-1)!.school !== school)
    expect(moved).toHaveLength(16)
    expect(new Set(moved.map(({ school }) => school))).toEqual(new Set([0]))
  })

  test('gives nobody the name or the INE of somebody else', () => {
    const names = [...plan.students, ...plan.collegians].map(
      ({ givenName, familyName }) => `${givenName} ${familyName}`,
    )
    expect(new Set(names).size).toBe(names.length)
    const ines = plan.students.slice(0, 300).map(ineOf)
    expect(ines[0]).toBe('000000001AA')
    expect(ines[299]).toBe('000000300KK')
    expect(ines.every((ine) => /^[0-9]{9}[A-HJK]{2}$/.test(ine))).toBe(true)
  })

  test('has about 1,800 sessions and more than 400 placements, all of them in the past', () => {
    expect(plan.sessions.length).toBeGreaterThan(1_600)
    expect(plan.sessions.length).toBeLessThan(2_000)
    expect(plan.placements.length).toBeGreaterThan(400)
    expect(plan.sessions.every(({ day }) => day < '2026-11-24' && isSchoolDay(day))).toBe(true)
    expect(plan.placements.every(({ untilDay }) => untilDay < '2026-11-24')).toBe(true)
  })

  test('leaves eight students without a career session in November (PT-04)', () => {
    const owing = plan.students.filter(({ years, leftOn }) => {
      const { level } = years.at(-1)!
      return leftOn === undefined && level !== '2NDE_PRO'
    })
    const met = new Set(
      plan.sessions
        .filter(({ kind, day }) => kind === 'CARRIERE' && day.startsWith('2026-11'))
        .flatMap(({ students }) => students),
    )
    expect(owing.filter((student) => !met.has(student))).toHaveLength(8)
  })

  test('has 120 girls of 300, 6 of the 40 of one filière, as many on whatever day', () => {
    for (const day of ['2026-09-01', '2026-11-24', '2027-06-30']) {
      const present = planOf(day).students.filter(({ leftOn }) => leftOn === undefined)
      const girls = present.filter(({ sex }) => sex === 'F')
      expect(girls).toHaveLength(120)
      expect(girls.filter(({ school }) => school === 1)).toHaveLength(6)
    }
  })

  test.each(['2026-11-24', '2027-01-15', '2027-06-30'])(
    'has one female mentor in five in each school year up to %s, as indicators count them (PT-24)',
    (today) => {
      const { sessions, year } = planOf(today)
      for (let then = year - 4; then <= year; then += 1) {
        const led = new Set(
          sessions
            .filter(({ day }) => schoolYearOf(day) === then)
            .map((one) => `${one.school}.${one.entryYear} ${one.company}.${one.endorser}`),
        )
        const women = [...led].filter((one) => one.endsWith('.4'))
        expect(Math.abs(women.length - led.size / 5)).toBeLessThan(1)
      }
    },
  )

  test('has three cordées with 40 collégiens in 4e and 3e, 14 of them followed since last year', () => {
    const { collegians } = plan
    expect(counted(collegians, ({ cordee }) => String(cordee))).toEqual({ 0: 16, 1: 14, 2: 10 })
    expect(counted(collegians, ({ years }) => years.at(-1)!.level)).toEqual({ '3E': 19, '4E': 21 })
    expect(collegians.filter(({ years }) => years.length === 2)).toHaveLength(14)
    expect(collegians.filter(({ sex }) => sex === 'F')).toHaveLength(20)
    const ines = [...plan.students, ...collegians].map(ineOf)
    expect(new Set(ines).size).toBe(ines.length)
  })

  test('has fifteen pairs: thirteen of the 300, and two who are thirteen on their first day', () => {
    for (const day of ['2026-09-01', '2026-09-05', '2026-11-24', '2027-02-28', '2027-08-31']) {
      const { pairs } = planOf(day)
      const young = pairs.filter(({ young }) => 'college' in young)
      expect([pairs.length, young.length]).toEqual([15, 2])
      const ages = young.map(({ young, startedOn }) => ageOn(young.birthDate, startedOn))
      expect(ages).toEqual([13, 13])
    }
  })

  test('has sessions of the other schemes, all of them in the past and of the days of their group', () => {
    const { groupSessions, pairs } = plan
    expect(groupSessions.every(({ day }) => day < '2026-11-24')).toBe(true)
    expect(groupSessions.filter(({ group }) => 'cordee' in group)).toHaveLength(185)
    for (const { group, day } of groupSessions) {
      if (!('pair' in group)) continue
      const { startedOn, endedOn } = pairs[group.pair]!
      expect(startedOn <= day && day <= (endedOn ?? day)).toBe(true)
    }
  })

  test('ends in sixty badges, one of them to be revoked and one expired', () => {
    const issued = plan.dossiers.filter(({ steps }) => steps.length === 5)
    expect(issued).toHaveLength(60)
    expect(issued.filter(({ revokedAt }) => revokedAt !== undefined)).toHaveLength(1)
    expect(issued.filter(({ template, version }) => template === 2 && version === 1)).toHaveLength(
      1,
    )
  })

  test('is the same each time for one day, and can be made on any day of the year', () => {
    expect(makePlan('2026-11-24')).toEqual(plan)
    for (const day of ['2026-09-01', '2026-12-30', '2027-02-28', '2027-06-30', '2027-08-31']) {
      const { dossiers } = planOf(day)
      expect(dossiers.filter(({ steps }) => steps.length === 5)).toHaveLength(60)
      expect(dossiers.every(({ steps }) => steps.every((at) => at < `${day}T00`))).toBe(true)
    }
  })
})

test.each(['2026-09-05', '2026-11-24', '2026-11-28', '2027-01-15', '2027-05-20'])(
  'the badge that readers carry through is ready on %s, and no dossier has it',
  (today) => {
    const plan = planOf(today)
    const isTheirs = (one: { student: { number: number }; template: number }) =>
      one.student.number === OWN_STUDENT && one.template === LEFT_TO_READERS
    expect(plan.dossiers.filter(isTheirs)).toEqual([])
    expect(readiness(plan)(today).filter(isTheirs)).toHaveLength(1)
  },
)
