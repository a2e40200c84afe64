import type { Actor, Context } from '../../context.js'
import { may, type Action } from '../../people/authorize.js'
import { today } from '../../people/days.js'
import type { Row } from '../../store/schema.js'
import { isWithin } from '../days.js'
import { schoolYearOf } from '../school-year.js'
import { classFor } from './class-access.js'
import { concurrentCohorts } from './class-case.js'
import { isAgreed, SIDES, type Side } from './plan-rules.js'
import { listClassPeople, type ClassPerson } from './people-store.js'
import {
  plansOf,
  planTexts,
  progressionsOf,
  type Plan,
  type PlanSignOff,
  type Progression,
} from './plan-store.js'
import { listCohortsOf, type Cohort } from './store.js'

export type PlanView = Readonly<{
  row: Row<'ptech_classes'>
  plan: (Plan & { texts: readonly string[] }) | undefined
  agreed: boolean
  signed: readonly PlanSignOff[]
  /** The side that the actor may sign on now. */
  maySign: Side | undefined
  mayManage: boolean
  maySeeClass: boolean
  /** The school year of today. */
  year: number
}>

const READERS = ['see-class', 'record-contribution'] as const

/**
 * The five-year contributions plan of a class, for its school, its academy and its companies (PT-18).
 *
 * @param actions what the actor must be allowed, instead of reading it
 * @throws {DomainError} forbidden or not-found
 */
export async function seePlan(
  ctx: Context,
  actor: Actor,
  classId: string,
  ...actions: readonly [Action, ...Action[]] | readonly []
): Promise<PlanView> {
  const [first = 'see-class', ...others] = actions.length > 0 ? actions : READERS
  const { row, resource } = await classFor(ctx, actor, classId, first, ...others)
  const [plan] = await plansOf(ctx.db, [row.id])
  const signed = plan?.signed ?? []
  const maySignAs = {
    TEAM: may(actor, 'manage-classes', resource),
    COMPANY: may(actor, 'record-contribution', { companyIds: resource.companyIds ?? [] }),
  }
  const free = SIDES.find((side) => maySignAs[side] && !signed.some((one) => one.side === side))
  const signedAlready = signed.some(({ personId }) => personId === actor.personId)
  return {
    row,
    plan: plan && { ...plan, texts: await planTexts(ctx.db, plan.id) },
    agreed: isAgreed(signed),
    signed,
    maySign: plan && !signedAlready ? free : undefined,
    mayManage: maySignAs.TEAM,
    maySeeClass: may(actor, 'see-class', resource),
    year: schoolYearOf(today(ctx)),
  }
}

export type ProgressionView = Readonly<{
  row: Row<'ptech_classes'>
  progression: Progression | undefined
  /** Those under way, and those that the progression covers. */
  cohorts: readonly (Cohort & { covered: boolean })[]
  inspectors: readonly ClassPerson[]
  inspector: ClassPerson | undefined
  mayManage: boolean
}>

/**
 * The progression pédagogique of a class (PT-17).
 *
 * @throws {DomainError} forbidden or not-found
 */
export async function seeProgression(
  ctx: Context,
  actor: Actor,
  classId: string,
): Promise<ProgressionView> {
  const { row, resource } = await classFor(ctx, actor, classId, 'see-class')
  const day = today(ctx)
  const [progression] = await progressionsOf(ctx.db, [row.id])
  const all = await listCohortsOf(ctx.db, row.id)
  const active = concurrentCohorts(all, schoolYearOf(day))
  const covers = ({ id }: Cohort) => progression?.cohortIds.includes(id) ?? false
  const people = await listClassPeople(ctx.db, [row.id])
  return {
    row,
    progression,
    cohorts: all
      .filter((one) => active.includes(one) || covers(one))
      .map((one) => ({ ...one, covered: covers(one) })),
    inspectors: people.filter((one) => one.function === 'INSPECTOR' && isWithin(day, one)),
    inspector: people.find(({ id }) => id === progression?.inspector_id),
    mayManage: may(actor, 'manage-classes', resource),
  }
}
