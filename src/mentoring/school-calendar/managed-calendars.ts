import type { Actor, Context } from '../../context.js'
import { authorize, may, organisationsWith } from '../../people/authorize.js'
import { findOrganisation } from '../../people/store.js'
import { CALENDARS, calendarOf } from './calendar-of.js'

/**
 * The calendars that the actor keeps: all of them, or that of their academy, which its whole zone shares.
 *
 * @throws {DomainError} not-found for whoever keeps none
 */
export async function managedCalendars(ctx: Context, actor: Actor): Promise<readonly string[]> {
  const found = await calendarsManagedBy(ctx, actor)
  if (found.length === 0) authorize(actor, 'manage-calendar', {})
  return found
}

/** The same; none for whoever keeps none. */
export async function calendarsManagedBy(ctx: Context, actor: Actor): Promise<readonly string[]> {
  if (may(actor, 'manage-calendar', {})) return CALENDARS
  const academies = await Promise.all(
    organisationsWith(actor, 'manage-calendar').map((id) => findOrganisation(ctx.db, id)),
  )
  const found = academies.flatMap((academy) => calendarOf(academy?.academyCode ?? null) ?? [])
  return [...new Set(found)]
}
