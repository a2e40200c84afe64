import { evidenceOf, weighEvidence } from '../issuer/rules.js'
import type { Fact } from '../mentoring/facts/facts.js'
import { EXAMPLE_DEFINITIONS } from '../templates/examples.js'
import { CREATOR_OF_EXAMPLE, PUBLISHED, RENEWED } from './badges.data.js'
import { dayOf } from './calendar.js'
import type { PlacementPlan, Plan, SessionPlan, StudentPlan } from './plan.js'

/** A student who has what a badge asks for, and which version of it is published. */
export type Choice = Readonly<{ student: StudentPlan; template: number; version: number }>
type Told = Pick<Plan, 'year' | 'schools' | 'students' | 'sessions' | 'placements'>

/** Which badges could be proposed for whom on a day, by the same rule that weighs real dossiers. */
export function readiness(told: Told): (day: string) => Choice[] {
  const factsOf = factsByStudent(told)
  const enrolled = told.students.filter(({ leftOn }) => leftOn === undefined)
  return (day) =>
    enrolled.flatMap((student) => {
      const facts = (factsOf.get(student) ?? []).filter(({ confirmedAt }) => confirmedAt < day)
      return EXAMPLE_DEFINITIONS.flatMap((_, template) => {
        const version = versionOn(told.year, template, day)
        const isReady = version > 0 && isPartner(told, student, template) && meets(facts, template)
        return isReady ? [{ student, template, version }] : []
      })
    })
}

/** The newest version that was published on a day; 0: none was. */
export function versionOn(year: number, template: number, day: string): number {
  const [yearsAgo = 0, date = '09-01'] = PUBLISHED[template] ?? []
  if (day <= dayOf(year - yearsAgo, date)) return 0
  const [since, secondDate] = RENEWED.second
  return template === RENEWED.template && day > dayOf(year - since, secondDate) ? 2 : 1
}

function isPartner({ schools }: Told, { school }: StudentPlan, template: number): boolean {
  const companies = schools[school]?.companies ?? []
  return companies.some(({ company }) => company === CREATOR_OF_EXAMPLE[template])
}

function meets(facts: readonly Fact[], template: number): boolean {
  const rule = EXAMPLE_DEFINITIONS[template]?.rule ?? []
  const weighed = weighEvidence(rule, facts, CREATOR_OF_EXAMPLE[template] ?? -1)
  return weighed.every(({ met }) => met) && evidenceOf(weighed).length > 0
}

function factsByStudent({ sessions, placements }: Told): Map<StudentPlan, Fact[]> {
  const found = new Map<StudentPlan, Fact[]>()
  const add = (student: StudentPlan, from: SessionPlan | PlacementPlan, fact: Partial<Fact>) => {
    if (from.confirmedAt === undefined || from.contestedBy === student) return
    const { company: companyId, confirmedAt } = from
    const whole = { ...NOTHING, companyId, confirmedAt, publicId: String(count++), ...fact }
    found.set(student, [...(found.get(student) ?? []), whole])
  }
  let count = 0
  for (const session of sessions) {
    const { kind, minutes, students } = session
    for (const student of students)
      add(student, session, { kind: 'session', sessionKind: kind, minutes })
  }
  for (const placement of placements) {
    add(placement.student, placement, { kind: 'placement', days: placement.daysDone })
  }
  return found
}

const NOTHING = {
  kind: 'session',
  id: 0,
  companyName: '',
  day: '',
  untilDay: '',
  minutes: 0,
  days: 0,
  confirmedFunction: '',
  recordedById: 0,
  confirmedById: 0,
  confirmedAt: '',
} as const
