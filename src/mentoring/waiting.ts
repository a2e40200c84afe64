import type { Actor, Context } from '../context.js'
import { organisationsWith } from '../people/authorize.js'
import type { Waiting } from '../web/components/journey.js'
import { listSessionsToConfirm } from './store/records.js'

/** The sessions that the actor may confirm: recorded by others, in their school or company. */
export async function mentoringWaiting(ctx: Context, actor: Actor): Promise<Waiting[]> {
  if (actor.personId === null) return []
  const organisationIds = organisationsWith(actor, 'confirm-session')
  const { length: count } = await listSessionsToConfirm(ctx.db, organisationIds, actor.personId)
  if (count === 0) return []
  const words = { fr: 'Séances à confirmer', en: 'Sessions to confirm' }
  return [{ words, href: '/cohorts', count }]
}
