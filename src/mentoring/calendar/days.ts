import { isWithin } from '../days.js'
import type { NamedBreak } from '../school-calendar/breaks-of-school.js'
import type { CalendarPlacement, CalendarSession } from './facts-store.js'
import type { Planned } from './planned-store.js'

/** What a calendar holds: facts, and what is to come. */
export type CalendarContent = Readonly<{
  sessions: readonly CalendarSession[]
  planned: readonly Planned[]
  placements: readonly CalendarPlacement[]
  breaks: readonly NamedBreak[]
}>

/**
 * The planned sessions that are still open: not cancelled, nor recorded since. One recorded session of the
 * same kind with the same organisation on the day stands for one planned, the earliest first.
 */
export function openPlans(
  planned: readonly Planned[],
  sessions: readonly CalendarSession[],
): Planned[] {
  const recorded = Map.groupBy(sessions, likeness)
  const plans = planned.filter(({ cancelledAt }) => cancelledAt === null)
  return [...Map.groupBy(plans, likeness)]
    .flatMap(([like, ofOne]) => ofOne.slice(recorded.get(like)?.length ?? 0))
    .toSorted((one, other) => plans.indexOf(one) - plans.indexOf(other))
}

function likeness(one: Pick<Planned, 'day' | 'kind' | 'organisationId'>): string {
  return `${one.day} ${one.kind} ${one.organisationId}`
}

/** What of it falls on a day. */
export function contentOn(day: string, content: CalendarContent): CalendarContent {
  return {
    sessions: content.sessions.filter((one) => one.day === day),
    planned: content.planned.filter((one) => one.day === day),
    placements: content.placements.filter((one) => isWithin(day, one)),
    breaks: content.breaks.filter((one) => isWithin(day, one)),
  }
}

export function isEmpty({ sessions, planned, placements, breaks }: CalendarContent): boolean {
  return sessions.length + planned.length + placements.length + breaks.length === 0
}
