import type { Actor, Context } from '../context.js'
import type { Waiting } from '../web/components/journey.js'
import { unconfirmedFor } from './confirming/see-unconfirmed.js'

/** The sessions and placements that the actor may confirm: recorded by others, in their school or company. */
export async function mentoringWaiting(ctx: Context, actor: Actor): Promise<Waiting[]> {
  const { length: count } = await unconfirmedFor(ctx, actor)
  if (count === 0) return []
  const words = {
    fr: 'Séances et périodes en entreprise à confirmer',
    en: 'Sessions and placements to confirm',
  }
  return [{ words, href: '/confirm', count }]
}
