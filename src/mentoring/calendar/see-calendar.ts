import type { Actor, Context } from '../../context.js'
import { today } from '../../people/days.js'
import type { AnyCohort } from '../cohorts/store.js'
import { isDay } from '../days.js'
import { nothingHere } from '../refusals.js'
import { openPlans, type CalendarContent } from './days.js'
import { countPlacementsIn, listSessionsIn } from './facts-store.js'
import { periodOf, toMonth, type Closed } from './month.js'
import { namedBreaksOf } from '../school-calendar/breaks-of-school.js'
import { listPlanned } from './planned-store.js'
import { reachOf, type Reach } from './reach.js'

export type CalendarView = Readonly<{
  cohort: AnyCohort
  today: string
  content: CalendarContent
}>

/**
 * A month of a cohort: sessions recorded and planned, placements, days without school.
 *
 * @param asked.month the present one for anything that is no month
 * @throws {DomainError} forbidden or not-found
 */
export async function seeMonth(
  ctx: Context,
  actor: Actor,
  asked: Readonly<{ cohortId: string; month: string | undefined }>,
): Promise<CalendarView & { month: string }> {
  const reach = await reachOf(ctx, actor, asked.cohortId)
  const month = toMonth(asked.month, today(ctx))
  return { ...(await viewOf(ctx, reach, periodOf(month))), month }
}

/**
 * A day of a cohort.
 *
 * @throws {DomainError} forbidden, or not-found for what is no day either
 */
export async function seeDay(
  ctx: Context,
  actor: Actor,
  asked: Readonly<{ cohortId: string; day: string }>,
): Promise<CalendarView> {
  const reach = await reachOf(ctx, actor, asked.cohortId)
  if (!isDay(asked.day)) throw nothingHere()
  return viewOf(ctx, reach, { fromDay: asked.day, untilDay: asked.day })
}

async function viewOf(
  ctx: Context,
  { cohort, sessions: share, placements }: Reach,
  period: Closed,
): Promise<CalendarView> {
  const sessions = await listSessionsIn(ctx.db, share, period)
  const planned = await listPlanned(ctx.db, cohort.id, period)
  return {
    cohort,
    today: today(ctx),
    content: {
      sessions,
      planned: openPlans(planned, sessions),
      placements: await countPlacementsIn(ctx.db, placements, period),
      breaks: await namedBreaksOf(ctx.db, cohort.ownerId, period),
    },
  }
}
