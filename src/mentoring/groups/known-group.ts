import type { Actor, Context } from '../../context.js'
import { DomainError } from '../../errors.js'
import { authorize, may, type Resource } from '../../people/authorize.js'
import { nothingHere } from '../refusals.js'
import { schemeOf } from '../schemes/index.js'
import type { Scheme } from '../schemes/scheme.js'
import { reachOf } from './reach.js'
import { findGroup, type Group, type GroupSchool } from './store.js'

/** A group that the actor has to do with: as who runs it, or for the students of their schools only. */
export type KnownGroup = Readonly<{
  group: Group
  scheme: Scheme
  schools: readonly GroupSchool[]
  resource: Resource
  mayRun: boolean
}>

/**
 * @param scheme of which it must be
 * @throws {DomainError} forbidden or not-found
 */
export async function knownGroup(
  ctx: Context,
  actor: Actor,
  publicId: string,
  scheme?: Scheme,
): Promise<KnownGroup> {
  const group = await findGroup(ctx.db, publicId)
  if (!group || (scheme && group.scheme !== scheme.code)) throw nothingHere()
  const { schools, resource } = await reachOf(ctx.db, group)
  authorize(actor, 'manage-schemes', resource)
  const { ownerId } = group
  const mayRun = may(actor, 'manage-schemes', { schoolId: ownerId, companyIds: [ownerId] })
  return { group, scheme: schemeOf(group.scheme), schools, resource, mayRun }
}

/**
 * One that the actor runs and that is open.
 *
 * @throws {DomainError} forbidden, not-found or conflict
 */
export async function runGroup(ctx: Context, actor: Actor, publicId: string): Promise<KnownGroup> {
  const known = await knownGroup(ctx, actor, publicId)
  if (!known.mayRun) throw notTheirs(known)
  assertOpen(known.group)
  return known
}

/** @throws {DomainError} conflict */
export function assertOpen({ closedOn }: Pick<Group, 'closedOn'>): void {
  if (closedOn === null) return
  throw new DomainError('conflict', {
    fr: 'Ce groupe est terminé : on n’y change plus rien. Ouvrez-en un autre.',
    en: 'This group is closed: nothing in it changes any more. Open another one.',
  })
}

function notTheirs({ group: { ownerName } }: KnownGroup): DomainError {
  return new DomainError('forbidden', {
    fr: `Seuls les responsables de « ${ownerName} » peuvent le faire. Demandez-leur.`,
    en: `Only the coordinators of “${ownerName}” may do this. Ask them.`,
  })
}
