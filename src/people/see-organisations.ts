import type { Actor, Context } from '../context.js'
import { authorize } from './authorize.js'
import { listOrganisations, type Organisation, type OrganisationKind } from './store.js'

/** All organisations, for whoever admits them. @throws {DomainError} forbidden or not-found */
export async function seeOrganisations(
  ctx: Context,
  actor: Actor,
  kind?: OrganisationKind,
): Promise<Organisation[]> {
  authorize(actor, 'see-organisations', {})
  return listOrganisations(ctx.db, kind)
}
