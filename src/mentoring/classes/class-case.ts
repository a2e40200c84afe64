import type { Period } from '../days.js'
import { nominalLevel } from '../levels.js'
import type { OpeningStep } from './opening-rules.js'
import type { ClassFunction } from './people-rules.js'
import type { CompanyYear } from './person-days.js'
import type { Side } from './plan-rules.js'

type CaseCohort = Readonly<{ id: number; entryYear: number; hasStudents: boolean }>

/** A class as the rules on classes see it. */
export type ClassCase = Readonly<{
  mef: string
  /** Those of today. */
  companies: readonly Readonly<{
    companyId: number
    name: string
    role: 'principal' | 'partner'
    domains: readonly string[]
  }>[]
  liaisons: readonly (Period & Readonly<{ financedById: number | null }>)[]
  agreements: readonly Readonly<{
    id: number
    type: string
    title: string
    startDay: string
    endDay: string
    renewsId: number | null
  }>[]
  cohorts: readonly CaseCohort[]
  people: readonly (Period & Readonly<{ id: number; function: ClassFunction }>)[]
  /** Undefined where the way to the class was not recorded. */
  openingSteps: readonly OpeningStep[] | undefined
  progression: Readonly<{ cohortIds: readonly number[]; inspectorId: number | null }> | undefined
  plan: Readonly<{ signed: readonly Readonly<{ side: Side }>[] }> | undefined
  /** Of the present school year and the one before it. */
  companyYears: readonly (CompanyYear & Readonly<{ companyName: string }>)[]
}>

/** PT-11: how many cohorts of a class are under way; a class in its steady state has five. */
export function concurrentCohorts<Cohort extends Readonly<{ entryYear: number }>>(
  cohorts: readonly Cohort[],
  year: number,
): Cohort[] {
  return cohorts.filter(({ entryYear }) => {
    const level = nominalLevel(entryYear, year)
    return level !== undefined && level !== 'CLOSED'
  })
}
