import { endingOf, gapsOf, lastDayOfCohort } from '../classes/agreement-rules.js'
import type { ClassCase } from '../classes/class-case.js'
import { findingsOf } from '../classes/finding-rules.js'
import type { STATE_CODES } from './school-codes.js'

/** How many of some classes, cohorts and agreements have what the rules report today, by code. */
export function countStates(
  classes: readonly ClassCase[],
  today: string,
): Record<(typeof STATE_CODES)[number], number> {
  const reported = classes.map((one) => {
    return new Set(findingsOf(one, today).map(({ rule }) => rule))
  })
  const having = (rule: string) => reported.filter((rules) => rules.has(rule)).length
  // Classes may share an agreement: it ends once.
  const ending = classes.flatMap((one) => endingAgreements(one, today))
  return {
    classes: classes.length,
    without_liaison: having('PT-10'),
    without_referent: having('PT-16'),
    without_agreement: classes.filter((one) => frameworksOf(one).length === 0).length,
    agreements_ending: new Set(ending).size,
    cohorts_uncovered: classes.reduce((sum, one) => sum + uncovered(one, today), 0),
    progression_current: classes.length - having('PT-17'),
    plan_unsigned: having('PT-18'),
  }
}

function frameworksOf({ agreements }: ClassCase) {
  return agreements.filter(({ type }) => type === 'ACCORD_CADRE_PTECH')
}

/** PT-14: those that end within twelve months, or have ended, and that nothing renews. */
function endingAgreements({ agreements }: ClassCase, today: string): number[] {
  return agreements.flatMap(({ id, endDay }) => {
    const isRenewed = agreements.some(({ renewsId }) => renewsId === id)
    return endingOf(endDay, today) === undefined || isRenewed ? [] : [id]
  })
}

/** PT-14: the cohorts under way whose course outlives the framework agreements; all, where there is none. */
function uncovered(one: ClassCase, today: string): number {
  const live = one.cohorts.filter(({ entryYear }) => lastDayOfCohort(entryYear) >= today)
  const frameworks = frameworksOf(one)
  return frameworks.length === 0 ? live.length : gapsOf(frameworks, live).length
}
