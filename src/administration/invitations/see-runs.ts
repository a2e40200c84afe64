import type { Actor, Context } from '../../context.js'
import type { GivenUpWhy } from '../../mail/store.js'
import { listWithWayIn } from '../../people/access-store.js'
import { resourceOf } from '../../people/assign-role.js'
import { assertAllowed, nothingHere } from '../../people/authorize.js'
import { listUnreached } from '../../people/invited-mail.js'
import { isForAll, managedOrganisations } from '../../people/see-people.js'
import { findOrganisation, isRole, type Organisation } from '../../people/store.js'
import type { Reach } from '../../people/views/role-fields.js'
import {
  findRun,
  listInvited,
  listRuns,
  listWithOpenInvitation,
  type Invited,
  type Run,
} from './store.js'

/** Whether somebody came in; what they opened before is nobody's business. */
export type InvitationState = 'accepted' | 'sent' | 'expired' | 'withdrawn' | 'disabled'

export type InvitedLine = Invited &
  Readonly<{
    state: InvitationState
    /** Why the letter never reached them, where they wait for it. */
    unreached: GivenUpWhy | undefined
  }>

export type RunSeen = Readonly<{
  run: Run
  organisation: Organisation | undefined
  lines: readonly InvitedLine[]
}>

/** One list that was sent: who has come in, and whose invitation waits or is over. @throws {DomainError} not-found or forbidden */
export async function seeRun(ctx: Context, actor: Actor, publicId: string): Promise<RunSeen> {
  const { run, organisation } = await runFor(ctx, publicId)
  assertAllowed(actor, 'manage-people', resourceOf(organisation))
  const invited = await listInvited(ctx.db, run.id)
  return { run, organisation, lines: await withStates(ctx, invited) }
}

/** @throws {DomainError} not-found */
export async function runFor(
  ctx: Context,
  publicId: string,
): Promise<Readonly<{ run: Run; organisation: Organisation | undefined }>> {
  const run = await findRun(ctx.db, publicId)
  if (!run) throw nothingHere()
  const { organisation_id: id } = run
  return { run, organisation: id === null ? undefined : await findOrganisation(ctx.db, id) }
}

export async function withStates(
  ctx: Context,
  invited: readonly Invited[],
): Promise<InvitedLine[]> {
  const ids = invited.map(({ personId }) => personId)
  const isIn = await listWithWayIn(ctx.db, ids)
  const open = await listWithOpenInvitation(ctx.db, ids, ctx.now().toISOString())
  const unreached = await listUnreached(ctx.db, invited)
  return invited
    .filter(({ role }) => isRole(role))
    .map((one) => {
      const state = stateOf(one, isIn, open)
      const why = isOpen({ state }) ? unreached.get(one.publicId) : undefined
      return { ...one, state, unreached: why }
    })
}

/** Whether an invitation may be sent again, or withdrawn. */
export function isOpen({ state }: Readonly<{ state: InvitationState }>): boolean {
  return state === 'sent' || state === 'expired'
}

function stateOf(
  { personId, withdrawnAt, disabledAt }: Invited,
  isIn: ReadonlySet<number>,
  open: ReadonlySet<number>,
): InvitationState {
  if (disabledAt !== null) return 'disabled'
  if (withdrawnAt !== null) return 'withdrawn'
  if (isIn.has(personId)) return 'accepted'
  return open.has(personId) ? 'sent' : 'expired'
}

export type RunLine = Awaited<ReturnType<typeof listRuns>>[number]

/** The lists that were sent, and where somebody may send one. @throws {DomainError} not-found */
export async function seeRuns(
  ctx: Context,
  actor: Actor,
): Promise<Readonly<{ runs: readonly RunLine[]; reach: Reach }>> {
  const organisations = await managedOrganisations(ctx, actor)
  const platform = isForAll(actor)
  const runs = await listRuns(ctx.db, platform ? undefined : organisations.map(({ id }) => id))
  return { runs, reach: { organisations, platform } }
}
