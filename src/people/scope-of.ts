import type { Actor, Context } from '../context.js'
import { NOBODY, type Scope } from '../store/scope.js'
import { listOrganisationsOfAcademies } from './store.js'

/**
 * Whose rows a store with a second wall gives to somebody: those of the organisations that they act for now, of all
 * those of their academy, and their own. An administrator of the platform stands for none: to them it is no wall.
 */
export async function scopeOf(ctx: Pick<Context, 'db'>, actor: Actor | undefined): Promise<Scope> {
  if (!actor) return NOBODY
  const { assignments, personId } = actor
  if (assignments.some(({ role }) => role === 'platform-admin')) return { service: 'platform' }
  // A student is at a school, and acts for themself.
  const acting = assignments.filter(({ role }) => role !== 'student')
  const academies = idsOf(acting.filter(({ role }) => role === 'academic-referent'))
  const within = academies.length > 0 ? await listOrganisationsOfAcademies(ctx.db, academies) : []
  return { organisations: [...new Set([...idsOf(acting), ...within])], personId }
}

function idsOf(assignments: Actor['assignments']): number[] {
  return assignments.flatMap(({ organisationId }) => organisationId ?? [])
}
