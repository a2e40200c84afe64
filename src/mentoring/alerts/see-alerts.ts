import type { Actor, Assignment, Context, Role } from '../../context.js'
import { today } from '../../people/days.js'
import { nothingHere } from '../refusals.js'
import { byUrgency, type Alert, type Scope } from './alert.js'
import { ALERT_SOURCES } from './sources.data.js'

/** All that asks for the actor today, the most urgent first; nothing for whom alerts do not concern. */
export async function alertsFor(ctx: Context, actor: Actor): Promise<Alert[]> {
  const day = today(ctx)
  const found: Alert[] = []
  // One after the other: a SQLite store has one connection.
  for (const { for: roles, find } of ALERT_SOURCES) {
    const held = actor.assignments.filter(({ role }) => roles.includes(role))
    if (held.length === 0) continue
    found.push(...(await find(ctx, scopeOf(held), day)))
  }
  return found.toSorted(byUrgency)
}

/** For whom alerts are looked for, by the roles that somebody holds. */
export function scopeOf(held: readonly Assignment[]): Scope {
  const by = (roles: readonly Role[]) => [
    ...new Set(held.flatMap((one) => (roles.includes(one.role) ? (one.organisationId ?? []) : []))),
  ]
  return {
    schoolIds: by(['school-staff', 'school-approver', 'liaison-officer']),
    companyIds: by(['company-admin', 'company-endorser', 'scheme-coordinator']),
    academyIds: by(['academic-referent']),
  }
}

/**
 * The same, for the page of alerts.
 *
 * @throws {DomainError} not-found for whom no alert may concern: a student, say
 */
export async function seeAlerts(ctx: Context, actor: Actor): Promise<Alert[]> {
  if (!mayHaveAlerts(actor)) throw nothingHere()
  return alertsFor(ctx, actor)
}

export function mayHaveAlerts({ assignments }: Pick<Actor, 'assignments'>): boolean {
  return assignments.some(({ role }) =>
    ALERT_SOURCES.some(({ for: roles }) => roles.includes(role)),
  )
}
